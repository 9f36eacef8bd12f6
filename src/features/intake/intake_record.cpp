#include "features/intake/intake_json.hpp"

namespace birge::intake {

namespace json = boost::json;

namespace {

std::string string(json::value const& value) { return std::string(value.as_string()); }

template <class Tag>
json::value id_value(Id<Tag> id) {
  return id.value;
}
template <class T>
json::value maybe_id(std::optional<T> const& id) {
  return id ? json::value(id->value) : json::value(nullptr);
}
template <class T>
std::optional<T> maybe_id_of(json::value const& value) {
  return value.is_null() ? std::nullopt : std::optional(T{value.as_int64()});
}
json::value maybe(std::optional<int> number) { return number ? json::value(*number) : json::value(nullptr); }
std::optional<int> maybe_int(json::value const& value) { return value.is_null() ? std::nullopt : std::optional(static_cast<int>(value.as_int64())); }
json::value maybe(std::optional<Day> day) { return day ? json::value(day->iso()) : json::value(nullptr); }
std::optional<Day> maybe_day(json::value const& value) { return value.is_null() ? std::nullopt : Day::parse(string(value)); }
json::value maybe(std::optional<Instant> at) { return at ? json::value(at->time_since_epoch().count()) : json::value(nullptr); }
std::optional<Instant> maybe_instant(json::value const& value) {
  return value.is_null() ? std::nullopt : std::optional(Instant(std::chrono::milliseconds(value.as_int64())));
}
json::value maybe(std::optional<activity::Count> const& count) {
  return count ? json::value(json::array{count->low, count->high}) : json::value(nullptr);
}
std::optional<activity::Count> maybe_count(json::value const& value) {
  if (value.is_null()) return std::nullopt;
  return activity::Count{value.as_array().at(0).as_int64(), value.as_array().at(1).as_int64()};
}
template <class T>
json::array ids(std::vector<T> const& list) {
  json::array array;
  for (auto const id : list) array.emplace_back(id.value);
  return array;
}
template <class T>
std::vector<T> ids_of(json::value const& value) {
  std::vector<T> list;
  for (auto const& each : value.as_array()) list.push_back(T{each.as_int64()});
  return list;
}
json::array strings(std::vector<std::string> const& list) { return json::array(list.begin(), list.end()); }
std::vector<std::string> strings_of(json::value const& value) {
  std::vector<std::string> list;
  for (auto const& each : value.as_array()) list.push_back(string(each));
  return list;
}

json::value json_of(activity::Result const& result) {
  json::array cells;
  for (auto const& cell : result.cells)
    cells.emplace_back(json::array{json::string_view(code(cell.sex)), cell.band, cell.count.low, cell.count.high});
  return json::object{{"version", result.version},
                      {"method", result.method},
                      {"attendance", maybe(result.attendance)},
                      {"audience", maybe(result.audience)},
                      {"cells", std::move(cells)},
                      {"counted_by", maybe_id(result.counted_by)},
                      {"reported_day", result.reported_day.iso()},
                      {"narrative", result.narrative}};
}

activity::Result result_of(json::object const& object) {
  activity::Result result;
  result.version = static_cast<int>(object.at("version").as_int64());
  result.method = string(object.at("method"));
  result.attendance = maybe_count(object.at("attendance"));
  result.audience = maybe_count(object.at("audience"));
  for (auto const& cell : object.at("cells").as_array()) {
    auto const& parts = cell.as_array();
    result.cells.push_back({activity::sex_of(string(parts.at(0))).value(), string(parts.at(1)), {parts.at(2).as_int64(), parts.at(3).as_int64()}});
  }
  result.counted_by = maybe_id_of<activity::OrganisationId>(object.at("counted_by"));
  result.reported_day = Day::parse(string(object.at("reported_day"))).value();
  result.narrative = string(object.at("narrative"));
  return result;
}

json::object json_of(Activity const& a) {
  json::object texts;
  for (auto const& [language, text] : a.texts) texts[language] = json::array{text.title, text.summary, text.venue};
  json::array warnings;
  for (auto const& warning : a.warnings) warnings.emplace_back(json::array{warning.code, warning.field, warning.detail});
  return json::object{{"id", a.id.value},
                      {"edition", a.edition.value},
                      {"kind", a.kind},
                      {"state", json::string_view(code(a.state))},
                      {"public", a.is_public},
                      {"sensitive", a.sensitive},
                      {"version", a.version},
                      {"sequence", a.sequence},
                      {"uid", a.uid},
                      {"day", a.day.iso()},
                      {"precision", json::string_view(code(a.precision))},
                      {"end_day", a.end_day.iso()},
                      {"start", maybe(a.start_minutes)},
                      {"end", maybe(a.end_minutes)},
                      {"reach", json::string_view(code(a.reach))},
                      {"place", maybe_id(a.place)},
                      {"places", ids(a.places)},
                      {"village", a.village},
                      {"lead", a.lead.value},
                      {"co_hosts", ids(a.co_hosts)},
                      {"partners", ids(a.partners)},
                      {"topics", strings(a.topics)},
                      {"audiences", strings(a.audiences)},
                      {"languages", a.languages},
                      {"entry", a.entry},
                      {"cost", a.cost},
                      {"contact", a.contact},
                      {"expected", maybe(a.expected)},
                      {"moved_from_day", maybe(a.moved_from_day)},
                      {"moved_from_place", maybe_id(a.moved_from_place)},
                      {"reason", a.reason},
                      {"external_id", a.external_id ? json::value(*a.external_id) : json::value(nullptr)},
                      {"due_day", a.due_day.iso()},
                      {"source", a.source},
                      {"texts", std::move(texts)},
                      {"original", a.original},
                      {"result", a.result ? json_of(*a.result) : json::value(nullptr)},
                      {"warnings", std::move(warnings)},
                      {"created", a.created.time_since_epoch().count()},
                      {"changed", a.changed.time_since_epoch().count()}};
}

void read_when_and_where(Activity& a, json::object const& o) {
  a.day = Day::parse(string(o.at("day"))).value();
  a.precision = activity::precision_of(string(o.at("precision"))).value();
  a.end_day = Day::parse(string(o.at("end_day"))).value();
  a.start_minutes = maybe_int(o.at("start"));
  a.end_minutes = maybe_int(o.at("end"));
  a.reach = activity::reach_of(string(o.at("reach"))).value();
  a.place = maybe_id_of<activity::PlaceId>(o.at("place"));
  a.places = ids_of<activity::PlaceId>(o.at("places"));
  a.village = string(o.at("village"));
  a.moved_from_day = maybe_day(o.at("moved_from_day"));
  a.moved_from_place = maybe_id_of<activity::PlaceId>(o.at("moved_from_place"));
  a.due_day = Day::parse(string(o.at("due_day"))).value();
}

void read_words(Activity& a, json::object const& o) {
  a.topics = strings_of(o.at("topics"));
  a.audiences = strings_of(o.at("audiences"));
  a.languages = string(o.at("languages"));
  a.entry = string(o.at("entry"));
  a.cost = string(o.at("cost"));
  a.contact = string(o.at("contact"));
  a.reason = string(o.at("reason"));
  if (!o.at("external_id").is_null()) a.external_id = string(o.at("external_id"));
  a.source = string(o.at("source"));
  a.original = string(o.at("original"));
  for (auto const& [language, text] : o.at("texts").as_object()) {
    auto const& parts = text.as_array();
    a.texts[std::string(language)] = {string(parts.at(0)), string(parts.at(1)), string(parts.at(2))};
  }
  for (auto const& warning : o.at("warnings").as_array()) {
    auto const& parts = warning.as_array();
    a.warnings.push_back({string(parts.at(0)), string(parts.at(1)), string(parts.at(2))});
  }
}

Activity activity_of(json::object const& o) {
  Activity a;
  a.id = {o.at("id").as_int64()};
  a.edition = {o.at("edition").as_int64()};
  a.kind = string(o.at("kind"));
  a.state = activity::state_of(string(o.at("state"))).value();
  a.is_public = o.at("public").as_bool();
  a.sensitive = o.at("sensitive").as_bool();
  a.version = static_cast<int>(o.at("version").as_int64());
  a.sequence = static_cast<int>(o.at("sequence").as_int64());
  a.uid = string(o.at("uid"));
  a.lead = {o.at("lead").as_int64()};
  a.co_hosts = ids_of<activity::OrganisationId>(o.at("co_hosts"));
  a.partners = ids_of<activity::OrganisationId>(o.at("partners"));
  a.expected = maybe_count(o.at("expected"));
  read_when_and_where(a, o);
  read_words(a, o);
  if (!o.at("result").is_null()) a.result = result_of(o.at("result").as_object());
  a.created = Instant(std::chrono::milliseconds(o.at("created").as_int64()));
  a.changed = Instant(std::chrono::milliseconds(o.at("changed").as_int64()));
  return a;
}

json::object json_of(work::Standing const& s) {
  return json::object{{"discarded", s.discarded},
                      {"unapproved", s.unapproved},
                      {"created_by", maybe_id(s.created_by)},
                      {"proposed_by", maybe_id(s.proposed_by)},
                      {"proposed_for", maybe_id(s.proposed_for)},
                      {"proposed_at", maybe(s.proposed_at)},
                      {"escalates", maybe(s.escalates)},
                      {"reported_by", maybe_id(s.reported_by)},
                      {"reported_for", maybe_id(s.reported_for)}};
}

work::Standing standing_of(json::object const& o) {
  work::Standing s;
  s.discarded = o.at("discarded").as_bool();
  s.unapproved = o.at("unapproved").as_bool();
  s.created_by = maybe_id_of<PersonId>(o.at("created_by"));
  s.proposed_by = maybe_id_of<PersonId>(o.at("proposed_by"));
  s.proposed_for = maybe_id_of<PersonId>(o.at("proposed_for"));
  s.proposed_at = maybe_instant(o.at("proposed_at"));
  s.escalates = maybe_day(o.at("escalates"));
  s.reported_by = maybe_id_of<PersonId>(o.at("reported_by"));
  s.reported_for = maybe_id_of<PersonId>(o.at("reported_for"));
  return s;
}

}  // namespace

json::value json_of(Message const& message) {
  if (message.empty()) return nullptr;
  json::array arguments;
  for (auto const& argument : message.arguments) {
    if (auto const* text = std::get_if<std::string>(&argument)) arguments.emplace_back(*text);
    else if (auto const* number = std::get_if<std::int64_t>(&argument)) arguments.emplace_back(*number);
    else if (auto const* day = std::get_if<Day>(&argument)) arguments.emplace_back(json::object{{"day", day->iso()}});
    else arguments.emplace_back(json_of(std::get<Message>(argument)));
  }
  return json::object{{"text", message.text}, {"arguments", std::move(arguments)}};
}

Message message_of(json::value const& value) {
  if (!value.is_object()) return {};
  auto const& object = value.get_object();
  Message message;
  message.text = string(object.at("text"));
  for (auto const& argument : object.at("arguments").as_array()) {
    if (argument.is_string()) message.arguments.emplace_back(string(argument));
    else if (argument.is_int64()) message.arguments.emplace_back(argument.get_int64());
    else if (argument.is_object() && argument.get_object().contains("day"))
      message.arguments.emplace_back(Day::parse(string(argument.get_object().at("day"))).value_or(Day{}));
    else message.arguments.emplace_back(message_of(argument));
  }
  return message;
}

std::string text_of(Message const& message) { return message.empty() ? std::string() : json::serialize(json_of(message)); }

Message message_of(std::string_view text) {
  json::error_code error;
  auto const value = json::parse(json::string_view(text.data(), text.size()), error);
  return error ? Message{} : message_of(value);
}

std::string text_of(Before const& before) {
  json::object object{{"activity", json_of(before.activity)}};
  object["standing"] = before.standing ? json::value(json_of(*before.standing)) : json::value(nullptr);
  return json::serialize(object);
}

Before before_of(std::string_view text) {
  auto const value = json::parse(json::string_view(text.data(), text.size()));
  auto const& object = value.as_object();
  Before before{activity_of(object.at("activity").as_object()), std::nullopt};
  if (!object.at("standing").is_null()) before.standing = standing_of(object.at("standing").as_object());
  return before;
}

}  // namespace birge::intake
