#include "features/activity/activity.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "platform/base/text.hpp"
#include "platform/base/typed_day.hpp"

namespace birge::activity {

namespace {

using Status = Filter::Status;

constexpr std::array<std::pair<Status, std::string_view>, 11> statuses{{{Status::planned, "planned"},
                                                                        {Status::held, "held"},
                                                                        {Status::cancelled, "cancelled"},
                                                                        {Status::moved, "moved"},
                                                                        {Status::unreported, "unreported"},
                                                                        {Status::upcoming, "upcoming"},
                                                                        {Status::reported, "reported"},
                                                                        {Status::confirmed, "confirmed"},
                                                                        {Status::counted, "counted"},
                                                                        {Status::awaiting, "awaiting"},
                                                                        {Status::overdue, "overdue"}}};

using Several = Filter::Several;

constexpr std::array<std::pair<Several, std::string_view>, 3> severals{
    {{Several::hosts, "hosts"}, {Several::topics, "topics"}, {Several::audiences, "audiences"}}};

constexpr std::string_view only_region = "region";
constexpr std::size_t longest_search = 200;  // characters

void read_code(http::Parameters const& query, char const* name, campaign::Facts const& facts, std::string& into, std::vector<Fault>& faults) {
  auto const value = query.get(name);
  if (value.empty()) return;
  bool const may_miss = std::string_view(name) != "kind";
  if (facts.codes.find(name, value) || (may_miss && value == not_said)) into = value;
  else faults.push_back({name, message("“{}” is not known here.", shortened(clean_line(value), 60))});
}

/// "lecture,training": kinds that are left out.
void read_other_than(http::Parameters const& query, campaign::Facts const& facts, Filter& filter, std::vector<Fault>& faults) {
  auto const value = query.get("other_than");
  if (value.empty()) return;
  std::optional<std::string_view> unknown;
  for (auto const code : split(value, ',')) {
    if (facts.codes.find("kind", code)) filter.other_than.emplace_back(code);
    else unknown = code;
  }
  if (unknown) faults.push_back({"other_than", message("“{}” is not known here.", shortened(clean_line(*unknown), 60))});
  std::ranges::sort(filter.other_than);
  auto const again = std::ranges::unique(filter.other_than);
  filter.other_than.erase(again.begin(), again.end());
}

void read_several(http::Parameters const& query, Filter& filter, std::vector<Fault>& faults) {
  auto const value = query.get("several");
  if (value.empty()) return;
  filter.several = several_of(value);
  if (filter.several == Several::none) faults.push_back({"several", message("“{}” is not known here.", shortened(clean_line(value), 60))});
}

std::optional<Day> read_day(http::Parameters const& query, char const* name, std::vector<Fault>& faults) {
  auto const value = query.get(name);
  if (value.empty()) return std::nullopt;
  auto const day = typed_day(value);
  if (!day) faults.push_back({name, message("“{}” is not a date. Write it like 25.10.2026.", shortened(clean_line(value), 60))});
  return day;
}

void read_place(http::Parameters const& query, campaign::Facts const& facts, Filter& filter, std::vector<Fault>& faults) {
  auto const value = query.get("place");
  if (value.empty()) return;
  if (auto const reach = reach_of(value); reach && *reach != Reach::place) {
    filter.reach = *reach;
    return;
  }
  auto const* place = facts.places->by_code(value);
  if (!place) {
    faults.push_back({"place", message("No place is called “{}”.", shortened(clean_line(value), 60))});
    return;
  }
  if (place->level == place::Level::country) return;
  filter.place = place->id;
  filter.region_only = place->level == place::Level::region && query.get("only") == only_region;
}

void read_only(http::Parameters const& query, std::vector<Fault>& faults) {
  auto const value = query.get("only");
  if (!value.empty() && value != only_region) faults.push_back({"only", message("“{}” is not known here.", shortened(clean_line(value), 60))});
}

}  // namespace

std::string_view code(Filter::Status status) {
  for (auto const& [entry, code] : statuses)
    if (entry == status) return code;
  return {};
}

Message name(Filter::Status status) {
  switch (status) {
    case Status::any: return message("All");
    case Status::planned: return message("Planned in all");
    case Status::held: return message("Held");
    case Status::cancelled: return message("Cancelled");
    case Status::moved: return message("Moved");
    case Status::unreported: return message("Not reported in time");
    case Status::upcoming: return message("Still to come");
    case Status::reported: return message("Reported");
    case Status::confirmed: return message("Confirmed");
    case Status::counted: return message("With a result");
    case Status::awaiting: return message("Held, without a report yet");
    case Status::overdue: return message("Held, not reported in time");
  }
  return {};
}

std::string_view code(Filter::Several several) {
  for (auto const& [entry, code] : severals)
    if (entry == several) return code;
  return {};
}

Message name(Filter::Several several) {
  switch (several) {
    case Several::none: return message("All");
    case Several::hosts: return message("With several hosts");
    case Several::topics: return message("With several topics");
    case Several::audiences: return message("For several audience groups");
  }
  return {};
}

Several several_of(std::string_view code) {
  for (auto const& [entry, name] : severals)
    if (name == code) return entry;
  return Several::none;
}

std::int64_t lines_beyond_one(Activity const& activity, Filter::Several several) {
  auto const beyond_one = [](auto const& list) { return list.empty() ? 0 : static_cast<std::int64_t>(list.size()) - 1; };
  switch (several) {
    case Several::none: return 0;
    case Several::hosts: return static_cast<std::int64_t>(activity.co_hosts.size());
    case Several::topics: return beyond_one(activity.topics);
    case Several::audiences: return beyond_one(activity.audiences);
  }
  return 0;
}

bool Filter::only_edition() const {
  Filter plain;
  plain.edition = edition;
  return *this == plain;
}

ReadFilter read_filter(http::Parameters const& query, campaign::Facts const& facts, EditionId edition) {
  ReadFilter read;
  auto& [filter, faults] = read;
  filter.edition = edition;
  read_place(query, facts, filter, faults);
  read_only(query, faults);
  read_code(query, "kind", facts, filter.kind, faults);
  read_other_than(query, facts, filter, faults);
  read_code(query, "topic", facts, filter.topic, faults);
  read_code(query, "audience", facts, filter.audience, faults);
  if (auto const slug = query.get("organisation"); !slug.empty()) {
    if (auto const found = facts.organisation_slugs.find(std::string(slug)); found != facts.organisation_slugs.end())
      filter.organisation = found->second;
    else faults.push_back({"organisation", message("No organisation has the address “{}”.", shortened(clean_line(slug), 60))});
  }
  read_several(query, filter, faults);
  if (auto const week = read_day(query, "week", faults)) filter.week = week->week_start();
  filter.from = read_day(query, "from", faults);
  filter.until = read_day(query, "until", faults);
  if (filter.from && filter.until && *filter.until < *filter.from)
    faults.push_back({"until", message("The end of the period is before its beginning.")});
  if (auto const status = query.get("status"); !status.empty()) {
    for (auto const& [entry, code] : statuses)
      if (code == status) filter.status = entry;
    if (filter.status == Status::any) faults.push_back({"status", message("“{}” is not known here.", shortened(clean_line(status), 60))});
  }
  filter.text = clean_line(query.get("q"));
  if (length(filter.text) > longest_search) {
    filter.text.clear();
    faults.push_back({"q", message("Search for at most {} characters.", static_cast<std::int64_t>(longest_search))});
  }
  return read;
}

namespace {

/// Calls `take` with each name and value of a filter's address, in their order.
template <class Take>
void each_part(Filter const& filter, campaign::Facts const& facts, EditionId current, Take&& take) {
  if (filter.edition != current)
    if (auto const* edition = facts.edition(filter.edition)) take("edition", edition->slug);
  if (filter.reach) take("place", code(*filter.reach));
  else if (filter.place)
    if (auto const* place = facts.places->find(*filter.place)) take("place", place->code);
  if (filter.region_only) take("only", only_region);
  if (!filter.kind.empty()) take("kind", filter.kind);
  if (!filter.other_than.empty()) take("other_than", joined(filter.other_than, ","));
  if (!filter.topic.empty()) take("topic", filter.topic);
  if (!filter.audience.empty()) take("audience", filter.audience);
  if (filter.organisation)
    if (auto const* organisation = facts.organisation(*filter.organisation)) take("organisation", organisation->slug);
  if (filter.several != Several::none) take("several", code(filter.several));
  if (filter.week) take("week", filter.week->iso());
  if (filter.from) take("from", filter.from->iso());
  if (filter.until) take("until", filter.until->iso());
  if (filter.status != Status::any) take("status", code(filter.status));
  if (!filter.text.empty()) take("q", filter.text);
}

}  // namespace

http::Parameters query_of(Filter const& filter, campaign::Facts const& facts, EditionId current) {
  http::Parameters query;
  each_part(filter, facts, current, [&](std::string_view name, std::string_view value) { query.set(name, value); });
  return query;
}

Url agenda_link(Say const& say, Filter const& filter, campaign::Facts const& facts, EditionId current) {
  // A page of figures has some hundred of these links.
  std::string address;
  address.reserve(96);
  address += say.path("/activities").text();
  auto const path = address.size();
  each_part(filter, facts, current, [&](std::string_view name, std::string_view value) {
    address += address.size() == path ? '?' : '&';
    address += name;
    address += '=';
    append_percent_encoded(address, value);
  });
  return own_path(std::move(address));
}

}  // namespace birge::activity
