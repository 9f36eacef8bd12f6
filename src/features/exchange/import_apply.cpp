// An import from beginning to end: everything is read and decided on a snapshot, then one write stores it.

#include <algorithm>
#include <deque>
#include <unordered_set>

#include "features/activity/activity_store.hpp"
#include "features/activity/activity_whole.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/exchange/exchange_store.hpp"
#include "features/exchange/import_match.hpp"
#include "features/exchange/import_preview.hpp"
#include "features/exchange/import_rejected.hpp"
#include "features/exchange/import_scan.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

constexpr int attempts = 3;         // before somebody else's changes are left the field
constexpr int progress_step = 500;  // rows

/// What an import reads has to stay in memory until it is stored; a workbook can name one long text in every row.
class Room {
public:
  explicit Room(bool workbook) : workbook_(workbook) {}

  void take(sheet::Row const& row) {
    if (++rows_ > most_rows) throw Problem(Failure::too_large, message("The table has more than {} rows: split it into several files.", most_rows));
    for (auto const& cell : row.cells) text_ += cell.text.size();
    if (text_ <= most_text) return;
    throw Problem(Failure::too_large,
                  workbook_ ? message("This workbook unpacks to far more than its size suggests: copy its table into a new workbook and send that.")
                            : message("The file is larger than {} MB: split it into smaller files and send them one by one.", most_text >> 20));
  }

private:
  static constexpr int most_rows = 50'000;            // of all tables of a file
  static constexpr std::size_t most_text = 40 << 20;  // bytes
  bool workbook_;
  int rows_ = 0;
  std::size_t text_ = 0;
};

/// Everything that is decided before the write.
struct Plan {
  std::shared_ptr<campaign::Facts const> facts;
  std::string edition_state;
  std::vector<Layout> layouts;
  std::vector<ImportRow> rows;
  std::vector<Activity> stored;
  std::vector<NewOrganisation> new_organisations;
  Outcome outcome;
};

Finding finding_of(Finding::Severity severity, std::string_view code, Layout const& layout, int row, Message expected) {
  Finding finding;
  finding.severity = severity;
  finding.code = code;
  finding.sheet = layout.sheet;
  finding.row = row;
  finding.expected = std::move(expected);
  return finding;
}

/// Whether a row takes over what stands further up in a cell merged over several rows.
bool takes_over(Layout const& layout, sheet::Row const& row) {
  for (std::size_t i = 0; i < layout.columns.size() && i < row.cells.size(); ++i) {
    auto const column = layout.columns[i].heading.column;
    if (row.cells[i].merged_from > layout.header_row && column != Column::unknown && column != Column::ignored) return true;
  }
  return false;
}

/// The row in which a number stands for several may not keep it either.
void block_sharer(Plan& plan, RowReader& reader, std::size_t layout, int number) {
  auto const row = std::ranges::find_if(plan.rows, [&](ImportRow const& each) { return each.layout == layout && each.number == number; });
  if (row == plan.rows.end() || row->fate == Fate::block) return;
  row->fate = Fate::block;
  reader.findings().add(finding_of(Finding::Severity::error, "shared_count", plan.layouts[layout], number,
                                   message("A number of people stands here in one cell for several rows.")));
}

void read_rows(sheet::Book& book, RowReader& reader, Plan& plan, Progress const& progress) {
  auto& outcome = plan.outcome;
  Room room(book.is_workbook());
  for (std::size_t i = 0; i < plan.layouts.size(); ++i) {
    auto const& layout = plan.layouts[i];
    auto unread = unread_columns(layout);
    std::ranges::move(unread, std::back_inserter(outcome.unknown_columns));
    Headless headless;
    int taken_over = 0, blocked_sharer = 0;
    book.read(layout.table, [&](sheet::Row const& row) {
      if (row.number <= layout.header_row) return true;
      auto const passed = passed_over(layout, row);
      if (passed && passed->code == "empty_row") return true;
      room.take(row);
      ++outcome.rows_read;
      if (outcome.rows_read % progress_step == 0 && progress) progress(outcome.rows_read);
      if (!passed) {
        headless.look(layout, row);
        plan.rows.push_back(reader.read(layout, i, row));
        taken_over += takes_over(layout, row);
        if (auto const other = plan.rows.back().shares_count_with; other && *other != blocked_sharer)
          block_sharer(plan, reader, i, *other), blocked_sharer = *other;
        return true;
      }
      ++outcome.skipped;
      auto finding =
          finding_of(passed->doubtful ? Finding::Severity::warning : Finding::Severity::note, passed->code, layout, row.number, passed->why);
      for (auto const& cell : row.cells)
        if (finding.read.empty()) finding.read = shortened(cell_text(cell), 100);
      reader.findings().add(std::move(finding));
      return true;
    });
    headless.report(layout, reader.findings());
    if (taken_over > 0)
      reader.findings().add(finding_of(Finding::Severity::note, "merged_cells", layout, layout.header_row,
                                       message("Rows that take over what stands in a cell merged over several rows: {}.", taken_over)));
  }
}

