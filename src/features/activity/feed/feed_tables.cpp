#include <functional>

#include "features/activity/activity_view.hpp"
#include "features/activity/feed/feed.hpp"
#include "features/activity/feed/feed_words.hpp"
#include "platform/base/text.hpp"
#include "platform/sheet/sheet.hpp"

/// Lists as tables: CSV, a workbook, and the 3W of humanitarian coordination.
namespace birge::activity::feeds {

namespace {

using sheet::BookWriter;
using sheet::CsvWriter;

/// One value of a table: empty, a text, a number or a day.
using Value = std::variant<std::monostate, std::string, std::int64_t, Day>;

struct Column {
  std::string title;
  double width;
  std::function<Value(Activity const&)> value;
};

Value low(std::optional<Count> const& count) { return count ? Value(count->low) : Value(); }
Value high(std::optional<Count> const& count) { return count ? Value(count->high) : Value(); }
Value day_left(Activity const& activity) { return activity.moved_from_day ? Value(*activity.moved_from_day) : Value(); }
Value text(std::string value) { return value.empty() ? Value() : Value(std::move(value)); }

/// Words of the columns that several tables have.
class Words {
public:
  explicit Words(List const& list) : list_(list) {}

  place::Place const* at(Activity const& activity, place::Level level) const {
    if (!activity.place) return nullptr;
    auto const* node = list_.facts.places->find(*activity.place);
    while (node && node->level > level) node = list_.facts.places->find(node->parent);
    return node && node->level == level ? node : nullptr;
  }
  Value place_name(Activity const& activity, place::Level level) const {
    auto const* place = at(activity, level);
    return place ? text(list_.facts.places->name(place->id, list_.say.language()).text) : Value();
  }
  Value place_code(Activity const& activity, place::Level level) const {
    auto const* place = at(activity, level);
    return place ? text(place->pcode.value_or("")) : Value();
  }
  Value place_left(Activity const& activity) const {
    return activity.moved_from_place ? text(list_.facts.places->full_name(*activity.moved_from_place, list_.say.language())) : Value();
  }
  Value code_of_place_left(Activity const& activity) const {
    auto const* place = activity.moved_from_place ? list_.facts.places->find(*activity.moved_from_place) : nullptr;
    return place ? text(place->pcode.value_or("")) : Value();
  }
  std::string organisations(std::vector<OrganisationId> const& ids) const {
    std::vector<std::string> names;
    for (auto const id : ids) names.push_back(view::organisation_name(list_.say, list_.facts, id));
    return joined(names, "; ");
  }
  std::string names(char const* code_list, std::vector<std::string> const& codes) const {
    std::vector<std::string> names;
    for (auto const& code : codes) names.push_back(list_.facts.codes.name(code_list, code, list_.say.language()));
    return joined(names, "; ");
  }
  std::string address(Activity const& activity) const { return list_.public_address + std::string(view::page_of(list_.say, activity.id).text()); }
  std::string state(Activity const& activity) const { return view::state_text(list_.say, view::standing(activity), list_.facts.today(list_.now)); }
  Text const& words(Activity const& activity) const { return activity.text(list_.say.language()); }

private:
  List const& list_;
};

std::optional<Count> attendance(Activity const& activity) {
  auto const* result = view::public_result(activity);
  return result ? result->attendance : std::nullopt;
}

std::optional<Count> audience(Activity const& activity) {
  auto const* result = view::public_result(activity);
  return result ? result->audience : std::nullopt;
}

/// Heads of one sex; nothing where they are withheld or were not counted.
std::optional<Count> of_sex(Activity const& activity, Sex sex) {
  auto const* result = view::public_result(activity);
  if (!result || !view::cells_public(activity)) return std::nullopt;
  std::optional<Count> sum;
  for (auto const& cell : result->cells)
    if (cell.sex == sex) sum = Count{sum.value_or(Count{}).low + cell.count.low, sum.value_or(Count{}).high + cell.count.high};
  return sum;
}

void add_what(std::vector<Column>& columns, List const& list, Words const& words) {
  auto const& say = list.say;
  auto const add = [&](std::string_view title, double width, std::function<Value(Activity const&)> value) {
    columns.push_back({std::string(title), width, std::move(value)});
  };
  add(say("Id"), 15, [](Activity const& a) { return id_text(a.id); });
  add(say("Edition"), 12, [&](Activity const&) { return list.edition.slug; });
  if (list.edition.sample) add(say("Sample data"), 12, [&](Activity const&) { return std::string(list.say("sample")); });
  add(say("Title"), 40, [words](Activity const& a) { return words.words(a).title; });
  add(say("Kind of activity"), 22, [&](Activity const& a) { return view::kind_name(list.say, list.facts, a.kind); });
  add(say("Status"), 14, [words](Activity const& a) { return words.state(a); });
  add(say("First day"), 12, [](Activity const& a) { return a.day; });
  add(say("Last day"), 12, [](Activity const& a) { return a.end_day; });
  add(say("Date known to the"), 12, [&](Activity const& a) {
    return std::string(a.precision == Precision::day ? list.say("day") : a.precision == Precision::month ? list.say("month") : list.say("year"));
  });
  add(say("Start"), 8, [&](Activity const& a) { return a.start_minutes ? text(list.say.time(*a.start_minutes)) : Value(); });
  add(say("End"), 8, [&](Activity const& a) { return a.end_minutes ? text(list.say.time(*a.end_minutes)) : Value(); });
  add(say("Moved from"), 12, [](Activity const& a) { return day_left(a); });
  add(say("Moved from (place)"), 24, [words](Activity const& a) { return words.place_left(a); });
}

void add_where_and_who(std::vector<Column>& columns, List const& list, Words const& words) {
  using place::Level;
  auto const& say = list.say;
  auto const add = [&](std::string_view title, double width, std::function<Value(Activity const&)> value) {
    columns.push_back({std::string(title), width, std::move(value)});
  };
  add(say("Region"), 20,
      [&list, words](Activity const& a) { return a.reach == Reach::place ? words.place_name(a, Level::region) : Value(list.say(name(a.reach))); });
  add(say("Code of the region"), 10, [words](Activity const& a) { return words.place_code(a, Level::region); });
  add(say("District"), 20, [words](Activity const& a) { return words.place_name(a, Level::district); });
  add(say("Code of the district"), 14, [words](Activity const& a) { return words.place_code(a, Level::district); });
  add(say("Community"), 20, [words](Activity const& a) { return words.place_name(a, Level::community); });
  add(say("Village"), 16, [](Activity const& a) { return text(a.village); });
  add(say("Places"), 24, [&list](Activity const& a) { return text(several_places(list.say, list.facts, a)); });
  add(say("Venue"), 24, [words](Activity const& a) { return text(words.words(a).venue); });
  add(say("Lead organisation"), 30, [words](Activity const& a) { return text(words.organisations({a.lead})); });
  add(say("Co-hosts"), 24, [words](Activity const& a) { return text(words.organisations(a.co_hosts)); });
  add(say("Partners"), 24, [words](Activity const& a) { return text(words.organisations(a.partners)); });
  add(say("Topics"), 24, [words](Activity const& a) { return text(words.names("topic", a.topics)); });
  add(say("For whom"), 24, [words](Activity const& a) { return text(words.names("audience", a.audiences)); });
}

void add_result(std::vector<Column>& columns, List const& list, Words const& words) {
  auto const& say = list.say;
  auto const add = [&](std::string_view title, std::function<Value(Activity const&)> value) {
    columns.push_back({std::string(title), 12, std::move(value)});
  };
  add(say("Attendances from"), [](Activity const& a) { return low(attendance(a)); });
  add(say("Attendances to"), [](Activity const& a) { return high(attendance(a)); });
  for (auto const sex : {Sex::female, Sex::male, Sex::unknown}) {
    add(say("{} from", say(view::sex_name(sex))), [sex](Activity const& a) { return low(of_sex(a, sex)); });
    add(say("{} to", say(view::sex_name(sex))), [sex](Activity const& a) { return high(of_sex(a, sex)); });
  }
  add(say("How it was counted"), [&](Activity const& a) {
    auto const* result = view::public_result(a);
    return result && result->attendance ? Value(list.say(view::method_name(result->method))) : Value();
  });
  add(say("Counted by"), [words](Activity const& a) {
    auto const* result = view::public_result(a);
    return result && result->counted_by ? text(words.organisations({*result->counted_by})) : Value();
  });
  add(say("Broadcast audience from"), [](Activity const& a) { return low(audience(a)); });
  add(say("Broadcast audience to"), [](Activity const& a) { return high(audience(a)); });
  add(say("Address"), [words](Activity const& a) { return words.address(a); });
}

std::vector<Column> columns_of(List const& list) {
  Words const words(list);
  std::vector<Column> columns;
  add_what(columns, list, words);
  add_where_and_who(columns, list, words);
  add_result(columns, list, words);
  return columns;
}

void put(CsvWriter& out, Value const& value) {
  if (auto const* text = std::get_if<std::string>(&value)) out.text(*text);
  else if (auto const* number = std::get_if<std::int64_t>(&value)) out.number(*number);
  else if (auto const* day = std::get_if<Day>(&value)) out.text(day->iso());
  else out.empty();
}

void put(BookWriter& out, Value const& value) {
  if (auto const* text = std::get_if<std::string>(&value)) out.text(*text);
  else if (auto const* number = std::get_if<std::int64_t>(&value)) out.number(*number);
  else if (auto const* day = std::get_if<Day>(&value)) out.day(*day);
  else out.empty();
}

/// A column of the 3W: its heading, its hashtag (HXL 1.1) and its value.
struct Tagged {
  std::string title, tag;
  std::function<Value(Activity const&)> value;
};

/// Status in the words of 4W tables: Planned, Ongoing, Completed; and cancelled, and what nobody said was held until its result was due. A moved
/// activity is still one of these: that it was moved, the columns of its original day and place say.
std::string status_of(Activity const& activity, Day today) {
  if (activity.state == State::cancelled) return "Cancelled";
  if (activity.state != State::approved) return "Completed";
  if (unreported(activity.state, activity.due_day, today)) return "Not reported";
  // Of what is known by its month alone nobody knows on which of its days it goes on.
  bool const now = activity.precision == Precision::day && activity.day <= today && today <= activity.end_day;
  return now ? "Ongoing" : "Planned";
}

std::vector<Tagged> tagged_columns(List const& list) {
  using place::Level;
  auto const& say = list.say;
  Words const words(list);
  std::vector<Tagged> columns;
  auto const add = [&](std::string_view title, char const* tag, std::function<Value(Activity const&)> value) {
    columns.push_back({std::string(title), tag, std::move(value)});
  };
  add(say("Id"), "#activity+code+id", [](Activity const& a) { return id_text(a.id); });
  add(say("Lead organisation"), "#org+name", [words](Activity const& a) { return text(words.organisations({a.lead})); });
  add(say("Kind of organisation"), "#org+type", [&](Activity const& a) {
    auto const* organisation = list.facts.organisation(a.lead);
    return organisation ? text(list.say(coalition::kind_name(organisation->kind))) : Value();
  });
  add(say("Partners"), "#org+impl+name", [words](Activity const& a) {
    auto all = a.co_hosts;
    all.insert(all.end(), a.partners.begin(), a.partners.end());
    return text(words.organisations(all));
  });
  add(say("Sector"), "#sector+name", [&](Activity const&) { return std::string(list.say("Protection: trafficking in persons")); });
  add(say("Topics"), "#subsector+name", [words](Activity const& a) { return text(words.names("topic", a.topics)); });
  add(say("Title"), "#activity+name", [words](Activity const& a) { return text(words.words(a).title); });
  add(say("Kind of activity"), "#activity+type", [&](Activity const& a) { return text(view::kind_name(list.say, list.facts, a.kind)); });
  add(say("Code of the region"), "#adm1+code", [words](Activity const& a) { return words.place_code(a, Level::region); });
  add(say("Region"), "#adm1+name", [words](Activity const& a) { return words.place_name(a, Level::region); });
  add(say("Code of the district"), "#adm2+code", [words](Activity const& a) { return words.place_code(a, Level::district); });
  add(say("District"), "#adm2+name", [words](Activity const& a) { return words.place_name(a, Level::district); });
  add(say("Code of the community"), "#adm3+code", [words](Activity const& a) { return words.place_code(a, Level::community); });
  add(say("Community"), "#adm3+name", [words](Activity const& a) { return words.place_name(a, Level::community); });
  add(say("Village"), "#loc+name", [](Activity const& a) { return text(a.village); });
  add(say("Places"), "#loc+name+list", [&](Activity const& a) { return text(several_places(list.say, list.facts, a)); });
  add(say("Reach"), "#loc+type", [&](Activity const& a) { return list.say(name(a.reach)); });
  add(say("First day"), "#date+start", [](Activity const& a) { return a.day; });
  add(say("Last day"), "#date+end", [](Activity const& a) { return a.end_day; });
  add(say("Date known to the"), "#date+precision", [](Activity const& a) { return std::string(code(a.precision)); });
  add(say("Moved from"), "#date+original", [](Activity const& a) { return day_left(a); });
  add(say("Code of the place moved from"), "#loc+original+code", [words](Activity const& a) { return words.code_of_place_left(a); });
  add(say("Moved from (place)"), "#loc+original+name", [words](Activity const& a) { return words.place_left(a); });
  add(say("Status"), "#status", [&](Activity const& a) { return status_of(a, list.facts.today(list.now)); });
  add(say("For whom"), "#beneficiary+type", [words](Activity const& a) { return text(words.names("audience", a.audiences)); });
  add(say("Expected from"), "#targeted+ind+min", [](Activity const& a) { return low(a.expected); });
  add(say("Expected to"), "#targeted+ind+max", [](Activity const& a) { return high(a.expected); });
  add(say("Attendances from"), "#reached+attendances+min", [](Activity const& a) { return low(attendance(a)); });
  add(say("Attendances to"), "#reached+attendances+max", [](Activity const& a) { return high(attendance(a)); });
  add(say("{} from", say(view::sex_name(Sex::female))), "#reached+attendances+f+min", [](Activity const& a) { return low(of_sex(a, Sex::female)); });
  add(say("{} to", say(view::sex_name(Sex::female))), "#reached+attendances+f+max", [](Activity const& a) { return high(of_sex(a, Sex::female)); });
  add(say("{} from", say(view::sex_name(Sex::male))), "#reached+attendances+m+min", [](Activity const& a) { return low(of_sex(a, Sex::male)); });
  add(say("{} to", say(view::sex_name(Sex::male))), "#reached+attendances+m+max", [](Activity const& a) { return high(of_sex(a, Sex::male)); });
  add(say("Address"), "#meta+url", [words](Activity const& a) { return words.address(a); });
  if (list.edition.sample) add(say("Sample data"), "#meta+sample", [&](Activity const&) { return std::string(list.say("sample")); });
  return columns;
}

}  // namespace

std::string cut_text(List const& list) {
  if (!list.cut) return {};
  return list.say("Only the first {} activities are here. For the others choose a region or fewer days.", list.activities.size());
}

std::string csv(List const& list) {
  auto const columns = columns_of(list);
  CsvWriter out;
  for (auto const& column : columns) out.text(column.title);
  out.end_row();
  for (auto const& activity : list.activities) {
    for (auto const& column : columns) put(out, column.value(activity));
    out.end_row();
  }
  return std::move(out).take();
}

std::string workbook(List const& list) {
  auto const columns = columns_of(list);
  std::vector<BookWriter::Column> headings;
  for (auto const& column : columns) headings.push_back({column.title, column.width, {}, {}});
  BookWriter out;
  std::vector<std::string> head{list.title, list.say("As of {}. Source: {}", list.say.moment(list.now, list.facts.time_zone), list.page_address)};
  if (list.cut) head.push_back(cut_text(list));
  out.sheet(list.say("Activities"), headings, head);
  for (auto const& activity : list.activities) {
    for (auto const& column : columns) put(out, column.value(activity));
    out.end_row();
  }
  return std::move(out).take();
}

std::string who_what_where(List const& list) {
  auto const columns = tagged_columns(list);
  CsvWriter out;
  for (auto const& column : columns) out.text(column.title);
  out.end_row();
  for (auto const& column : columns) out.text(column.tag);
  out.end_row();
  for (auto const& activity : list.activities) {
    for (auto const& column : columns) put(out, column.value(activity));
    out.end_row();
  }
  return std::move(out).take();
}

}  // namespace birge::activity::feeds
