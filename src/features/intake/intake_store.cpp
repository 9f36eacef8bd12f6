#include "features/intake/intake_store.hpp"

#include <algorithm>
#include <limits>

#include "features/account/account_secrets.hpp"
#include "platform/base/number.hpp"

namespace birge::intake {

namespace {

struct Row {
  RunId id;
  PersonId person;
  activity::EditionId edition;
  std::string language, state;
  bool pasted, workbook;
  std::int64_t bytes;
  int step;
  bool partial;
  int progress, rows_read, added, updated, unchanged, skipped, blocked, private_rows;
  std::string failure;
  bool refused;
  Instant created;
  std::optional<Instant> stored, undone;
  std::optional<PersonId> undone_by;
  int untouched;
};

Run run_of(Row&& row) {
  Run run;
  run.id = row.id, run.person = row.person, run.edition = row.edition, run.language = std::move(row.language);
  run.state = state_of(row.state).value();
  run.pasted = row.pasted, run.workbook = row.workbook, run.bytes = row.bytes, run.step = row.step, run.partial = row.partial;
  run.progress = row.progress, run.rows_read = row.rows_read, run.added = row.added, run.updated = row.updated, run.unchanged = row.unchanged;
  run.skipped = row.skipped, run.blocked = row.blocked, run.private_rows = row.private_rows;
  run.failure = message_of(row.failure);
  run.refused = row.refused, run.created = row.created, run.stored = row.stored, run.undone = row.undone, run.undone_by = row.undone_by;
  run.untouched = row.untouched;
  return run;
}

std::vector<Run> runs_of(std::vector<Row>&& rows) {
  std::vector<Run> runs;
  for (auto& row : rows) runs.push_back(run_of(std::move(row)));
  return runs;
}

constexpr db::Literal columns =
    "select id, person, edition, language, state, pasted, workbook, bytes, step, partial, progress, rows_read, added, updated, unchanged, skipped,"
    " blocked, private_rows, failure, refused, created, stored, undone, undone_by, untouched from import_run";

constexpr std::int64_t latest = std::numeric_limits<std::int64_t>::max();

std::int64_t before_or_latest(RunId before) { return before ? before.value : latest; }

}  // namespace

std::optional<Run> Store::find(RunId id) {
  auto row = read_.maybe<Row>(db::Sql(columns).add(" where id = ?", id));
  return row ? std::optional(run_of(std::move(*row))) : std::nullopt;
}

std::vector<Run> Store::of_person(PersonId person, RunId before, int limit) {
  return runs_of(read_.all<Row>(db::Sql(columns).add(" where person = ? and id < ? and state <> 'put_away' order by id desc limit ?", person,
                                                     before_or_latest(before), limit)));
}

std::vector<Run> Store::stored_by_all(RunId before, int limit) {
  return runs_of(
      read_.all<Row>(db::Sql(columns).add(" where stored is not null and id < ? order by id desc limit ?", before_or_latest(before), limit)));
}

int Store::waiting_of(PersonId person) {
  return read_.one<int>("select count(*) from import_run where person = $1 and state in ('checking', 'checked', 'storing', 'failed')", person);
}

Fixes Store::fixes(RunId id) {
  struct Fix {
    std::int64_t sheet;
    int line;
    std::int64_t col;
    std::string content;
  };
  Fixes fixes;
  read_.each<Fix>(
      "select sheet, line, col, content from import_fix where run = $1",
      [&](Fix&& fix) {
        fixes.emplace(CellName(static_cast<std::size_t>(fix.sheet), fix.line, static_cast<std::size_t>(fix.col)), std::move(fix.content));
      },
      id);
  return fixes;
}

std::map<std::string, std::string> Store::answers(RunId id, std::string_view kind) {
  struct Answer {
    std::string subject, answer;
  };
  std::map<std::string, std::string> answers;
  read_.each<Answer>(
      "select subject, answer from import_decision where run = $1 and kind = $2",
      [&](Answer&& answer) { answers.emplace(std::move(answer.subject), std::move(answer.answer)); }, id, kind);
  return answers;
}

std::string Store::said_mark(RunId id) {
  std::string all;
  auto const add = [&](std::string const& part) { all += std::to_string(part.size()) + ":" + part; };
  for (auto const& [cell, text] : fixes(id)) {
    auto const [table, row, column] = cell;
    add(std::to_string(table) + "." + std::to_string(row) + "." + std::to_string(column));
    add(text);
  }
  for (auto const* kind : {"organisation", "near"})
    for (auto const& [subject, answer] : answers(id, kind)) add(kind), add(subject), add(answer);
  return account::secret_hash(all);
}

std::string near_subject(std::size_t table, int row) { return std::to_string(table) + "/" + std::to_string(row); }

exchange::Decisions Store::decisions(RunId id, std::vector<sheet::Table> const& tables) {
  exchange::Decisions decisions;
  for (auto const& [name, answer] : answers(id, "organisation")) {
    auto const organisation = parse_id_as<coalition::OrganisationTag>(answer);
    if (answer.empty() || organisation) decisions.organisations.emplace(name, organisation);
  }
  for (auto const& [subject, answer] : answers(id, "near")) {
    auto const slash = subject.find('/');
    if (slash == std::string::npos) continue;
    auto const table = whole_number<std::size_t>(subject.substr(0, slash));
    auto const row = whole_number<int>(subject.substr(slash + 1));
    if (table && row && *table < tables.size())
      decisions.near.emplace(exchange::RowName(tables[*table].name, *row), parse_id_as<activity::ActivityTag>(answer));
  }
  return decisions;
}

std::vector<ChangeRow> Store::changes(RunId id, int after_position, int limit) {
  return read_.all<ChangeRow>(
      "select c.position, c.activity, c.kind, c.outcome, a.state, t.title, t.language, a.day,"
      " case when a.id is null or (c.kind = 'changed' and a.version = c.version) then c.before else '' end from import_change c"
      " left join activity a on a.id = c.activity left join activity_text t on t.activity = a.id and t.original = 1"
      " where c.run = $1 and c.position > $2 order by c.position limit $3",
      id, after_position, limit);
}

bool Store::brought_organisations(RunId id) { return read_.maybe<int>("select 1 from import_organisation where run = $1 limit 1", id).has_value(); }

std::vector<Change> Store::to_undo(RunId id) {
  return read_.all<Change>("select position, activity, kind, version, before from import_change where run = $1 and outcome = '' order by position",
                           id);
}

void add(db::Tx& tx, Run const& run) {
  tx.put(
      "insert into import_run (id, person, edition, language, state, pasted, workbook, bytes, step, partial, progress, rows_read, added, updated,"
      " unchanged, skipped, blocked, private_rows, failure, refused, created, stored, undone, undone_by, untouched) values ($1, $2, $3, $4, $5, $6,"
      " $7, $8, $9, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 0, $10, null, null, null, 0)",
      run.id, run.person, run.edition, run.language, code(run.state), run.pasted, run.workbook, run.bytes, run.step, run.created);
}

bool go_on(db::Tx& tx, RunId id, int step, State next) {
  return tx.run("update import_run set state = $3, step = step + 1, progress = 0, failure = '' where id = $1 and step = $2", id, step, code(next)) ==
         1;
}

void note_progress(db::Tx& tx, RunId id, int step, int rows) {
  tx.put("update import_run set progress = $3 where id = $1 and step = $2", id, step, rows);
}

void note_checked(db::Tx& tx, Run const& run, exchange::Outcome const& outcome, int private_rows, Message const& failure) {
  tx.run(
      "update import_run set state = 'checked', step = step + 1, rows_read = $3, added = $4, updated = $5, unchanged = $6, skipped = $7,"
      " blocked = $8, private_rows = $9, failure = $10 where id = $1 and step = $2",
      run.id, run.step, outcome.rows_read, outcome.added, outcome.updated, outcome.unchanged, outcome.skipped, outcome.blocked, private_rows,
      text_of(failure));
}

void note_failed(db::Tx& tx, RunId id, int step, Message const& failure) {
  tx.run("update import_run set state = 'failed', step = step + 1, failure = $3 where id = $1 and step = $2", id, step, text_of(failure));
}

void set_partial(db::Tx& tx, RunId id, bool partial) { tx.run("update import_run set partial = $2 where id = $1", id, partial); }

void put_fix(db::Tx& tx, RunId id, CellName const& cell, std::string_view text) {
  auto const [sheet, line, column] = cell;
  tx.put(
      "insert into import_fix (run, sheet, line, col, content) values ($1, $2, $3, $4, $5)"
      " on conflict (run, sheet, line, col) do update set content = excluded.content",
      id, sheet, line, column, text);
}

void put_answer(db::Tx& tx, RunId id, std::string_view kind, std::string_view subject, std::optional<std::string> const& answer) {
  tx.put("delete from import_decision where run = $1 and kind = $2 and subject = $3", id, kind, subject);
  if (answer) tx.put("insert into import_decision (run, kind, subject, answer) values ($1, $2, $3, $4)", id, kind, subject, *answer);
}

void forget_answers(db::Tx& tx, RunId id) {
  tx.put("delete from import_fix where run = $1", id);
  tx.put("delete from import_decision where run = $1", id);
}

namespace {

using Standings = std::map<ActivityId, work::Standing>;

void mark_stored(db::Tx& tx, Run const& run, exchange::Outcome const& outcome, bool refused, Instant now) {
  auto const done = tx.run(
      "update import_run set state = 'stored', step = step + 1, rows_read = $3, added = $4, updated = $5, unchanged = $6, skipped = $7,"
      " blocked = $8, refused = $9, stored = $10 where id = $1 and step = $2 and state = 'storing'",
      run.id, run.step, outcome.rows_read, outcome.added, outcome.updated, outcome.unchanged, outcome.skipped, outcome.blocked, refused, now);
  if (done != 1) throw Problem(Failure::conflict, message("This import went on in another window meanwhile."));
}

std::optional<work::Standing> standing_of(Standings const& known, ActivityId id) {
  auto const found = known.find(id);
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

/// What came in, and how what was changed stood before. `known` as it was before. One statement for many rows: an import has up to 50,000.
void put_changes(db::Tx& tx, RunId run, exchange::Stored const& stored, Standings const& known) {
  constexpr std::size_t at_once = 100;
  for (auto const organisation : stored.organisations)
    tx.put("insert into import_organisation (run, organisation) values ($1, $2)", run, organisation);
  for (std::size_t from = 0; from < stored.rows.size(); from += at_once) {
    db::Sql sql("insert into import_change (run, position, activity, kind, version, before, outcome) values");
    for (auto i = from; i < std::min(from + at_once, stored.rows.size()); ++i) {
      auto const& row = stored.rows[i];
      if (i > from) sql.add(",");
      sql.add(" (?, ?, ?, ?, ?, ?, '')", run, static_cast<std::int64_t>(i) + 1, row.id, row.before ? "changed" : "added",
              row.before ? row.before->version + 1 : 1, row.before ? text_of(Before{*row.before, standing_of(known, row.id)}) : std::string());
    }
    tx.put(sql);
  }
}

/// `rights` of whoever reads it in.
void record_changes(db::Tx& tx, audit::Who const& who, RunId run, exchange::Stored const& stored, campaign::Facts const& facts, Instant now,
                    exchange::Rights const& rights) {
  for (auto const& row : stored.rows) {
    if (!row.before) continue;
    // Asked only where it is told, since it may cost a statement.
    bool const another_number = row.now->expected != row.before->expected;
    bool const approves = another_number && (!rights.approves || rights.approves(tx, *row.now, row.before));
    work::record_import(tx, who, run.value, facts, *row.now, *row.before, now, approves);
  }
}

}  // namespace

void note_stored(db::Tx& tx, Run const& run, exchange::Stored const& stored, exchange::Outcome const& outcome, work::Scene const& scene) {
  auto const& [ids, facts, person, now] = scene;
  mark_stored(tx, run, outcome, outcome.rejected_file.has_value(), now);
  auto const rights = rights_of(person, facts, now);
  auto const today = facts.today(now);
  auto const known = work::standings(tx, run.edition);
  for (auto const& row : stored.rows) {
    using activity::State;
    auto const before = standing_of(known, row.id);
    work::Standing standing = before.value_or(work::Standing{});
    auto const was = row.before ? std::optional(row.before->state) : std::nullopt;
    if (row.now->state == State::proposed && was != State::proposed) work::mark_proposed(standing, person.id, now, today, facts);
    if (row.new_result) standing.reported_by = person.id, standing.reported_for.reset();
    bool const planned = was && activity::counted(*was);
    if (activity::happened(row.now->state) && !planned && !rights.approves(tx, *row.now, row.before)) standing.unapproved = true;
    if (standing != before.value_or(work::Standing{})) work::put_standing(tx, row.id, standing);
    if (row.before) work::tell_of_import(tx, scene, *row.now, *row.before, standing);
  }
  put_changes(tx, run.id, stored, known);
  record_changes(tx, audit::Who::person(person.id, person.organisation().value_or(coalition::OrganisationId{})), run.id, stored, facts, now, rights);
  forget_answers(tx, run.id);
}

void note_stored(db::Tx& tx, FromCommandLine const& import, exchange::Stored const& stored, exchange::Outcome const& outcome,
                 campaign::Facts const& facts, Instant now) {
  Run run;
  run.id = import.id;
  run.edition = import.edition;
  run.language = birge::code(import.language);
  run.state = State::storing;
  run.workbook = import.workbook;
  run.bytes = import.bytes;
  run.created = now;
  add(tx, run);
  mark_stored(tx, run, outcome, false, now);  // what was refused lies beside the file
  put_changes(tx, run.id, stored, outcome.updated > 0 ? work::standings(tx, run.edition) : Standings{});
  record_changes(tx, audit::Who::command_line(), run.id, stored, facts, now, {});  // which may do everything
}

void begin_undo(db::Tx& tx, RunId id, PersonId person) { tx.run("update import_run set undone_by = $2 where id = $1", id, person); }

void note_not_undone(db::Tx& tx, RunId id, int step, Message const& failure) {
  tx.run("update import_run set state = 'stored', step = step + 1, undone_by = null, failure = $3 where id = $1 and step = $2", id, step,
         text_of(failure));
}

Message given_up() {
  return message("Birge tried for hours and did not succeed: nothing was stored, and your file is kept with what you corrected in it.");
}

void forget_old(db::Tx& tx, Instant now) {
  // What is being stored or taken back gets the time for which a job is tried, a day at most; after that nothing works on it any more.
  constexpr auto tried = std::chrono::days(1);
  auto const old = tx.all<RunId>(
      "select id from import_run where (created < $1 and state in ('checking', 'checked', 'failed')) or (created < $2 and state = 'storing')",
      now - upload_kept, now - upload_kept - tried);
  for (auto const id : old) {
    tx.put("update import_run set state = 'put_away', step = step + 1 where id = $1", id);
    forget_answers(tx, id);
  }
  tx.run("update import_run set state = 'stored', step = step + 1, undone_by = null where state = 'undoing' and stored < $1",
         now - undo_kept - tried);
  tx.run("update import_run set refused = 0 where stored < $1 and refused = 1", now - upload_kept);
  tx.run("update import_change set before = '' where before <> '' and run in (select id from import_run where stored < $1)", now - undo_kept);
}

bool wants_files(db::Reader& read, RunId id, Instant now) {
  auto const run = Store(read).find(id);
  if (!run) return false;
  if (working(run->state) || run->state == State::checked) return true;
  return run->state == State::failed ? now - run->created < upload_kept : run->refused;
}

}  // namespace birge::intake
