#include "features/activity/feed/feed_json.hpp"

#include <boost/json.hpp>

#include "features/activity/activity_view.hpp"
#include "platform/base/text.hpp"

namespace birge::activity::json {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

value count_or_null(std::optional<Count> const& count) {
  if (!count) return nullptr;
  return object_of(*count);
}

value text_or_null(std::string_view text) {
  if (text.empty()) return nullptr;
  return value(text);
}

value day_or_null(std::optional<Day> day) {
  if (!day) return nullptr;
  return value(day->iso());
}

value time_or_null(Say const& say, std::optional<int> minutes) {
  if (!minutes) return nullptr;
  return value(say.time(*minutes));
}

value place_or_null(place::Place const* place, Context const& context) {
  if (!place) return nullptr;
  object out{{"code", place->code}, {"pcode", nullptr}, {"name", context.facts.places->name(place->id, context.say.language()).text}};
  if (place->pcode) out["pcode"] = *place->pcode;
  return out;
}

value organisation_of(OrganisationId id, Context const& context) {
  auto const* organisation = context.facts.organisation(id);
  if (!organisation) return nullptr;
  return object{{"id", id_text(id)}, {"slug", organisation->slug}, {"name", organisation->name(context.say.language())}};
}

array organisations_of(std::vector<OrganisationId> const& list, Context const& context) {
  array out;
  for (auto const id : list) out.push_back(organisation_of(id, context));
  return out;
}

array strings(auto const& list) {
  array out;
  for (auto const& text : list)
    if (!text.empty()) out.emplace_back(std::string_view(text));
  return out;
}

void add_where(object& out, Context const& context, Reach reach, std::optional<PlaceId> place, std::string_view village) {
  auto const& tree = *context.facts.places;
  out["reach"] = code(reach);
  out["place"] = place_or_null(place ? tree.find(*place) : nullptr, context);
  out["region"] = place_or_null(place ? tree.region_of(*place) : nullptr, context);
  out["district"] = place_or_null(place ? tree.district_of(*place) : nullptr, context);
  out["village"] = text_or_null(village);
}

void add_standing(object& out, Context const& context, view::Standing const& standing) {
  out["state"] = code(standing.state);
  out["unreported"] = unreported(standing.state, standing.due_day, context.today);
  out["moved_from"] = nullptr;
  if (standing.moved_from_day || standing.moved_from_place)
    out["moved_from"] =
        object{{"day", day_or_null(standing.moved_from_day)},
               {"place", place_or_null(standing.moved_from_place ? context.facts.places->find(*standing.moved_from_place) : nullptr, context)}};
  out["day"] = standing.day.iso();
  out["end_day"] = standing.end_day.iso();
  out["day_precision"] = code(standing.precision);
  out["due_day"] = day_or_null(due(standing.due_day));
}

void add_identity(object& out, Context const& context, ActivityId id, EditionId edition_id, std::string_view kind) {
  auto const* edition = context.facts.edition(edition_id);
  out["id"] = id_text(id);
  out["edition"] = edition ? std::string_view(edition->slug) : std::string_view();
  out["sample"] = edition && edition->sample;
  out["url"] = context.public_address + std::string(view::page_of(context.say, id).text());
  out["kind"] = kind;
  out["kind_name"] = view::kind_name(context.say, context.facts, kind);
}

/// Counts by sex and age; null where they are withheld, which `withheld` says.
value result_of(Activity const& activity, Context const& context) {
  auto const* result = view::public_result(activity);
  if (!result) return nullptr;
  object out{{"attendance", count_or_null(result->attendance)},
             {"broadcast_audience", count_or_null(result->audience)},
             {"method", text_or_null(result->method)},
             {"counted_by", result->counted_by ? organisation_of(*result->counted_by, context) : value(nullptr)},
             {"reported_day", result->reported_day.iso()},
             {"version", result->version}};
  bool const shown = view::cells_public(activity);
  out["by_sex_and_age"] = nullptr;
  out["by_sex_and_age_withheld"] = !shown;
  if (!shown) return out;
  array cells;
  for (auto const& cell : result->cells) cells.push_back(object{{"sex", code(cell.sex)}, {"age", cell.band}, {"count", object_of(cell.count)}});
  out["by_sex_and_age"] = std::move(cells);
  return out;
}

array warnings_of(Activity const& activity, Context const& context) {
  array out;
  for (auto const& warning : activity.warnings)
    out.push_back(object{{"code", warning.code}, {"field", warning.field}, {"text", context.say(warning_text(warning))}});
  return out;
}

/// Longitude and latitude, as GeoJSON has them; empty where they are not known.
array point_of(place::Place const* place) {
  if (!place || !place->latitude || !place->longitude) return {};
  return {*place->longitude, *place->latitude};
}

}  // namespace

