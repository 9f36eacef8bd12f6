#include "features/activity/activity_filters_view.hpp"

#include <algorithm>
#include <array>

#include "features/activity/activity_view.hpp"

namespace birge::activity::view {

namespace {

constexpr std::array<std::string_view, 12> order{"edition",      "place", "only", "kind",  "topic",  "audience",
                                                 "organisation", "week",  "from", "until", "status", "q"};

constexpr std::size_t most_organisations = 40;  // the others are found from the page of organisations

std::size_t rank(std::string_view name) { return static_cast<std::size_t>(std::ranges::find(order, name) - order.begin()); }

struct Choice {
  Url address;
  std::string name, language;
  std::optional<std::int64_t> count;
  bool current = false;
};

Html choices(Request const& request, std::string_view label, std::string const& chosen, Url const& all, std::vector<Choice> const& list) {
  auto const& say = request.say;
  Html out;
  out.add("<details {}><summary>{}", BIRGE_WHEN(!chosen.empty(), "open"), label);
  if (!chosen.empty()) out.add(" <span class=\"chosen\">{}</span>", chosen);
  out.add("</summary><ul class=\"chips\"><li><a class=\"chip\" href=\"{}\" {}>{}</a></li>", all, BIRGE_WHEN(chosen.empty(), "aria-current=\"true\""),
          say.in_context("filter", "All"));
  for (auto const& choice : list) {
    out.add("<li><a class=\"chip\" href=\"{}\" {}>{}", choice.address, BIRGE_WHEN(choice.current, "aria-current=\"true\""),
            site::in_language(request, choice.name, choice.language));
    if (choice.count) out.add(" <span class=\"count\">{}</span>", say.number(*choice.count));
    out.add("</a></li>");
  }
  out.add("</ul></details>");
  return out;
}

/// Numbers beside the choices of one dimension: only where the tallies know what a choice would find.
class Numbers {
public:
  Numbers(Store& store, FilterView const& view) : store_(store), view_(view) {}

