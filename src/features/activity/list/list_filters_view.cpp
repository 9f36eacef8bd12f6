#include "features/activity/list/list_filters_view.hpp"

#include <algorithm>
#include <array>

#include "features/activity/activity_view.hpp"
#include "platform/base/number.hpp"

namespace birge::activity::view {

namespace {

constexpr std::array<std::string_view, 14> order{"edition",      "place",   "only", "kind", "other_than", "topic",  "audience",
                                                 "organisation", "several", "week", "from", "until",      "status", "q"};

constexpr std::size_t most_organisations = 15;  // the others are found from the page of organisations

std::size_t rank(std::string_view name) { return static_cast<std::size_t>(std::ranges::find(order, name) - order.begin()); }

/// What the filters are drawn from, and what they are drawn into.
struct Drawing {
  Request const& request;
  FilterView const& view;
  Numbers& numbers;
  Html& out;
};

/// The choices of one filter, written as they come: behind their name, and after the one that takes the choice away.
class Choices {
public:
  Choices(Drawing const& drawing, std::string_view label, std::string_view chosen, Url const& all) : say_(drawing.request.say), out_(drawing.out) {
    out_.add("<details {}><summary>{}", BIRGE_WHEN(!chosen.empty(), "open"), label);
    if (!chosen.empty()) out_.add(" <span class=\"chosen\">{}</span>", chosen);
    out_.add("</summary><ul class=\"chips\"><li><a href=\"{}\"{}>{}</a></li>", all, BIRGE_WHEN(chosen.empty(), " aria-current=\"true\""),
             say_.in_context("filter", "All"));
  }

  void add(UrlPattern::Filled const& address, std::string_view name, std::string_view language, std::optional<std::int64_t> count, bool current) {
    auto const here = BIRGE_WHEN(current, " aria-current=\"true\"");
    if (!language.empty() && language != say_.code()) {
      out_.add("<li><a href=\"{}\"{}><span lang=\"{}\">{}</span>", address, here, language, name);
      if (count) out_.add(" <small>{}</small>", say_.number(*count));
      out_.add("</a></li>");
    } else if (count) {
      out_.add("<li><a href=\"{}\"{}>{} <small>{}</small></a></li>", address, here, name, say_.number(*count));
    } else {
      out_.add("<li><a href=\"{}\"{}>{}</a></li>", address, here, name);
    }
  }

  void add_link(Url const& address, std::string_view name) { out_.add("<li><a href=\"{}\">{}</a></li>", address, name); }