/// Rows that no reason was found for are blocked by a missing column, which has a finding of its own.
void count(Plan& plan) {
  auto& outcome = plan.outcome;
  for (auto const& row : plan.rows) {
    switch (row.fate) {
      case Fate::add: ++outcome.added; break;
      case Fate::update: ++outcome.updated; break;
      case Fate::unchanged: ++outcome.unchanged; break;
      case Fate::skip: ++outcome.skipped; break;
      case Fate::block: ++outcome.blocked; break;
    }
  }
}

void sort_findings(Plan& plan) {
  std::unordered_map<std::string, std::size_t> order;
  for (auto const& layout : plan.layouts) order.emplace(layout.sheet, order.size());
  auto const place = [&](Finding const& finding) {
    auto const found = order.find(finding.sheet);
    return std::pair(found == order.end() ? order.size() : found->second, finding.row);
  };
  std::ranges::stable_sort(plan.outcome.findings, {}, place);
}

/// Names that rows going in really use.
void list_new_organisations(Plan& plan, std::vector<NewOrganisation> const& candidates) {
  std::unordered_set<std::int64_t> used;
  for (auto const& row : plan.rows) {
    if (row.fate != Fate::add && row.fate != Fate::update) continue;
    used.insert(row.activity.lead.value);
    for (auto const* list : {&row.activity.co_hosts, &row.activity.partners})
      for (auto const id : *list) used.insert(id.value);
  }
  plan.new_organisations = candidates;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (used.contains(-1 - static_cast<std::int64_t>(i))) plan.outcome.new_organisations.push_back(candidates[i].name);
    else plan.new_organisations[i].name.clear();
  }
}

void warn_of_closed(Findings& findings) {
  Finding finding;
  finding.severity = Finding::Severity::warning;
  finding.code = closed_edition;
  finding.expected = campaign::closed_message();
  findings.add(std::move(finding));
}

Plan prepare(sheet::Book& book, db::Reader& read, Instant now, Options const& options, Progress const& progress) {
  Plan plan;
  plan.facts = campaign::facts(read);
  auto const* edition = plan.facts->edition(options.edition);
  if (!edition) throw Problem(Failure::not_found, message("There is no such edition."));
  plan.edition_state = edition_state(read, options.edition);
  place::Matcher const places(*plan.facts->places, read);
  coalition::Matcher const organisations(read);
  Context const context{
      *plan.facts, *edition, places, organisations, options, plan.facts->today(now), read, campaign::closed(read, edition->id).has_value()};
  RowReader reader(context);
  if (context.closed) warn_of_closed(reader.findings());
  plan.layouts = choose_tables(book, reader.findings());
  plan.outcome.understood = book.understood();
  read_rows(book, reader, plan, progress);
  auto stored = activity::whole_edition(read, options.edition);
  // A draft is known to its organisation only, so nobody else's row is about it.
  std::erase_if(stored, [&knows = options.rights.knows](Activity const& activity) {
    return knows ? !knows(activity) : activity.state == activity::State::draft;
  });
  Matching matching(context, plan.layouts, std::move(stored));
  matching.decide(plan.rows, reader.findings());
  plan.stored = std::move(matching).take_stored();
  plan.outcome.findings_left_out = reader.findings().left_out();
  plan.outcome.findings = std::move(reader.findings()).take();
  count(plan);
  list_new_organisations(plan, reader.new_organisations());
  sort_findings(plan);
  return plan;
}

/// Stores the new organisations; ids by their place in the plan.
std::vector<OrganisationId> add_organisations(db::Tx& tx, IdMaker& ids, Plan const& plan, campaign::Facts& facts, bool sample, Instant now) {
  std::vector<OrganisationId> made;
  for (auto const& candidate : plan.new_organisations) {
    if (candidate.name.empty()) {
      made.emplace_back();
      continue;
    }
    coalition::Organisation organisation;
    organisation.kind = "other";  // a name does not tell; somebody who knows corrects it
    organisation.sample = sample;
    organisation.original = candidate.language;
    organisation.names[candidate.language] = candidate.name;
    organisation.id = coalition::add(tx, ids, organisation, {}, now);
    made.push_back(organisation.id);
    facts.organisations.emplace(organisation.id.value, std::move(organisation));
  }
  return made;
}