object object_of(Count count) { return {{"low", count.low}, {"high", count.high}}; }

object object_of(Card const& card, Context const& context) {
  object out;
  add_identity(out, context, card.id, card.edition, card.kind);
  out["title"] = card.title;
  out["text_language"] = card.text_language;
  add_standing(out, context, view::standing(card));
  out["start_time"] = time_or_null(context.say, card.start_minutes);
  out["end_time"] = time_or_null(context.say, card.end_minutes);
  add_where(out, context, card.reach, card.place, card.village);
  out["venue"] = text_or_null(card.venue);
  out["lead"] = organisation_of(card.lead, context);
  bool const counts = card.state == State::reported || card.state == State::confirmed;
  out["attendance"] = counts ? count_or_null(card.attendance) : value(nullptr);
  out["broadcast_audience"] = counts ? count_or_null(card.audience) : value(nullptr);
  return out;
}

object object_of(Activity const& activity, Context const& context) {
  auto const& say = context.say;
  auto const& words = activity.text(say.language());
  object out;
  add_identity(out, context, activity.id, activity.edition, activity.kind);
  out["uid"] = activity.uid;
  out["title"] = words.title;
  out["summary"] = text_or_null(words.summary);
  out["text_language"] = activity.text_language(say.language());
  add_standing(out, context, view::standing(activity));
  out["start_time"] = time_or_null(say, activity.start_minutes);
  out["end_time"] = time_or_null(say, activity.end_minutes);
  out["time_zone"] = context.facts.time_zone;
  add_where(out, context, activity.reach, activity.place, activity.village);
  array places;
  for (auto const id : activity.places) places.push_back(place_or_null(context.facts.places->find(id), context));
  out["places"] = std::move(places);
  out["venue"] = text_or_null(words.venue);
  out["lead"] = organisation_of(activity.lead, context);
  out["co_hosts"] = organisations_of(activity.co_hosts, context);
  out["partners"] = organisations_of(activity.partners, context);
  out["topics"] = strings(activity.topics);
  out["audiences"] = strings(activity.audiences);
  out["languages"] = strings(split(activity.languages, ' '));
  out["entry"] = text_or_null(activity.entry);
  out["cost"] = text_or_null(activity.cost);
  out["contact"] = text_or_null(activity.contact);
  out["expected"] = count_or_null(activity.expected);
  out["result"] = result_of(activity, context);
  out["warnings"] = warnings_of(activity, context);
  out["source"] = text_or_null(activity.source);
  out["version"] = activity.version;
  out["created"] = iso(activity.created);
  out["changed"] = iso(activity.changed);
  return out;
}

object feature_of(Activity const& activity, Context const& context) {
  object out{{"type", "Feature"}, {"id", id_text(activity.id)}, {"geometry", nullptr}};
  auto const* place = activity.place ? context.facts.places->find(*activity.place) : nullptr;
  if (auto const point = point_of(place); !point.empty()) out["geometry"] = object{{"type", "Point"}, {"coordinates", point}};
  array points;
  for (auto const id : activity.places)
    if (auto point = point_of(context.facts.places->find(id)); !point.empty()) points.push_back(std::move(point));
  if (!points.empty()) out["geometry"] = object{{"type", "MultiPoint"}, {"coordinates", std::move(points)}};
  auto properties = object_of(activity, context);
  properties["point_is_of"] = place ? value(place->kind) : value(nullptr);
  out["properties"] = std::move(properties);
  return out;
}

}  // namespace birge::activity::json