  std::map<std::string, std::int64_t> const* of(std::string const& dimension, Filter rest) {
    std::int64_t region = 0;
    if (rest.place) {
      auto const* place = view_.facts.places->find(*rest.place);
      if (!place || place->level != place::Level::region || rest.region_only) return nullptr;
      region = place->id.value;
      rest.place.reset();
    }
    if (!rest.only_edition()) return nullptr;
    auto& scope = scopes_.try_emplace(region).first->second;
    if (!scope) scope = store_.planned_by(view_.filter.edition, PlaceId{region});
    auto const found = scope->find(dimension);
    return found == scope->end() ? &none_ : &found->second;
  }

private:
  Store& store_;
  FilterView const& view_;
  std::map<std::int64_t, std::optional<Store::Planned>> scopes_;
  std::map<std::string, std::int64_t> const none_;
};

std::optional<std::int64_t> number(std::map<std::string, std::int64_t> const* numbers, std::string const& key) {
  if (!numbers) return std::nullopt;
  auto const found = numbers->find(key);
  return found == numbers->end() ? 0 : found->second;
}

/// A region or district the chosen place lies in, or the place itself.
place::Place const* chosen_region(FilterView const& view) { return view.filter.place ? view.facts.places->region_of(*view.filter.place) : nullptr; }

Html by_region(Request const& request, FilterView const& view, Numbers& numbers, Url const& path, http::Parameters const& query) {
  auto const& say = request.say;
  auto rest = view.filter;
  rest.place.reset();
  rest.reach.reset();
  rest.region_only = false;
  auto const* counts = numbers.of("region", rest);
  Addresses const addresses(path, query, "place", {"only"});
  auto const* chosen = chosen_region(view);
  std::vector<Choice> list;
  for (auto const* region : view.facts.places->regions()) {
    auto const& name = view.facts.places->name(region->id, say.language());
    list.push_back(
        {addresses.with(region->code), name.short_text, name.language, number(counts, std::to_string(region->id.value)), region == chosen});
  }
  for (auto const reach : {Reach::several, Reach::national, Reach::online})
    list.push_back({addresses.with(code(reach)), say(name(reach)), {}, number(counts, std::string(code(reach))), view.filter.reach == reach});
  std::string text;
  if (chosen) text = view.facts.places->name(chosen->id, say.language()).short_text;
  if (view.filter.reach) text = say(name(*view.filter.reach));
  return choices(request, say("Region"), text, addresses.without(), list);
}

Html by_district(Request const& request, FilterView const& view, Numbers& numbers, Url const& path, http::Parameters const& query) {
  auto const& say = request.say;
  auto const* region = chosen_region(view);
  if (!region) return {};
  auto rest = view.filter;
  rest.place = region->id;
  rest.region_only = false;
  auto const* counts = numbers.of("district", rest);
  Addresses const addresses(path, query, "place", {"only"});
  auto const* district = view.facts.places->district_of(*view.filter.place);
  std::vector<Choice> list;
  std::string text;
  for (auto const* place : view.facts.places->children(region->id)) {
    auto const& name = view.facts.places->name(place->id, say.language());
    if (place == district) text = name.short_text;
    list.push_back({addresses.with(place->code), name.short_text, name.language, number(counts, std::to_string(place->id.value)), place == district});
  }
  // An activity dated to the region alone is in no district: a row of its own, as in the tables.
  Addresses const alone(path, query, "only");
  if (view.filter.region_only) text = say("No district said");
  if (!district)
    list.push_back({alone.with("region"),
                    std::string(say("No district said")),
                    {},
                    number(counts, "region " + std::to_string(region->id.value)),
                    view.filter.region_only});
  return choices(request, say("District"), text, addresses.with(region->code), list);
}

template <class Key>
Html by_code(Request const& request, FilterView const& view, Numbers& numbers, Url const& path, http::Parameters const& query, std::string_view label,
             char const* name, Key Filter::*member) {
  auto const& say = request.say;
  auto rest = view.filter;
  (rest.*member).clear();
  auto const* counts = numbers.of(name, rest);
  Addresses const addresses(path, query, name);
  std::vector<Choice> list;
  std::string text;
  for (auto const& code : view.facts.codes.list(name)) {
    auto const count = number(counts, code.code);
    bool const current = view.filter.*member == code.code;
    if (current) text = code.name(say.language());
    if (count == 0 && !current) continue;  // nothing there: no need to offer it
    list.push_back({addresses.with(code.code), code.name(say.language()), {}, count, current});
  }
  return choices(request, label, text, addresses.without(), list);
}

std::string week_text(Say const& say, Day week) { return say.date_range(week, week.plus(6)); }

Html by_week(Request const& request, FilterView const& view, Numbers& numbers, Url const& path, http::Parameters const& query) {
  auto const& say = request.say;
  auto rest = view.filter;
  rest.week.reset();
  rest.from.reset();
  rest.until.reset();
  auto const* counts = numbers.of("week", rest);
  Addresses const addresses(path, query, "week", {"from", "until"});
  auto const* edition = view.facts.edition(view.filter.edition);
  std::vector<Choice> list;
  std::vector<Day> weeks;
  if (counts) {
    for (auto const& [key, count] : *counts)
      if (auto const day = Day::parse(key)) weeks.push_back(*day);
  } else if (edition) {
    for (auto week = edition->campaign_from.week_start(); week <= edition->campaign_until; week = week.plus(7)) weeks.push_back(week);
  }
  for (auto const week : weeks)
    list.push_back({addresses.with(week.iso()), week_text(say, week), {}, number(counts, week.iso()), view.filter.week == week});
  return choices(request, say("Week"), view.filter.week ? week_text(say, *view.filter.week) : std::string(), addresses.without(), list);
}

Html by_status(Request const& request, FilterView const& view, Url const& path, http::Parameters const& query) {
  using Status = Filter::Status;
  auto const& say = request.say;
  Addresses const addresses(path, query, "status");
  std::vector<Choice> list;
  for (auto const status :
       {Status::upcoming, Status::held, Status::counted, Status::reported, Status::confirmed, Status::unreported, Status::moved, Status::cancelled})
    list.push_back({addresses.with(code(status)), say(name(status)), {}, std::nullopt, view.filter.status == status});
  auto const chosen = view.filter.status == Status::any ? std::string() : say(name(view.filter.status));
  return choices(request, say("Status"), chosen, addresses.without(), list);
}

Html by_organisation(Request const& request, FilterView const& view, Numbers& numbers, Url const& path, http::Parameters const& query) {
  auto const& say = request.say;
  auto rest = view.filter;
  rest.organisation.reset();
  auto const* counts = numbers.of("organisation", rest);
  auto const* chosen = view.filter.organisation ? view.facts.organisation(*view.filter.organisation) : nullptr;
  Addresses const addresses(path, query, "organisation");
  std::vector<std::pair<std::int64_t, coalition::Organisation const*>> most;
  if (counts)
    for (auto const& [key, count] : *counts)
      if (auto const* organisation = view.facts.organisation(OrganisationId{std::stoll(key)})) most.emplace_back(count, organisation);
  std::ranges::sort(most, [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : a.second->slug < b.second->slug; });
  if (most.size() > most_organisations) most.resize(most_organisations);
  std::vector<Choice> list;
  for (auto const& [count, organisation] : most)
    list.push_back({addresses.with(organisation->slug), organisation->short_name(say.language()),
                    std::string(organisation->name_language(say.language())), count, organisation == chosen});
  if (list.empty() && chosen)
    list.push_back(
        {addresses.with(chosen->slug), chosen->short_name(say.language()), std::string(chosen->name_language(say.language())), std::nullopt, true});
  if (list.empty()) return {};
  return choices(request, say("Organisation"), chosen ? chosen->short_name(say.language()) : std::string(), addresses.without(), list);
}

/// What a form sends along so that the rest of the filter stays.
Html hidden(http::Parameters const& query, std::vector<std::string_view> const& but) {
  Html out;
  for (auto const& [name, value] : query.list())
    if (std::ranges::find(but, name) == but.end()) out.add("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value);
  return out;
}

Html by_period(Request const& request, FilterView const& view, Url const& path, http::Parameters const& query) {
  auto const& say = request.say;
  auto const& [from, until] = std::pair(view.filter.from, view.filter.until);
  auto const chosen = from && until ? say.date_range(*from, *until) : from ? say("from {}", *from) : until ? say("until {}", *until) : std::string();
  Html out;
  out.add("<details {}><summary>{}", BIRGE_WHEN(!chosen.empty(), "open"), say("Period"));
  if (!chosen.empty()) out.add(" <span class=\"chosen\">{}</span>", chosen);
  out.add(
      "</summary><form method=\"get\" action=\"{}\">{}<div class=\"pair\"><div class=\"field short\"><label for=\"from\">{}</label>"
      "<input type=\"date\" id=\"from\" name=\"from\" value=\"{}\"></div><div class=\"field short\"><label for=\"until\">{}</label>"
      "<input type=\"date\" id=\"until\" name=\"until\" value=\"{}\"></div></div><p><button class=\"button second\">{}</button></p></form></details>",
      path, hidden(query, {"week", "from", "until"}), say("First day"), from ? from->iso() : "", say("Last day"), until ? until->iso() : "",
      say("Show this period"));
  return out;
}

}  // namespace

Addresses::Addresses(Url const& path, http::Parameters const& query, std::string_view name, std::vector<std::string_view> const& instead)
    : path_(path.text()), name_(name) {
  auto const append = [](std::string& text, std::string_view key, std::string_view value) {
    text += (text.empty() ? "" : "&") + percent_encoded(key) + "=" + percent_encoded(value);
  };
  for (auto const& [key, value] : query.list()) {
    if (key == name || std::ranges::find(instead, key) != instead.end()) continue;
    append(rank(key) < rank(name) ? before_ : behind_, key, value);
  }
}

Url Addresses::with(std::string_view value) const {
  auto text = path_ + "?" + before_;
  if (!before_.empty()) text += "&";
  text += name_ + "=" + percent_encoded(value);
  if (!behind_.empty()) text += "&" + behind_;
  return own_path(std::move(text));
}

Url Addresses::without() const {
  if (before_.empty() && behind_.empty()) return own_path(path_);
  return own_path(path_ + "?" + before_ + (before_.empty() || behind_.empty() ? "" : "&") + behind_);
}

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
  if (!filter.topic.empty())
    list.push_back({"topic", {}, filter.topic == not_said ? std::string(say("Topic not said")) : facts.codes.name("topic", filter.topic, language)});
  if (!filter.audience.empty())
    list.push_back(
        {"audience",
         {},
         filter.audience == not_said ? std::string(say("Audience group not said")) : facts.codes.name("audience", filter.audience, language)});
  if (filter.organisation)
    if (auto const* organisation = facts.organisation(*filter.organisation)) list.push_back({"organisation", {}, organisation->short_name(language)});
  if (filter.week) list.push_back({"week", {}, week_text(say, *filter.week)});
  if (filter.from) list.push_back({"from", {}, say("from {}", *filter.from)});
  if (filter.until) list.push_back({"until", {}, say("until {}", *filter.until)});
  if (filter.status != Filter::Status::any) list.push_back({"status", {}, say(name(filter.status))});
  if (!filter.text.empty()) list.push_back({"q", {}, say("“{}”", filter.text)});
  return list;
}

}  // namespace

