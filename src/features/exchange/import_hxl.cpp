// The hashtags of the Humanitarian Exchange Language (HXL 1.1, hxlstandard.org) that say what a column of activities is.

#include <algorithm>
#include <set>
#include <string>

#include "features/exchange/import_columns.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

struct Tag {
  std::string name;
  std::set<std::string> attributes;

  bool has(std::string_view attribute) const { return attributes.contains(std::string(attribute)); }
  bool has_any(std::initializer_list<std::string_view> list) const {
    return std::ranges::any_of(list, [&](auto const attribute) { return has(attribute); });
  }
};

constexpr std::string_view before_a_move = "original";

bool tag_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

std::optional<Tag> parse(std::string_view cell) {
  std::string text;
  for (char const c : trim(cell))
    if (c != ' ') text += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  if (text.size() < 2 || text[0] != '#') return std::nullopt;
  auto const parts = split(std::string_view(text).substr(1), '+');
  for (auto const part : parts)
    if (part.empty() || !std::ranges::all_of(part, tag_character) || (part[0] >= '0' && part[0] <= '9')) return std::nullopt;
  Tag tag{std::string(parts[0]), {}};
  for (std::size_t i = 1; i < parts.size(); ++i) tag.attributes.emplace(parts[i]);
  return tag;
}

/// +age_18_28, +age18_28 or +age_60plus.
void read_age(Heading& heading, std::string_view attribute) {
  int ages[2] = {0, 0};
  std::size_t count = 0;
  bool inside = false;
  for (char const c : attribute) {
    bool const digit = c >= '0' && c <= '9';
    if (digit && !inside && ++count > 2) return;
    if (digit) ages[count - 1] = std::min(ages[count - 1] * 10 + (c - '0'), 200);
    inside = digit;
  }
  if (count == 0) return;
  heading.any_age = false;
  heading.low_age = ages[0];
  if (count == 2) heading.high_age = ages[1];
}

Heading heads(Tag const& tag) {
  Heading heading;
  if (tag.has_any({"audience", "broadcast", "media", "views"})) {
    heading.column = Column::broadcast;
    return heading;
  }
  if (tag.has_any({"f", "female"})) heading.sex = activity::Sex::female;
  if (tag.has_any({"m", "male"})) heading.sex = activity::Sex::male;
  if (tag.has_any({"children", "infants"})) heading.any_age = false, heading.low_age = 0, heading.high_age = 17;
  if (tag.has_any({"adults", "adult"})) heading.any_age = false, heading.low_age = 18;
  for (auto const& attribute : tag.attributes)
    if (attribute.starts_with("age")) read_age(heading, attribute);
  bool const whole = heading.sex == activity::Sex::unknown && heading.any_age && !tag.has_any({"i", "unknown"});
  heading.column = whole ? Column::total : Column::heads;
  return heading;
}

Column of_activity(Tag const& tag) {
  if (tag.has_any({"id", "code"})) return Column::id;
  if (tag.has_any({"type", "kind"})) return Column::kind;
  if (tag.has("description")) return Column::summary;
  if (tag.has("status")) return Column::status;
  if (tag.has("topic")) return Column::topic;
  return Column::title;
}

Column of_date(Tag const& tag) {
  if (tag.has(before_a_move)) return Column::unknown;
  if (tag.has_any({"time"}) && tag.has("end")) return Column::end_time;
  if (tag.has("time")) return Column::start_time;
  if (tag.has_any({"end", "until"})) return Column::end_day;
  if (tag.has_any({"moved", "new"})) return Column::moved_to;
  if (tag.has_any({"updated", "reported", "created", "due", "approved"})) return Column::unknown;
  return Column::day;
}

Column of_organisation(Tag const& tag) {
  if (tag.has_any({"partner", "partners"})) return Column::partners;
  if (tag.has_any({"cohost", "co_host", "cohosts"})) return Column::co_hosts;
  if (tag.has_any({"funder", "funding", "donor", "reporting", "type", "id", "code"})) return Column::unknown;
  return Column::lead;
}

Column of_place(Tag const& tag) {
  if (tag.has_any({"lat", "lon", "coord", before_a_move})) return Column::unknown;
  if (tag.name == "adm1") return Column::region;
  if (tag.name == "adm2") return Column::district;
  if (tag.name == "adm3") return Column::community;
  if (tag.name == "adm4" || tag.has_any({"village", "settlement"})) return Column::village;
  if (tag.has_any({"venue", "site"})) return Column::venue;
  if (tag.has("type")) return Column::reach;
  return Column::place;
}

Column of_meta(Tag const& tag) {
  if (tag.has("id")) return Column::id;
  if (tag.has("method")) return Column::method;
  if (tag.has("visibility")) return Column::visibility;
  if (tag.has_any({"status", "state"})) return Column::status;
  return Column::ignored;
}

/// How many are expected in all: people in groups, and whatever else is aimed at, are no such number.
Column of_targeted(Tag const& tag) {
  static std::set<std::string> const plain{"total", "ind", "attendances", "min", "max"};
  bool const all = tag.has("total") || std::ranges::includes(plain, tag.attributes);
  return all ? Column::expected : Column::unknown;
}

Column of_name(Tag const& tag) {
  auto const& name = tag.name;
  if (name == "activity" || name == "event") return of_activity(tag);
  if (name == "activity_id") return Column::id;
  if (name == "date" || name == "period_date") return of_date(tag);
  if (name == "org") return of_organisation(tag);
  if (name == "adm1" || name == "adm2" || name == "adm3" || name == "adm4" || name == "loc") return of_place(tag);
  if (name == "meta") return of_meta(tag);
  if (name == "description") return Column::summary;
  if (name == "status") return Column::status;
  if (name == "topic" || name == "subsector") return Column::topic;
  if (name == "targeted") return of_targeted(tag);
  if (name == "population" || name == "beneficiary") return tag.has_any({"type", "group"}) ? Column::audience_group : Column::unknown;
  if (name == "contact") return Column::contact;
  if (name == "country") return Column::ignored;
  return Column::unknown;
}

}  // namespace

bool ends_of_one_range(std::string_view lower, std::string_view upper) {
  auto low = parse(lower), high = parse(upper);
  return low && high && low->name == high->name && low->attributes.erase("min") == 1 && high->attributes.erase("max") == 1 &&
         low->attributes == high->attributes;
}

bool lists_places(std::string_view cell) {
  auto const tag = parse(cell);
  return tag && tag->name == "loc" && tag->has("list");
}

bool names_one_place(std::string_view cell) {
  auto const tag = parse(cell);
  return tag && tag->name == "loc" && tag->attributes == std::set<std::string>{"name"};
}

bool tells_what_was_before(std::string_view cell) {
  auto const tag = parse(cell);
  return tag && tag->has(before_a_move);
}

std::optional<Heading> heading_of_tag(std::string_view cell) {
  auto const tag = parse(cell);
  if (!tag) return std::nullopt;
  if (tag->name == "reached" || tag->name == "affected" || (tag->name == "beneficiary" && !tag->has_any({"type", "group"}))) return heads(*tag);
  Heading heading;
  heading.column = of_name(*tag);
  if (heading.column == Column::title || heading.column == Column::summary || heading.column == Column::venue)
    for (auto const* language : {"ky", "ru", "en"})
      if (tag->has(std::string("i_") + language) || tag->has(language)) heading.language = language;
  return heading;
}

}  // namespace birge::exchange
