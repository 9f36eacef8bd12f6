#include "app/openapi.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <span>
#include <vector>

#include "platform/base/text.hpp"

/// OpenAPI describes the API to programs and programmers: it is in English, like the names in the API itself.
namespace birge::app {

namespace {

using boost::json::array;
using boost::json::object;

struct Parameter {
  char const* name;
  char const* in;    ///< query or path
  char const* type;  ///< string, integer or date
  char const* description;
};

constexpr Parameter language{"language", "query", "string",
                             "Language of names and texts: ky, ru or en. Without it the Accept-Language header decides."};

constexpr auto list_parameters = std::to_array<Parameter>({
    {"edition", "query", "string", "Slug of an edition; without it the current one."},
    {"place", "query", "string", "Code or P-code of a region, district or community, with all that lies in it; or several, national, online."},
    {"only", "query", "string", "With a region: \"region\" for the activities of which no district is known."},
    {"kind", "query", "string", "Code of the kind of activity."},
    {"other_than", "query", "string", "Codes of kinds of activity to leave out, with commas between them."},
    {"topic", "query", "string", "Code of a topic."},
    {"audience", "query", "string", "Code of an audience group."},
    {"organisation", "query", "string", "Slug of an organisation that leads or co-hosts."},
    {"several", "query", "string", "hosts, topics or audiences: activities that have several of these."},
    {"week", "query", "date", "Any day of a week, Monday to Sunday, in which the activity begins."},
    {"from", "query", "date", "First day on which the activity may begin."},
    {"until", "query", "date", "Last day on which the activity may begin."},
    {"status", "query", "string",
     "planned, held, cancelled, moved, unreported, upcoming, reported, confirmed, counted (reported or confirmed), awaiting (held, without a report yet) or overdue (of these, not reported in time)."},
    {"q", "query", "string",
     "Words to search in titles, summaries, venues and villages, in the names of kinds, topics, audience groups and places up to the region, and of all organisations that hold or support it."},
    {"limit", "query", "integer", "Rows in one answer, 1 to 100; 50 without it."},
    {"after", "query", "string", "Where to go on: taken from \"next\" of the answer before."},
    language,
});

constexpr auto register_parameters = std::to_array<Parameter>({
    {"limit", "query", "integer", "Rows in one answer, 1 to 500; 100 without it."},
    {"after", "query", "string", "Where to go on: taken from \"next\" of the answer before."},
});

constexpr auto one_parameters = std::to_array<Parameter>({{"id", "path", "string", "Id of the activity."}, language});

struct Operation {
  char const* path;
  char const* id;
  char const* summary;
  std::span<Parameter const> parameters;
  char const* schema;  ///< of the answer
  bool can_miss;       ///< answers 404
};

constexpr std::span<Parameter const> none;

constexpr auto operations = std::to_array<Operation>({
    {"/api/v1/activities", "listActivities", "Activities that are public, in the order of their days, with what the whole filter counts",
     list_parameters, "ActivityList", true},
    {"/api/v1/activities/{id}", "getActivity", "One activity whole, with its result", one_parameters, "Activity", true},
    {"/api/v1/editions", "listEditions", "Editions of the campaign, the latest first", none, "EditionList", false},
    {"/api/v1/places", "listPlaces", "Regions, districts and communities of the country, each behind what it lies in", register_parameters,
     "PlaceList", false},
    {"/api/v1/organisations", "listOrganisations", "Organisations of the coalition", register_parameters, "OrganisationList", false},
    {"/api/v1/codes", "listCodes", "Code lists: kinds of activity, topics, audience groups, age bands", none, "CodeLists", false},
    {"/api/v1/openapi.json", "getDescription", "This description", none, "Anything", false},
});

/// The members of an object in the answers. A type ending in ? may be null; Name is another schema, [Name] a list of it.
struct Member {
  char const* name;
  char const* type;
  char const* description;
};

struct Schema {
  char const* name;
  std::span<Member const> members;
};

constexpr auto count_members = std::to_array<Member>(
    {{"low", "integer", "At least so many."}, {"high", "integer", "At most so many; the same as low when the count is exact."}});

constexpr auto place_members = std::to_array<Member>({
    {"code", "string", "Code in addresses."},
    {"pcode", "string?", "OCHA P-code."},
    {"name", "string", "Name in the language of the answer."},
});

constexpr auto organisation_members = std::to_array<Member>({{"id", "string", ""}, {"slug", "string", ""}, {"name", "string", ""}});

constexpr auto moved_members =
    std::to_array<Member>({{"day", "date?", "Day it was planned for before."}, {"place", "Place?", "Place it was planned in before."}});

constexpr auto row_members = std::to_array<Member>({
    {"id", "string", ""},
    {"edition", "string", "Slug."},
    {"sample", "boolean", "Invented, to show how Birge works."},
    {"url", "string", "Its page."},
    {"kind", "string", "Code."},
    {"kind_name", "string", ""},
    {"title", "string", ""},
    {"text_language", "string", "Language of title, summary and venue: the one asked for, or the one they were entered in."},
    {"state", "string", "approved, held, reported, confirmed or cancelled."},
    {"unreported", "boolean", "Its result is missing although it was due."},
    {"moved_from", "Moved?", ""},
    {"day", "date", "First day. Of a month or year: its first day."},
    {"end_day", "date", "Last day. Of a month or year: its last day."},
    {"day_precision", "string", "day, month or year: what is known of the date."},
    {"due_day", "date?", "Last day on which the result is in time; null where none is due, as of what is known from a published page alone."},
    {"start_time", "string?", "Local time, HH:MM."},
    {"end_time", "string?", ""},
    {"reach", "string", "place, several, national or online."},
    {"place", "Place?", "The smallest place known."},
    {"region", "Place?", ""},
    {"district", "Place?", ""},
    {"village", "string?", ""},
    {"venue", "string?", ""},
    {"lead", "Organisation", ""},
});

constexpr auto row_only =
    std::to_array<Member>({{"attendance", "Count?", "Once reported."}, {"broadcast_audience", "Count?", "Never added to attendances."}});

constexpr auto whole_only = std::to_array<Member>({
    {"uid", "string", "UID in calendars."},
    {"summary", "string?", ""},
    {"time_zone", "string", "IANA name."},
    {"places", "[Place]", "Of an activity in several places."},
    {"co_hosts", "[Organisation]", ""},
    {"partners", "[Organisation]", ""},
    {"topics", "[string]", "Codes."},
    {"audiences", "[string]", "Codes."},
    {"languages", "[string]", "In which it is held."},
    {"entry", "string?", "open or invitation."},
    {"cost", "string?", ""},
    {"contact", "string?", ""},
    {"expected", "Count?", "Expected attendance."},
    {"result", "Result?", "Once reported."},
    {"warnings", "[Warning]", "What was unusual when it came in."},
    {"source", "string?", "Key of the published source of a documented activity."},
    {"version", "integer", ""},
    {"created", "moment", ""},
    {"changed", "moment", ""},
});

constexpr auto result_members = std::to_array<Member>({
    {"attendance", "Count?", "Attendances, counted per activity: one person may be counted at several."},
    {"broadcast_audience", "Count?", "Listeners, viewers or followers; never added to attendances."},
    {"method", "string?", "sign_in_sheet, head_count, estimate or ticket."},
    {"counted_by", "Organisation?", ""},
    {"reported_day", "date", ""},
    {"version", "integer", ""},
    {"by_sex_and_age", "[Cell]?", "Null where it is withheld."},
    {"by_sex_and_age_withheld", "boolean", "Of sensitive kinds only the total is public."},
});

constexpr auto cell_members = std::to_array<Member>({
    {"sex", "string", "female, male or unknown."},
    {"age", "string", "Code of an age band, or under_18, adult, unknown."},
    {"count", "Count", ""},
});

constexpr auto warning_members = std::to_array<Member>({{"code", "string", ""}, {"field", "string", ""}, {"text", "string", ""}});

constexpr auto totals_members = std::to_array<Member>({
    {"activities", "integer", "All that the filter finds."},
    {"listed", "integer", "Of these, those this API lists."},
    {"coalition_only", "integer", "Of these, those only the coalition sees listed."},
    {"held", "integer", ""},
    {"cancelled", "integer", ""},
    {"moved", "integer", ""},
    {"reported_attendances", "Count", ""},
    {"confirmed_attendances", "Count", ""},
    {"reported_broadcast_audience", "Count", ""},
    {"confirmed_broadcast_audience", "Count", ""},
});

constexpr auto list_members = std::to_array<Member>({
    {"edition", "string", "Slug."},
    {"sample", "boolean", ""},
    {"totals", "Totals", ""},
    {"items", "[ActivityRow]", ""},
    {"next", "string?", "Address of the next rows; null at the end."},
});

constexpr auto edition_members = std::to_array<Member>({
    {"id", "string", ""},
    {"slug", "string", ""},
    {"year", "integer", ""},
    {"sample", "boolean", ""},
    {"names", "Texts", ""},
    {"slogans", "Texts", ""},
    {"preparation_from", "date", ""},
    {"campaign_from", "date", ""},
    {"campaign_until", "date", ""},
    {"closing_until", "date", ""},
    {"days", "integer", "Of the campaign period."},
    {"day_number", "integer?", "Day N of the campaign period, today."},
    {"conference_day", "date?", ""},
});

constexpr auto editions_members =
    std::to_array<Member>({{"current", "string?", "Slug of the edition that pages open with."}, {"items", "[Edition]", ""}});

constexpr auto node_members = std::to_array<Member>({
    {"id", "string", ""},
    {"code", "string", ""},
    {"pcode", "string?", ""},
    {"level", "integer", "0 country, 1 region, 2 district, 3 community."},
    {"kind", "string", ""},
    {"parent", "string?", "Code."},
    {"names", "Texts", ""},
    {"latitude", "number?", ""},
    {"longitude", "number?", ""},
});
constexpr auto places_members =
    std::to_array<Member>({{"items", "[PlaceNode]", ""}, {"next", "string?", "Address of the next rows; null at the end."}});

constexpr auto register_members = std::to_array<Member>({
    {"id", "string", ""},
    {"slug", "string", ""},
    {"kind", "string", ""},
    {"region", "string?", "Code."},
    {"sample", "boolean", ""},
    {"website", "string?", ""},
    {"names", "Texts", ""},
});
constexpr auto organisations_members =
    std::to_array<Member>({{"items", "[OrganisationEntry]", ""}, {"next", "string?", "Address of the next rows; null at the end."}});

constexpr auto code_members = std::to_array<Member>({{"code", "string", ""}, {"names", "Texts", ""}});
constexpr auto kind_members = std::to_array<Member>({
    {"code", "string", ""},
    {"names", "Texts", ""},
    {"sensitive", "boolean", "Of sensitive kinds only the total is public."},
    {"broadcast", "boolean", "Reaches listeners, viewers or followers, who are no attendances."},
});
constexpr auto band_members = std::to_array<Member>({
    {"code", "string", ""},
    {"names", "Texts", ""},
    {"low_age", "integer", "In whole years."},
    {"high_age", "integer?", "The last year that belongs to it; null where it has no end."},
});
constexpr auto codes_members =
    std::to_array<Member>({{"kind", "[KindCode]", ""}, {"topic", "[Code]", ""}, {"audience", "[Code]", ""}, {"age_band", "[AgeBand]", ""}});

constexpr auto problem_members =
    std::to_array<Member>({{"type", "string", ""}, {"title", "string", ""}, {"status", "integer", ""}, {"detail", "string", ""}});

constexpr auto schemas = std::to_array<Schema>({
    {"Count", count_members},
    {"Place", place_members},
    {"Organisation", organisation_members},
    {"Moved", moved_members},
    {"Cell", cell_members},
    {"Result", result_members},
    {"Warning", warning_members},
    {"Totals", totals_members},
    {"ActivityList", list_members},
    {"Edition", edition_members},
    {"EditionList", editions_members},
    {"PlaceNode", node_members},
    {"PlaceList", places_members},
    {"OrganisationEntry", register_members},
    {"OrganisationList", organisations_members},
    {"Code", code_members},
    {"KindCode", kind_members},
    {"AgeBand", band_members},
    {"CodeLists", codes_members},
    {"Problem", problem_members},
});

object reference(std::string const& schema) { return {{"$ref", "#/components/schemas/" + schema}}; }

/// The JSON Schema of a type as the tables write it.
object type_of(std::string_view type) {
  if (type.ends_with('?')) {
    auto inner = type_of(type.substr(0, type.size() - 1));
    if (auto* plain = inner.if_contains("type"); plain && plain->is_string()) {
      *plain = array{*plain, "null"};
      return inner;
    }
    return {{"oneOf", array{std::move(inner), object{{"type", "null"}}}}};
  }
  if (type.starts_with('[')) return {{"type", "array"}, {"items", type_of(type.substr(1, type.size() - 2))}};
  if (type == "date") return {{"type", "string"}, {"format", "date"}};
  if (type == "moment") return {{"type", "string"}, {"format", "date-time"}};
  if (type == "string" || type == "integer" || type == "number" || type == "boolean") return {{"type", type}};
  return reference(std::string(type));
}

void add_members(object& properties, array& required, std::span<Member const> members) {
  for (auto const& member : members) {
    auto type = type_of(member.type);
    if (*member.description) type["description"] = member.description;
    properties[member.name] = std::move(type);
    required.emplace_back(member.name);
  }
}

object schema_of(std::initializer_list<std::span<Member const>> parts) {
  object properties;
  array required;
  for (auto const part : parts) add_members(properties, required, part);
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

object components() {
  object out;
  for (auto const& schema : schemas) out[schema.name] = schema_of({schema.members});
  out["ActivityRow"] = schema_of({row_members, row_only});
  out["Activity"] = schema_of({row_members, whole_only});
  out["Texts"] = object{{"type", "object"}, {"additionalProperties", object{{"type", "string"}}}, {"description", "Texts by language code."}};
  out["Anything"] = object{{"type", "object"}};
  return {{"schemas", std::move(out)}};
}

object parameter_of(Parameter const& parameter) {
  return {{"name", parameter.name},
          {"in", parameter.in},
          {"required", std::string_view(parameter.in) == "path"},
          {"description", parameter.description},
          {"schema", type_of(parameter.type)}};
}

object problem(char const* description) {
  return {{"description", description}, {"content", object{{"application/problem+json", object{{"schema", reference("Problem")}}}}}};
}

object operation_of(Operation const& operation) {
  array parameters;
  for (auto const& parameter : operation.parameters) parameters.push_back(parameter_of(parameter));
  object responses{{"200", object{{"description", operation.summary},
                                  {"content", object{{"application/json", object{{"schema", reference(operation.schema)}}}}}}}};
  responses["400"] = problem("A parameter is not among these, stands twice, cannot be read or names nothing.");
  if (std::ranges::any_of(operation.parameters, [](auto const& parameter) { return std::string_view(parameter.name) == "q"; }))
    responses["429"] = problem("Too many searches came from this network: Retry-After says for how long to wait.");
  if (operation.can_miss) responses["404"] = problem("There is no such thing, or only the coalition sees it.");
  return {{"operationId", operation.id}, {"summary", operation.summary}, {"parameters", std::move(parameters)}, {"responses", std::move(responses)}};
}

}  // namespace

std::string openapi_document(std::string const& public_address) {
  object paths;
  for (auto const& operation : operations) paths[operation.path] = object{{"get", operation_of(operation)}};
  object const document{{"openapi", "3.1.0"},
                        {"info", object{{"title", "Birge"},
                                        {"version", "1"},
                                        {"description",
                                         "Activities of the campaigns against trafficking in persons. Ids are strings. Counts are ranges; an exact "
                                         "count has low = high. Attendances are counted per activity and are no number of people."}}},
                        {"servers", array{object{{"url", public_address}}}},
                        {"paths", std::move(paths)},
                        {"components", components()}};
  return boost::json::serialize(document);
}

void refuse_unknown_parameters(std::string_view pattern, http::Parameters const& query) {
  auto const operation = std::ranges::find_if(operations, [&](Operation const& each) { return each.path == pattern; });
  if (operation == operations.end()) return;
  std::vector<std::string> known;
  for (auto const& parameter : operation->parameters)
    if (std::string_view(parameter.in) == "query") known.emplace_back(parameter.name);
  for (auto const& [name, value] : query.list()) {
    auto const shown = shortened(clean_line(name), 40);
    if (std::ranges::find(known, name) == known.end())
      throw Problem(Failure::bad_input, known.empty() ? message("“{}” is no parameter of this address, which takes none.", shown)
                                                      : message("“{}” is no parameter of this address. It takes: {}.", shown, joined(known, ", ")));
    if (query.all(name).size() > 1) throw Problem(Failure::bad_input, message("The parameter “{}” stands in this address more than once.", shown));
  }
}

Reply openapi(Request& request) {
  auto reply = http::text(openapi_document(request.services.config.text("public_address")), "application/json; charset=utf-8");
  reply.header("Access-Control-Allow-Origin", "*");
  return reply;
}

}  // namespace birge::app
