#include <algorithm>
#include <array>

#include "features/account/joining.hpp"
#include "features/account/login.hpp"
#include "features/account/role_holders.hpp"
#include "features/insight/insight.hpp"
#include "features/insight/insight_closing.hpp"
#include "features/overview/overview_pages.hpp"
#include "features/overview/overview_view.hpp"
#include "platform/base/text.hpp"

namespace birge::overview {

namespace {

using namespace view;
using coalition::Organisation;
using Status = activity::Filter::Status;

constexpr auto kinds =
    std::to_array<std::string_view>({"state_body", "local_authority", "civil_society", "youth", "international", "donor", "media", "other"});
constexpr std::size_t page_length = 100;

/// What the address asks the list for.
struct Search {
  std::string text, kind, after;
};

Search read_search(Request const& request) {
  Search search{shortened(clean_line(request.query.get("q")), 100), std::string(request.query.get("kind")), std::string(request.query.get("after"))};
  if (std::ranges::find(kinds, search.kind) == kinds.end()) search.kind.clear();
  return search;
}

/// Every word of the search begins a word of one of its names.
bool fits(Organisation const& organisation, std::vector<std::string> const& wanted) {
  std::vector<std::string> known;
  for (auto const* names : {&organisation.names, &organisation.short_names})
    for (auto const& [language, name] : *names)
      for (auto& word : words(name)) known.push_back(std::move(word));
  return std::ranges::all_of(wanted,
                             [&](auto const& word) { return std::ranges::any_of(known, [&](auto const& own) { return own.starts_with(word); }); });
}

std::vector<Organisation const*> find(Scene const& scene, Search const& search) {
  auto const wanted = words(search.text);
  std::vector<Organisation const*> found;
  for (auto const& [id, organisation] : scene.facts->organisations)
    if (scene.belongs(organisation) && (search.kind.empty() || organisation.kind == search.kind) && (wanted.empty() || fits(organisation, wanted)))
      found.push_back(&organisation);
  auto const language = scene.say.language();
  std::ranges::sort(found, [&](auto const* a, auto const* b) {
    auto const order = scene.say.compare(a->name(language), b->name(language));
    return order != 0 ? order < 0 : a->slug < b->slug;
  });
  return found;
}

Url list_address(Say const& say, Search const& search) {
  http::Parameters query;
  if (!search.text.empty()) query.set("q", search.text);
  if (!search.kind.empty()) query.set("kind", search.kind);
  if (!search.after.empty()) query.set("after", search.after);
  auto const encoded = query.encoded();
  auto const path = say.path("/organisations");
  return encoded.empty() ? path : own_path(std::string(path.text()) + "?" + encoded);
}

Html kind_filter(Scene const& scene, Search const& search) {
  auto const& say = scene.say;
  std::map<std::string_view, std::int64_t> counts;
  for (auto const& [id, organisation] : scene.facts->organisations)
    if (scene.belongs(organisation)) ++counts[organisation.kind];
  auto const address = [&](std::string_view kind) { return list_address(say, {search.text, std::string(kind), {}}); };
  Html chips =
      html("<li><a class=\"chip\" href=\"{}\" {}>{}</a></li>", address(""), BIRGE_WHEN(search.kind.empty(), "aria-current=\"true\""), say("All"));
  for (auto const kind : kinds)
    if (counts.contains(kind))
      chips.add("<li><a class=\"chip\" href=\"{}\" {}>{} <span class=\"count\">{}</span></a></li>", address(kind),
                BIRGE_WHEN(search.kind == kind, "aria-current=\"true\""), say(coalition::kind_name(kind)), say.number(counts[kind]));
  return html(
      "<nav class=\"filters\" aria-label=\"{}\"><details {}><summary>{} <span class=\"chosen\">{}</span></summary><ul class=\"chips\">{}</ul></details></nav>",
      say("Filters"), BIRGE_WHEN(!search.kind.empty(), "open"), say("Kind of organisation"),
      search.kind.empty() ? std::string(say("All")) : say(coalition::kind_name(search.kind)), chips);
}

Html search_form(Scene const& scene, Search const& search) {
  auto const& say = scene.say;
  Html kind;
  if (!search.kind.empty()) kind = html("<input type=\"hidden\" name=\"kind\" value=\"{}\">", search.kind);
  return html(
      "<form class=\"search\" role=\"search\" method=\"get\" action=\"{}\"><label class=\"heard\" for=\"q\">{}</label>"
      "<input type=\"search\" id=\"q\" name=\"q\" value=\"{}\" placeholder=\"{}\">{}<button class=\"button\">{} {}</button></form>",
      say.path("/organisations"), say("Search for an organisation"), search.text, say.in_context("of an organisation", "Name"), kind,
      site::icon("search"), say("Search"));
}

Html card(Scene const& scene, Organisation const& organisation, std::int64_t held) {
  auto const& say = scene.say;
  Html region;
  if (organisation.region) region = html("<span>{}</span>", place_name(scene, *organisation.region));
  Html activities;
  if (held > 0) activities = html("<p>{}</p>", say.plural("{} activity held in this edition", "{} activities held in this edition", held));
  return html("<li class=\"card\"><h2>{}</h2><p class=\"dots\"><span>{}</span>{}</p>{}</li>", organisation_link(scene, organisation.id),
              say(coalition::kind_name(organisation.kind)), region, activities);
}

std::map<std::int64_t, std::int64_t> held_by(Scene const& scene) {
  std::map<std::int64_t, std::int64_t> held;
  if (!scene.edition) return held;
  auto const figures = insight::figures(scene.request.read(), *scene.facts, scene.filter(), scene.today, insight::Late::none);
  for (auto const& line : figures.lines("organisation")) held[std::stoll(line.key)] = line[insight::Measure::held];
  return held;
}

Html list(Scene const& scene, Search const& search) {
  auto const& say = scene.say;
  if (std::ranges::none_of(scene.facts->organisations, [&](auto const& known) { return scene.belongs(known.second); }))
    return html("<section class=\"empty\"><h2>{}</h2><p>{}</p></section>", say("No organisation has been entered yet."),
                say("This list will show who takes part, as soon as the coordinator enters the organisations or their plans."));
  auto const found = find(scene, search);
  if (found.empty())
    return html("<section class=\"empty\"><h2>{}</h2><p>{}</p><p><a class=\"button\" href=\"{}\">{}</a></p></section>",
                say("No organisation is called like that"), say("Try one word of its name, in any spelling."), say.path("/organisations"),
                say("All organisations"));
  auto const held = held_by(scene);
  auto begin = std::ranges::find(found, search.after, [](auto const* organisation) { return organisation->slug; });
  begin = begin == found.end() ? found.begin() : std::next(begin);
  Html cards;
  std::string last;
  for (std::size_t shown = 0; begin != found.end() && shown < page_length; ++begin, ++shown) {
    auto const own = held.find((*begin)->id.value);
    cards += card(scene, **begin, own == held.end() ? 0 : own->second);
    last = (*begin)->slug;
  }
  Html next;
  if (begin != found.end()) next = site::next_page(say, list_address(say, {search.text, search.kind, last}));
  return html("<p class=\"soft\">{}</p><ul class=\"cards\">{}</ul>{}",
              say.plural("{} organisation", "{} organisations", static_cast<std::int64_t>(found.size())), cards, next);
}

/// What the organisation told of itself and agreed to publish.
Html told(Scene const& scene, Organisation const& organisation) {
  auto const& say = scene.say;
  account::Register known(scene.request.read());
  auto const profile = known.profile(organisation.id);
  if (!profile) return {};
  Html items;
  auto const item = [&](std::string_view icon, std::string_view label, Html const& value) {
    if (!value.empty()) items.add("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon(icon), label, value);
  };
  if (profile->show_regions) {
    Html regions;
    for (auto const region : known.regions(organisation.id)) regions.add("{}{}", regions.empty() ? "" : ", ", place_name(scene, region));
    item("globe", say("Active in"), regions);
  }
  if (profile->show_languages) {
    std::string spoken;
    for (auto const language : languages)
      if (profile->languages.find(code(language)) != std::string::npos)
        spoken += (spoken.empty() ? "" : ", ") + std::string(site::language_name(say, language));
    item("language", say("Languages"), html("{}", spoken));
  }
  if (profile->show_contacts) {
    if (auto const phone = account::login_of(profile->phone))
      item("phone", say("Phone"), html("<a href=\"{}\">{}</a>", url("tel:" + phone->text).value_or(Url()), account::shown(*phone)));
    if (!profile->email.empty())
      item("document", say("E-mail"), html("<a href=\"{}\">{}</a>", url("mailto:" + profile->email).value_or(Url()), profile->email));
    item("place", say.in_context("post", "Address"), html("{}", profile->address));
  }
  if (profile->standing == "left" && profile->until)
    if (auto const day = Day::parse(*profile->until)) item("info", say("Left the coalition"), html("{}", say.date(*day)));
  return items;
}

/// Whom to speak to there: for those who may see names, never for everybody.
Html focal_points(Scene const& scene, Organisation const& organisation) {
  auto const* person = account::maybe_person(scene.request);
  if (!person || !account::may(*person, account::Permission::see_names, {organisation.region, {organisation.id}, {}})) return {};
  auto& read = scene.request.read();
  Html names;
  for (auto const& [id, name] : account::names_of(read, account::holders_of(read, account::Role::focal_point, organisation.id)))
    names.add("{}{}", names.empty() ? "" : ", ", name);
  auto const nobody = names.empty() ? html("{}", scene.say("nobody yet")) : Html();
  return html("<div>{}<dt>{}</dt><dd>{}{}</dd></div>", site::icon("people"), scene.say("Focal point"), names, nobody);
}

Html facts_of(Scene const& scene, Organisation const& organisation) {
  auto const& say = scene.say;
  Html items = html("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon("organisation"), say("Kind of organisation"),
                    say(coalition::kind_name(organisation.kind)));
  if (organisation.region) {
    auto const* place = scene.facts->places->find(*organisation.region);
    items.add("<div>{}<dt>{}</dt><dd><a href=\"{}\">{}</a></dd></div>", site::icon("place"), say("Region"),
              say.path("/regions/{}", place ? place->code : std::string()), place_name(scene, *organisation.region));
  }
  if (auto const address = url(organisation.website); address && !organisation.website.empty())
    items.add("<div>{}<dt>{}</dt><dd><a href=\"{}\">{}</a></dd></div>", site::icon("globe"), say("Website"), *address, organisation.website);
  items += told(scene, organisation);
  items += focal_points(scene, organisation);
  return html("<dl class=\"facts\">{}</dl>", items);
}

/// For those who look after it.
Html edit_link(Scene const& scene, Organisation const& organisation) {
  auto const* person = account::maybe_person(scene.request);
  if (!person || !account::may(*person, account::Permission::manage_organisations, {organisation.region, {organisation.id}, {}})) return {};
  return html("<p class=\"screen\"><a class=\"button second\" href=\"{}\">{}</a></p>", scene.say.path("/organisations/{}/edit", organisation.slug),
              scene.say("Change what is known of it"));
}

Message role_name(std::string_view role) {
  if (role == "lead") return message("led this edition");
  if (role == "donor") return message("paid for this edition");
  return message("partner of this edition");
}

Html roles(Scene const& scene, Organisation const& organisation) {
  auto const& say = scene.say;
  Html items;
  for (auto const& edition : scene.facts->editions)
    for (auto const& participant : campaign::Store(scene.request.read()).participants(edition.id))
      if (participant.organisation == organisation.id)
        items.add("<li><a href=\"{}\">{}</a>: {}</li>", say.path("/editions/{}", edition.slug), edition.name(say.language()),
                  say(role_name(participant.role)));
  return items.empty() ? Html{} : html("<section><h2>{}</h2><ul>{}</ul></section>", say("Its part in the campaign"), items);
}

Html activities(Scene const& scene, activity::Filter const& filter) {
  auto const& say = scene.say;
  auto const totals = insight::totals(scene.request.read(), *scene.facts, filter, scene.today);
  if (totals.planned == 0)
    return html("<section><h2>{}</h2><p class=\"soft\">{}</p></section>", say("Activities"), say("It has no activity of its own in this edition."));
  return html("<section><h2>{}</h2>{}</section><section><h2>{}</h2>{}</section><section><h2>{}</h2>{}</section>{}", say("What has it achieved?"),
              numbers(scene, filter, totals), say("What comes next?"),
              next_activities(scene, filter, 5, say("Nothing more is planned by it in this edition.")), say("What did it do last?"),
              latest_activities(scene, filter, 5), feed_links(scene, filter));
}

}  // namespace

Reply organisations(Request& request) {
  auto const scene = view::scene(request);
  auto const& say = scene.say;
  auto const search = read_search(request);
  site::Head head;
  head.title = say("Organisations");
  head.description = say("Who takes part in the campaign against trafficking in persons.");
  head.active = "organisations";
  head.canonical = list_address(say, search);
  head.edition = scene.edition;
  return site::page(request, head,
                    html("<h1>{}</h1>{}{}{}", say("Who takes part?"), search_form(scene, search), kind_filter(scene, search), list(scene, search)));
}

Reply organisation(Request& request) {
  auto scene = view::scene(request);
  auto const& say = scene.say;
  auto const slug = std::string(request.capture("slug"));
  auto const known = scene.facts->organisation_slugs.find(slug);
  auto const* organisation = known == scene.facts->organisation_slugs.end() ? nullptr : scene.facts->organisation(known->second);
  if (!organisation) throw Problem(Failure::not_found, message("No organisation has the address “{}”.", shortened(clean_line(slug), 60)));
  if (!scene.belongs(*organisation)) {
    // A real organisation while a sample is on, or the other way round: the latest edition it can have taken part in.
    auto const& editions = scene.facts->editions;
    auto const found = std::ranges::find(editions, organisation->sample, &campaign::Edition::sample);
    scene.edition = found == editions.end() ? nullptr : &*found;
  }
  auto const language = say.language();
  auto filter = scene.filter();
  filter.organisation = organisation->id;

  site::Head head;
  head.title = organisation->name(language);
  head.description = say("{}: its activities and what they reached.", organisation->name(language));
  head.active = "organisations";
  head.canonical = say.path("/organisations/{}", organisation->slug);
  head.edition = scene.edition;
  if (scene.edition) head.feeds = view::feeds(scene, filter, head.title);

  auto const about = organisation->about.find(std::string(say.code()));
  Html text;
  if (about != organisation->about.end() && !about->second.empty()) text = html("<p class=\"lead\" id=\"about\">{}</p>", about->second);
  return site::page(request, head,
                    html("{}<h1>{}</h1>{}{}{}{}",
                         crumbs(say, {{say.path("/organisations"), std::string(say("Organisations"))}}, organisation->short_name(language)),
                         site::in_language(request, organisation->name(language), organisation->name_language(language)), text,
                         html("{}{}", facts_of(scene, *organisation), edit_link(scene, *organisation)),
                         scene.edition ? activities(scene, filter) : Html{}, roles(scene, *organisation)));
}

}  // namespace birge::overview