std::string words_of(Say const& say, Filter const& filter, campaign::Facts const& facts) {
  std::string text;
  for (auto const& entry : chosen(say, filter, facts)) text += (text.empty() ? "" : ", ") + entry.text;
  return text;
}

Html chosen_filters(Request const& request, FilterView const& view) {
  auto const list = chosen(request.say, view.filter, view.facts);
  if (list.empty()) return {};
  auto const path = request.say.path("/activities");
  auto const query = query_of(view.filter, view.facts, view.current);
  Html out;
  out.add("<ul class=\"chips\" aria-label=\"{}\">", request.say("Chosen filters"));
  for (auto const& entry : list)
    out.add("<li><a class=\"chip on\" href=\"{}\">{} {}<span class=\"heard\">({})</span></a></li>",
            Addresses(path, query, entry.name, entry.instead).without(), entry.text, site::icon("cross"), request.say("remove"));
  out.add("</ul>");
  return out;
}

Html filters(Request& request, FilterView const& view) {
  auto const& say = request.say;
  auto const path = say.path("/activities");
  auto const query = query_of(view.filter, view.facts, view.current);
  Store store(request.read());
  Numbers numbers(store, view);
  Html out;
  out.add(
      "<form class=\"search\" role=\"search\" method=\"get\" action=\"{}\">{}<label class=\"heard\" for=\"q\">{}</label>"
      "<input type=\"search\" id=\"q\" name=\"q\" value=\"{}\" maxlength=\"200\"><button class=\"button\">{} {}</button></form>",
      path, hidden(query, {"q"}), say("Search activities"), view.filter.text, site::icon("search"), say("Search"));
  out += chosen_filters(request, view);
  out.add("<nav class=\"filters\" aria-label=\"{}\"><details><summary>{} {}</summary>", say("Filters"), site::icon("filter"), say("Filters"));
  out += by_region(request, view, numbers, path, query);
  out += by_district(request, view, numbers, path, query);
  out += by_week(request, view, numbers, path, query);
  out += by_period(request, view, path, query);
  out += by_code(request, view, numbers, path, query, say("Kind of activity"), "kind", &Filter::kind);
  out += by_code(request, view, numbers, path, query, say("Topic"), "topic", &Filter::topic);
  out += by_code(request, view, numbers, path, query, say("For whom"), "audience", &Filter::audience);
  out += by_organisation(request, view, numbers, path, query);
  out += by_status(request, view, path, query);
  out.add("</details></nav>");
  return out;
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
