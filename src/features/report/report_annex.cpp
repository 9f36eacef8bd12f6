#include "features/report/report_annex.hpp"

#include <optional>

#include "features/activity/activity_view.hpp"

namespace birge::report {

namespace {

using sheet::BookWriter;

Message method_name(std::string_view method) {
  if (method == "sign_in_sheet") return message("Sign-in sheet");
  if (method == "head_count") return message("Head count");
  if (method == "estimate") return message("Estimate");
  if (method == "ticket") return message("Tickets");
  return message("Method not said");
}

/// Writes one activity a row; names are looked up once a row, never searched.
class Annex {
public:
  Annex(BookWriter& book, Report const& report, Say const& say, Reader reader, std::string const& address)
      : book_(book), report_(report), facts_(*report.facts), say_(say), reader_(reader), address_(address) {}

  std::vector<BookWriter::Column> columns() const {
    std::vector<BookWriter::Column> list;
    auto const add = [&](std::string_view title, double width) {
      list.push_back({.title = std::string(title), .width = width, .choices = {}, .note = {}});
    };
    add(say_("Id"), 15), add(say_("Date"), 12), add(say_("Last day"), 12), add(say_("Date known by"), 10), add(say_("Activity"), 45),
        add(say_("Kind"), 24);
    add(say_("Topics"), 28), add(say_("Audience groups"), 28), add(say_("Status"), 14);
    if (reader_ == Reader::coordinator) add(say_("Visibility"), 14);
    add(say_("Region"), 20), add(say_("District or city"), 22), add(say_("Place"), 22), add(say_("Village"), 16), add(say_("Venue"), 24);
    add(say_("Lead organisation"), 32), add(say_("Co-hosts"), 24), add(say_("Partners"), 24);
    range(list, say_("Expected")), range(list, say_("Attendances")), range(list, say_("Broadcast audience"));
    add(say_("Method of counting"), 16), add(say_("Counted by"), 24), add(say_("Reported on"), 12), add(say_("Was due on"), 12);
    add(say_("Moved from"), 12), add(say_("Reason"), 30);
    return list;
  }

  void row(Activity const& activity) {
    auto const& words = activity.text(say_.language());
    if (address_.empty() || !activity.is_public) book_.text(id_text(activity.id));
    else book_.link(address_ + std::string(say_.path("/activities/{}", activity.id).text()), id_text(activity.id));
    book_.day(activity.day);
    book_.day(activity.end_day);
    book_.text(precision(activity.precision));
    book_.text(words.title);
    book_.text(facts_.codes.name("kind", activity.kind, say_.language()));
    book_.text(codes("topic", activity.topics));
    book_.text(codes("audience", activity.audiences));
    book_.text(activity::view::state_text(say_, activity::view::standing(activity), report_.today));
    if (reader_ == Reader::coordinator) book_.text(activity.is_public ? say_("Public") : say_("Coalition only"));
    places(activity);
    book_.text(activity.village);
    book_.text(words.venue);
    book_.text(organisation(activity.lead));
    book_.text(organisations(activity.co_hosts));
    book_.text(organisations(activity.partners));
    count(activity.expected);
    result(activity);
    if (auto const day = activity::due(activity.due_day)) book_.day(*day);
    else book_.empty();
    if (activity.moved_from_day) book_.day(*activity.moved_from_day);
    else book_.empty();
    book_.text(activity.reason);
    book_.end_row();
  }

private:
  void range(std::vector<BookWriter::Column>& list, std::string_view title) const {
    list.push_back({.title = say_("{}, from", title), .width = 11, .choices = {}, .note = {}});
    list.push_back({.title = say_("{}, to", title), .width = 11, .choices = {}, .note = {}});
  }
  void count(std::optional<Count> const& count) {
    if (count) book_.number(count->low), book_.number(count->high);
    else book_.empty(), book_.empty();
  }
  /// Counts of a result stand only where they count: what is held but not reported has none yet.
  void result(Activity const& activity) {
    bool const counts = activity.result && (activity.state == activity::State::reported || activity.state == activity::State::confirmed);
    count(counts ? activity.result->attendance : std::nullopt);
    count(counts ? activity.result->audience : std::nullopt);
    if (!counts) return book_.empty(), book_.empty(), book_.empty();
    book_.text(say_(method_name(activity.result->method)));
    if (activity.result->counted_by) book_.text(organisation(*activity.result->counted_by));
    else book_.empty();
    book_.day(activity.result->reported_day);
  }
  void places(Activity const& activity) {
    auto const& tree = *facts_.places;
    auto const where = activity::location_of(activity, facts_);
    auto const name = [&](std::optional<PlaceId> const& id) {
      if (id) book_.text(tree.name(*id, say_.language()).text);
      else book_.empty();
    };
    if (activity.reach == activity::Reach::place) name(where.region);
    else book_.text(say_(activity::name(activity.reach)));
    name(where.district);
    if (activity.reach != activity::Reach::several) return name(activity.place);
    std::string list;
    for (auto const id : activity.places) list += (list.empty() ? "" : "; ") + tree.full_name(id, say_.language());
    book_.text(list);
  }
  std::string_view precision(activity::Precision precision) const {
    switch (precision) {
      case activity::Precision::day: return say_("day");
      case activity::Precision::month: return say_("month");
      case activity::Precision::year: return say_("year");
    }
    return {};
  }
  std::string codes(std::string_view list, std::vector<std::string> const& codes) const {
    std::string names;
    for (auto const& code : codes) names += (names.empty() ? "" : "; ") + facts_.codes.name(list, code, say_.language());
    return names;
  }
  std::string organisation(coalition::OrganisationId id) const {
    auto const* found = facts_.organisation(id);
    return found ? found->name(say_.language()) : std::string();
  }
  std::string organisations(std::vector<coalition::OrganisationId> const& ids) const {
    std::string names;
    for (auto const id : ids) names += (names.empty() ? "" : "; ") + organisation(id);
    return names;
  }

  BookWriter& book_;
  Report const& report_;
  campaign::Facts const& facts_;
  Say const& say_;
  Reader reader_;
  std::string const& address_;
};

}  // namespace

void write_activities(BookWriter& book, db::Reader& read, Report const& report, Say const& say, Reader reader, std::string const& address,
                      std::vector<std::string> const& title_rows) {
  Annex annex(book, report, say, reader, address);
  // Rows of a worksheet are written in order, so those not reported wait until the first worksheet is complete.
  std::vector<Activity> unreported;
  std::int64_t hidden = 0;
  book.sheet(say("Activities"), annex.columns(), title_rows);
  activity::Store(read).each(report.scope, *report.facts, report.today, [&](Activity const& activity) {
    if (!activity::counted(activity.state)) return;
    if (reader == Reader::everyone && !activity.is_public) {
      ++hidden;
      return;
    }
    annex.row(activity);
    if (activity::unreported(activity.state, activity.due_day, report.today)) unreported.push_back(activity);
  });
  if (hidden > 0) {
    book.text(say("Seen only by the coalition: {}.", hidden), BookWriter::Style::note);
    book.end_row();
  }
  book.sheet(say("Not reported"), annex.columns(), title_rows);
  for (auto const& activity : unreported) annex.row(activity);
  if (reader == Reader::everyone && report.unreported.hidden > 0) {
    book.text(say("Seen only by the coalition: {}.", report.unreported.hidden), BookWriter::Style::note);
    book.end_row();
  }
}

}  // namespace birge::report