  void close() { out_.add("</ul></details>"); }

private:
  Say const& say_;
  Html& out_;
};

/// A region or district the chosen place lies in, or the place itself.
place::Place const* chosen_region(FilterView const& view) { return view.filter.place ? view.facts.places->region_of(*view.filter.place) : nullptr; }

void by_region(Drawing const& drawing) {
  auto const& [request, view, numbers, out] = drawing;
  auto const& say = request.say;
  auto rest = view.filter;
  rest.place.reset();
  rest.reach.reset();
  rest.region_only = false;
  auto const counts = numbers.of("region", rest);
  Addresses const addresses(say, view, "place", {"only"});
  auto const* chosen = chosen_region(view);
  std::string text;
  if (chosen) text = view.facts.places->name(chosen->id, say.language()).short_text;
  else if (view.filter.reach) text = say(activity::name(*view.filter.reach));
  Choices list(drawing, say("Region"), text, addresses.without());
  for (auto const* region : view.facts.places->regions()) {
    auto const& name = view.facts.places->name(region->id, say.language());
    auto const count = number(counts, std::to_string(region->id.value));
    if (count == 0 && region != chosen && !region->valid_on(view.today)) continue;  // a place of another time is found by what is stored there
    list.add(addresses.with(region->code), name.short_text, name.language, count, region == chosen);
  }
  for (auto const reach : {Reach::several, Reach::national, Reach::online}) {
    auto const name = say(activity::name(reach));
    list.add(addresses.with(code(reach)), name, {}, number(counts, code(reach)), view.filter.reach == reach);
  }
  list.close();
}

void by_district(Drawing const& drawing) {
  auto const& [request, view, numbers, out] = drawing;
  auto const& say = request.say;
  auto const* region = chosen_region(view);
  if (!region) return;
  auto rest = view.filter;
  rest.place = region->id;
  rest.region_only = false;
  auto const counts = numbers.of("district", rest);
  Addresses const addresses(say, view, "place", {"only"});
  auto const* district = view.facts.places->district_of(*view.filter.place);
  std::string text;
  if (view.filter.region_only) text = say("No district said");
  else if (district) text = view.facts.places->name(district->id, say.language()).short_text;
  Choices list(drawing, say("District"), text, addresses.with(region->code));
  for (auto const* place : view.facts.places->children(region->id)) {
    auto const& name = view.facts.places->name(place->id, say.language());
    auto const count = number(counts, std::to_string(place->id.value));
    if (count == 0 && place != district && !place->valid_on(view.today)) continue;
    list.add(addresses.with(place->code), name.short_text, name.language, count, place == district);
  }
  // An activity dated to the region alone is in no district: a row of its own, as in the tables.
  Addresses const alone(say, view, "only");
  if (!district)
    list.add(alone.with("region"), say("No district said"), {}, number(counts, "region " + std::to_string(region->id.value)),
             view.filter.region_only);
  list.close();
}

template <class Key>
void by_code(Drawing const& drawing, std::string_view label, char const* name, Key Filter::*member) {
  auto const& [request, view, numbers, out] = drawing;
  auto const& say = request.say;
  auto rest = view.filter;
  (rest.*member).clear();
  auto const counts = numbers.of(name, rest);
  // One kind in the place of all but some.
  Addresses const addresses(say, view, name,
                            std::string_view(name) == "kind" ? std::vector<std::string_view>{"other_than"} : std::vector<std::string_view>());
  auto const* chosen = view.facts.codes.find(name, view.filter.*member);
  Choices list(drawing, label, chosen ? chosen->name(say.language()) : std::string(), addresses.without());
  for (auto const& code : view.facts.codes.list(name)) {
    auto const count = number(counts, code.code);
    bool const current = &code == chosen;
    if (count == 0 && !current) continue;  // nothing there: no need to offer it
    list.add(addresses.with(code.code), code.name(say.language()), {}, count, current);
  }
  list.close();
}

std::string week_text(Say const& say, Day week) { return say.date_range(week, week.plus(6)); }

void by_week(Drawing const& drawing) {
  auto const& view = drawing.view;
  auto const& say = drawing.request.say;
  auto rest = view.filter;
  rest.week.reset();
  rest.from.reset();
  rest.until.reset();
  auto const counts = drawing.numbers.of("week", rest);
  Addresses const addresses(say, view, "week", {"from", "until"});
  Choices list(drawing, say("Week"), view.filter.week ? week_text(say, *view.filter.week) : std::string(), addresses.without());
  auto const add = [&](Day week, std::string_view iso, std::optional<std::int64_t> count) {
    list.add(addresses.with(iso), week_text(say, week), {}, count, view.filter.week == week);
  };
  if (counts) {
    for (auto const& row : *counts)
      if (auto const day = Day::parse(row.key)) add(*day, row.key, row.planned());
  } else if (auto const* edition = view.facts.edition(view.filter.edition)) {
    for (auto week = edition->campaign_from.week_start(); week <= edition->campaign_until; week = week.plus(7)) add(week, week.iso(), std::nullopt);
  }
  list.close();
}

void by_status(Drawing const& drawing) {
  using Status = Filter::Status;
  auto const& [request, view, numbers, out] = drawing;
  auto const& say = request.say;
  Addresses const addresses(say, view, "status");
  auto const chosen = view.filter.status == Status::any ? std::string() : say(name(view.filter.status));
  Choices list(drawing, say("Status"), chosen, addresses.without());
  for (auto const status : {Status::upcoming, Status::held, Status::counted, Status::reported, Status::confirmed, Status::awaiting,
                            Status::unreported, Status::moved, Status::cancelled})
    list.add(addresses.with(code(status)), say(name(status)), {}, std::nullopt, view.filter.status == status);
  // Only a number of the figures leads there.
  if (view.filter.status == Status::overdue) list.add(addresses.with(code(Status::overdue)), say(name(Status::overdue)), {}, std::nullopt, true);
  list.close();
}

/// The organisations with most activities, those first.
std::vector<std::pair<std::int64_t, coalition::Organisation const*>> most_active(FilterView const& view, PlannedRows const& counts) {
  std::vector<std::pair<std::int64_t, coalition::Organisation const*>> most;
  if (!counts) return most;
  most.reserve(counts->size());
  for (auto const& row : *counts)
    if (auto const* organisation = view.facts.organisation(OrganisationId{whole_number<std::int64_t>(row.key).value_or(0)}))
      most.emplace_back(row.planned(), organisation);
  auto const before = [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : a.second->slug < b.second->slug; };
  auto const shown = std::min(most.size(), most_organisations);
  std::ranges::partial_sort(most, most.begin() + static_cast<std::ptrdiff_t>(shown), before);
  most.resize(shown);
  return most;
}

void by_organisation(Drawing const& drawing) {
  auto const& [request, view, numbers, out] = drawing;
  auto const& say = request.say;
  auto const language = say.language();
  auto rest = view.filter;
  rest.organisation.reset();
  auto const* chosen = view.filter.organisation ? view.facts.organisation(*view.filter.organisation) : nullptr;
  Addresses const addresses(say, view, "organisation");
  auto counts = numbers.of("organisation", rest);
  bool const counted = counts.has_value();
  if (!counted) {  // with other filters nobody has counted them: those of the edition, without numbers
    Filter whole;
    whole.edition = view.filter.edition;
    counts = numbers.of("organisation", whole);
  }
  auto const most = most_active(view, counts);
  if (most.empty() && !chosen) return;
  Choices list(drawing, say("Organisation"), chosen ? chosen->short_name(language) : std::string(), addresses.without());
  for (auto const& [count, organisation] : most)
    list.add(addresses.with(organisation->slug), organisation->short_name(language), organisation->name_language(language),
             counted ? std::optional(count) : std::nullopt, organisation == chosen);
  if (chosen && std::ranges::find(most, chosen, [](auto const& each) { return each.second; }) == most.end())
    list.add(addresses.with(chosen->slug), chosen->short_name(language), chosen->name_language(language), std::nullopt, true);
  if (counts && counts->size() > most.size()) list.add_link(say.path("/organisations"), say("All organisations"));
  list.close();
}

/// What a form sends along so that the rest of the filter stays.
Html hidden(http::Parameters const& query, std::vector<std::string_view> const& but) {
  Html out;
  for (auto const& [name, value] : query.list())
    if (std::ranges::find(but, name) == but.end()) out.add("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value);
  return out;
}

void by_period(Drawing const& drawing) {
  auto const& [request, view, numbers, out] = drawing;
  auto const& say = request.say;
  auto const path = say.path("/activities");
  auto const query = query_of(view.filter, view.facts, view.current);
  auto const& [from, until] = std::pair(view.filter.from, view.filter.until);
  auto const chosen = from && until ? say.date_range(*from, *until) : from ? say("from {}", *from) : until ? say("until {}", *until) : std::string();
  out.add("<details {}><summary>{}", BIRGE_WHEN(!chosen.empty(), "open"), say("Period"));
  if (!chosen.empty()) out.add(" <span class=\"chosen\">{}</span>", chosen);
  out.add(
      "</summary><form method=\"get\" action=\"{}\">{}<div class=\"pair\"><div class=\"field short\"><label for=\"from\">{}</label>"
      "<input type=\"date\" id=\"from\" name=\"from\" value=\"{}\"></div><div class=\"field short\"><label for=\"until\">{}</label>"
      "<input type=\"date\" id=\"until\" name=\"until\" value=\"{}\"></div></div><p><button class=\"button second\">{}</button></p></form></details>",
      path, hidden(query, {"week", "from", "until"}), say("First day"), from ? from->iso() : "", say("Last day"), until ? until->iso() : "",
      say("Show this period"));
}

}  // namespace

PlannedRows Numbers::of(std::string_view dimension, Filter rest) {
  std::int64_t region = 0;
  if (rest.place) {
    auto const* place = view_.facts.places->find(*rest.place);
    if (!place || place->level != place::Level::region || rest.region_only) return std::nullopt;
    region = place->id.value;
    rest.place.reset();
  }
  if (!rest.only_edition()) return std::nullopt;
  auto& scope = scopes_.try_emplace(region).first->second;
  if (!scope) scope = store_.planned_by(view_.filter.edition, PlaceId{region});
  return scope->at(dimension);
}

std::optional<std::int64_t> number(PlannedRows const& rows, std::string_view key) {
  if (!rows) return std::nullopt;
  auto const found = std::ranges::lower_bound(*rows, key, {}, &ScopeLine::key);
  return found == rows->end() || found->key != key ? 0 : found->planned();
}

Addresses::Ends Addresses::ends(FilterView const& view, std::string_view name, std::vector<std::string_view> const& instead) {
  Ends ends;
  auto const query = query_of(view.filter, view.facts, view.current);
  for (auto const& [key, value] : query.list()) {
    if (key == name || std::ranges::find(instead, key) != instead.end()) continue;
    auto& side = rank(key) < rank(name) ? ends.before : ends.behind;
    side += (side.empty() ? "" : "&") + percent_encoded(key) + "=" + percent_encoded(value);
  }
  return ends;
}

Addresses::Addresses(Say const& say, std::string_view name, Ends const& ends)
    : pattern_("?" + ends.before + (ends.before.empty() ? "" : "&") + std::string(name) + "=", (ends.behind.empty() ? "" : "&") + ends.behind) {
  auto const both = ends.before + (ends.before.empty() || ends.behind.empty() ? "" : "&") + ends.behind;
  without_ = both.empty() ? say.path("/activities") : own_path("?" + both);
}

Addresses::Addresses(Say const& say, FilterView const& view, std::string_view name, std::vector<std::string_view> const& instead)
    : Addresses(say, name, ends(view, name, instead)) {}

namespace {

struct Chosen {
  char const* name;  ///< of the address
  std::vector<std::string_view> instead;
  std::string text;
};

std::vector<Chosen> chosen(Say const& say, Filter const& filter, campaign::Facts const& facts) {
  std::vector<Chosen> list;
  auto const language = say.language();
  if (filter.place) list.push_back({"place", {"only"}, facts.places->name(*filter.place, language).short_text});
  if (filter.region_only) list.push_back({"only", {}, std::string(say("No district said"))});
  if (filter.reach) list.push_back({"place", {}, say(name(*filter.reach))});
  if (!filter.kind.empty()) list.push_back({"kind", {}, facts.codes.name("kind", filter.kind, language)});
  if (!filter.other_than.empty()) list.push_back({"other_than", {}, other_kinds(say, facts, filter.other_than)});
  if (!filter.topic.empty())
    list.push_back({"topic", {}, filter.topic == not_said ? std::string(say("Topic not said")) : facts.codes.name("topic", filter.topic, language)});
  if (!filter.audience.empty())
    list.push_back(
        {"audience",
         {},
         filter.audience == not_said ? std::string(say("Audience group not said")) : facts.codes.name("audience", filter.audience, language)});
  if (filter.organisation)
    if (auto const* organisation = facts.organisation(*filter.organisation)) list.push_back({"organisation", {}, organisation->short_name(language)});
  if (filter.several != Filter::Several::none) list.push_back({"several", {}, say(name(filter.several))});
  if (filter.week) list.push_back({"week", {}, week_text(say, *filter.week)});
  if (filter.from) list.push_back({"from", {}, say("from {}", *filter.from)});
  if (filter.until) list.push_back({"until", {}, say("until {}", *filter.until)});
  if (filter.status != Filter::Status::any) list.push_back({"status", {}, say(name(filter.status))});
  if (!filter.text.empty()) list.push_back({"q", {}, say("“{}”", filter.text)});
  return list;
}

}  // namespace

Html counted_again(Say const& say, Filter::Several several, Repeated const& repeated) {
  if (repeated.activities == 0) return {};
  auto numbers = say("activities {}", say.number(-repeated.activities));
  if (!repeated.attendance.zero()) numbers += "; " + say("attendances: {}", taken_off(say, repeated.attendance));
  if (!repeated.audience.zero()) numbers += "; " + say("broadcast audience: {}", taken_off(say, repeated.audience));
  auto const text =
      several == Filter::Several::hosts
          ? say("The figures by organisation count each of these under every host; what that counts more than once is taken off there: {}.", numbers)
      : several == Filter::Several::topics
          ? say("The figures by topic count each of these under every topic; what that counts more than once is taken off there: {}.", numbers)
          : say("The figures by audience group count each of these under every group; what that counts more than once is taken off there: {}.",
                numbers);
  return html("<p class=\"soft\">{}</p>", text);
}

std::string words_of(Say const& say, Filter const& filter, campaign::Facts const& facts) {
  std::string text;
  for (auto const& entry : chosen(say, filter, facts)) text += (text.empty() ? "" : ", ") + entry.text;
  return text;
}

Html chosen_filters(Request const& request, FilterView const& view) {
  auto const list = chosen(request.say, view.filter, view.facts);
  if (list.empty()) return {};
  Html out;
  out.add("<ul class=\"chips\" aria-label=\"{}\">", request.say("Chosen filters"));
  for (auto const& entry : list)
    out.add("<li><a class=\"on\" href=\"{}\">{} {}<span class=\"heard\">({})</span></a></li>",
            Addresses(request.say, view, entry.name, entry.instead).without(), entry.text, site::icon("cross"), request.say("remove"));
  out.add("</ul>");
  return out;
}

void add_filters(Html& out, Request& request, FilterView const& view, Numbers& numbers) {
  auto const& say = request.say;
  auto const path = say.path("/activities");
  auto const query = query_of(view.filter, view.facts, view.current);
  out.add(
      "<form class=\"search\" role=\"search\" method=\"get\" action=\"{}\">{}<label class=\"heard\" for=\"q\">{}</label>"
      "<input type=\"search\" id=\"q\" name=\"q\" value=\"{}\" maxlength=\"200\" placeholder=\"{}\"><button class=\"button\">{} {}</button></form>",
      path, hidden(query, {"q"}), say("Search activities"), view.filter.text, say("Find an activity"), site::icon("search"), say("Search"));
  out += chosen_filters(request, view);
  out.add("<nav class=\"filters\" aria-label=\"{}\"><details><summary>{} {}</summary>", say("Filters"), site::icon("filter"), say("Filters"));
  Drawing const drawing{request, view, numbers, out};
  by_region(drawing);
  by_district(drawing);
  by_week(drawing);
  by_period(drawing);
  by_code(drawing, say("Kind of activity"), "kind", &Filter::kind);
  by_code(drawing, say("Topic"), "topic", &Filter::topic);
  by_code(drawing, say("For whom"), "audience", &Filter::audience);
  by_organisation(drawing);
  by_status(drawing);
  out.add("</details></nav>");
}

Html filter_faults(Request const& request, std::vector<Fault> const& faults) {
  if (faults.empty()) return {};
  auto const& say = request.say;
  Html out;
  out.add("<div class=\"notice attention\" role=\"alert\">{}<div>", site::icon("warning"));
  for (auto const& fault : faults) out.add("<p>{}</p>", say(fault.message));
  out.add("<p>{}</p></div></div>", say("This part of the address was left out; the list shows the rest."));
  return out;
}

}  // namespace birge::activity::view