void put_ids(Activity& activity, std::vector<OrganisationId> const& made) {
  auto const put = [&](OrganisationId& id) {
    if (id.value < 0) id = made[static_cast<std::size_t>(-1 - id.value)];
  };
  put(activity.lead);
  if (activity.result && activity.result->counted_by) put(*activity.result->counted_by);
  std::ranges::for_each(activity.co_hosts, put);
  std::ranges::for_each(activity.partners, put);
}

/// What the history calls a change.
std::string_view what_changed(Activity const& now, Activity const& before) {
  using activity::State;
  if (now.state == State::cancelled && before.state != State::cancelled) return "cancelled";
  if (activity::leaves_day_or_place(now, before)) return "moved";
  if (now.result && !before.result) return "reported";
  if (now.state == State::reported && before.state == State::confirmed) return "corrected";
  return "updated";
}

/// A result that nobody had reported so far, or other numbers than the stored ones.
bool new_result(Activity const& now, Activity const* before) {
  return now.result && !(before && before->result && before->result->attendance == now.result->attendance &&
                         before->result->audience == now.result->audience && before->result->cells == now.result->cells);
}

/// False when the edition changed since it was read.
bool apply(db::Tx& tx, IdMaker& ids, Plan const& plan, Options const& options, Instant now) {
  if (edition_state(tx, options.edition) != plan.edition_state) return false;
  auto facts = *plan.facts;
  auto const made = add_organisations(tx, ids, plan, facts, facts.edition(options.edition)->sample, now);
  activity::Saver saver(tx, ids, facts, now);
  Stored stored;
  std::deque<Activity> named;  // with the ids of organisations that came in
  std::ranges::copy_if(made, std::back_inserter(stored.organisations), [](OrganisationId id) { return id != OrganisationId{}; });
  for (auto const& row : plan.rows) {
    if (row.fate != Fate::add && row.fate != Fate::update) continue;
    auto activity = row.activity;
    put_ids(activity, made);
    auto const* before = row.fate == Fate::add ? nullptr : &plan.stored[row.stored];
    auto const* stored_as = made.empty() ? &row.activity : &named.emplace_back(activity);
    stored.rows.push_back({activity.id, before, stored_as, new_result(activity, before)});
    if (!before) stored.rows.back().id = saver.add(std::move(activity), "import");
    else saver.replace(activity, *before, what_changed(activity, *before), "import");
  }
  saver.finish();
  if (options.watch.stored) options.watch.stored(tx, stored, plan.outcome);
  audit::Entry entry(options.who, "imported", {"edition", options.edition}, now);
  if (options.run != 0) entry.with("import", audit::Value::id(options.run));
  audit::record(tx, entry.with("added", plan.outcome.added)
                        .with("updated", plan.outcome.updated)
                        .with("refused", plan.outcome.blocked)
                        .with("new_organisations", plan.outcome.new_organisations.size()));
  if (!plan.outcome.new_organisations.empty()) campaign::touch_facts(tx);
  return true;
}

std::optional<std::string> refused_rows(sheet::Book& book, Plan const& plan, Options const& options) {
  if (!options.partial || plan.outcome.blocked == 0) return std::nullopt;
  std::vector<std::unordered_set<int>> refused(plan.layouts.size());
  for (auto const& row : plan.rows)
    if (row.fate == Fate::block) refused[row.layout].insert(row.number);
  return rejected_file(book, plan.layouts, refused, plan.outcome.findings, Say::in(options.language));
}

}  // namespace

Outcome import_activities(sheet::Book& book, db::Database& database, IdMaker& ids, Clock const& clock, Options const& options,
                          Progress const& progress) {
  for (int attempt = 0; attempt < attempts; ++attempt) {
    auto const now = clock.now();
    auto plan = database.read([&](db::Reader& read) { return prepare(book, read, now, options, progress); });
    auto& outcome = plan.outcome;
    outcome.rejected_file = refused_rows(book, plan, options);
    if (options.watch.table || options.watch.row) show_rows(book, plan.layouts, plan.rows, outcome.findings, options.watch);
    if (options.watch.decided) options.watch.decided(outcome);
    bool const refused = outcome.blocked > 0 && !options.partial;
    if (options.dry_run || refused) return std::move(outcome);
    bool const nothing = outcome.added + outcome.updated == 0 && !options.watch.nothing_too;
    if (nothing || database.write([&](db::Tx& tx) { return apply(tx, ids, plan, options, clock.now()); })) {
      outcome.stored = true;
      return std::move(outcome);
    }
  }
  throw Problem(Failure::conflict, message("Others are changing this edition at the same time. Please import the file again."));
}

}  // namespace birge::exchange
