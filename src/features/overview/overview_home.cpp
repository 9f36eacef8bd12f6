#include <algorithm>

#include "features/campaign/campaign_editing.hpp"
#include "features/insight/insight.hpp"
#include "features/insight/insight_closing.hpp"
#include "features/insight/insight_stated.hpp"
#include "features/overview/overview_guide.hpp"
#include "features/overview/overview_pages.hpp"
#include "features/overview/overview_view.hpp"

namespace birge::overview {

namespace {

using namespace view;
using activity::Filter;
using campaign::Edition;
using campaign::Stage;

/// The region of ?place=, remembered in the address alone; nothing for a word that names no region.
std::optional<place::PlaceId> chosen_region(Scene const& scene) {
  auto const code = scene.request.query.get("place");
  auto const* place = code.empty() ? nullptr : scene.facts->places->by_code(code);
  auto const* region = place ? scene.facts->places->region_of(place->id) : nullptr;
  return region ? std::optional(region->id) : std::nullopt;
}

Html progress(Scene const& scene, int day) {
  auto const& say = scene.say;
  auto const days = scene.edition->days_in_campaign();
  return html("<div class=\"progress\"><p><b>{}</b> <span>{}</span></p><progress value=\"{}\" max=\"{}\">{} / {}</progress></div>",
              say("Day {}", day), say("of {}", days), day, days, day, days);
}

Html hero(Scene const& scene, Html const& more) {
  auto const& edition = *scene.edition;
  auto const language = scene.say.language();
  Html slogan;
  if (!edition.slogan(language).empty()) slogan = html("<p class=\"slogan\">{}</p>", edition.slogan(language));
  return html("<div class=\"hero\"><p class=\"above\">{}</p><h1>{}</h1>{}{}</div>", dates(scene.say, edition), edition.name(language), slogan, more);
}

/// Three big numbers that open.
Html three(Scene const& scene) {
  auto const& say = scene.say;
  auto const filter = scene.filter();
  auto const figures = insight::figures(scene.request.read(), *scene.facts, filter, scene.today, insight::Late::none);
  bool const closed = campaign::closed(scene.request.read(), filter.edition).has_value();
  auto const list = [&](Filter::Status status) {
    auto chosen = filter;
    chosen.status = status;
    return insight::list_link(say, chosen, *scene.facts, scene.current(), closed);
  };
  auto const range = [&](insight::Count count) { return say.range(count.low, count.high); };
  auto const districts = figures.counted(scene.facts->places->districts()).size();
  auto const held = say.number(figures.total[insight::Measure::held]);
  auto const held_name = say.plural("activity held", "activities held", figures.total[insight::Measure::held]);
  if (insight::only_documented(figures, *scene.edition, scene.today))
    return html("{}<ul class=\"numbers\">{}{}</ul>",
                insight::stated_tiles(say, campaign::Store(scene.request.read()).stated_figures(scene.edition->id)),
                number(list(Filter::Status::held), held, held_name, html("{}", say("on record in Birge"))), insight::unknown_attendances_tile(say));
  Html items = figures.total.without_result()
                   ? insight::unknown_attendances_tile(say)
                   : number(list(Filter::Status::counted), range(figures.total.attendance()),
                            say.plural("attendance", "attendances", figures.total.attendance().high),
                            say.markup("{} reported + {} confirmed", opening(list(Filter::Status::reported), range(figures.total.reported())),
                                       opening(list(Filter::Status::confirmed), range(figures.total.confirmed()))));
  items += number(list(Filter::Status::held), held, held_name,
                  say.markup("of {} planned", opening(list(Filter::Status::any), say.number(figures.total[insight::Measure::planned]))));
  auto const reached = static_cast<std::int64_t>(districts - figures.never_reached.size());
  items += number(say.path("/figures/districts"), say.number(reached), say.plural("district reached", "districts reached", reached),
                  html("{}", say("of {} in the country", districts)));
  return html("<ul class=\"numbers\">{}</ul>", items);
}

Html region_chips(Scene const& scene, std::optional<place::PlaceId> chosen) {
  auto const& say = scene.say;
  Html chips =
      html("<li><a class=\"chip\" href=\"{}\" {}>{}</a></li>", say.path("/"), BIRGE_WHEN(!chosen, "aria-current=\"true\""), say("The whole country"));
  for (auto const* region : scene.facts->places->regions())
    chips.add("<li><a class=\"chip\" href=\"{}\" {}>{}</a></li>",
              own_path(std::string(say.path("/").text()) + "?place=" + percent_encoded(region->code) + "#week"),
              BIRGE_WHEN(chosen == region->id, "aria-current=\"true\""),
              site::in_language(scene.request, scene.facts->places->name(region->id, say.language()).short_text,
                                scene.facts->places->name(region->id, say.language()).language));
  return html("<ul class=\"chips\" aria-label=\"{}\">{}</ul>", say("Choose your region"), chips);
}

Html this_week(Scene const& scene) {
  auto const& say = scene.say;
  auto const chosen = chosen_region(scene);
  auto filter = scene.filter();
  filter.place = chosen;
  filter.from = scene.today;
  filter.until = scene.today.plus(6);
  return html(
      "<section id=\"week\"><h2>{}</h2>{}{}</section>", say("What is on in the next seven days?"), region_chips(scene, chosen),
      next_activities(scene, filter, 6,
                      say("Nothing is planned here in the next seven days. Choose another region, or look at the whole list of activities.")));
}

Html leads(Scene const& scene, Edition const& edition) {
  Html items;
  for (auto const& participant : campaign::Store(scene.request.read()).participants(edition.id))
    if (participant.role == "lead") items.add("<li>{}</li>", organisation_link(scene, participant.organisation));
  return items.empty() ? Html{} : html("<ul>{}</ul>", items);
}

/// `whom`: whom to ask, and their list.
Html how_to_join(Say const& say, Html const& whom) {
  return html("<section class=\"text\"><h2>{}</h2>{}<ol><li>{}</li><li>{}</li><li>{}</li></ol></section>",
              say("How can your organisation take part?"), whom,
              say("Tell the leading organisation in your region what you would like to do, where and when."),
              say("Fill in the plan template that the coordinator sends you, and send it back."),
              say("Your activity then stands in the list here, and you report its result when it is over."));
}

Html how_to_join(Scene const& scene, Edition const& edition) {
  return how_to_join(scene.say,
                     html("<p>{}</p>{}", scene.say("The campaign is open to every organisation that wants to warn and to help. It is led by:"),
                          leads(scene, edition)));
}

/// The same where nobody leads yet: those who led the last edition know more, and whoever wants to join may do so on any day.
Html how_to_join_next(Scene const& scene) {
  auto const& say = scene.say;
  auto const led = leads(scene, *scene.edition);
  Html whom = html("<p>{}</p>", say("The campaign is open to every organisation that wants to warn and to help."));
  if (!led.empty()) whom.add("<p>{}</p>{}", say("Those who led the last campaign can tell you more:"), led);
  whom.add("<p><a href=\"{}\">{}</a></p>", say.path("/join"), say("Join the coalition"));
  return how_to_join(say, whom);
}

/// The way in for a village that wants the campaign to come.
Html invite(Scene const& scene) {
  auto const& say = scene.say;
  return html("<p><a class=\"door\" href=\"{}\"><b>{}</b><span>{}</span></a></p>", say.path("/invite"), say("Invite the campaign to your village"),
              say("Tell us where and when: we come, explain and answer questions."));
}

Html before(Scene const& scene) {
  auto const& say = scene.say;
  auto const days = days_between(scene.today, scene.edition->campaign_from);
  auto const countdown =
      html("<ul class=\"numbers\"><li><div class=\"number\"><b>{}</b><span>{}</span><small>{}</small></div></li></ul>", say.number(days),
           say.plural("day until the campaign begins", "days until the campaign begins", days), say.weekday_date(scene.edition->campaign_from));
  auto filter = scene.filter();
  return html("{}<section><h2>{}</h2>{}</section>{}{}{}{}{}", hero(scene, countdown), say("What is planned already?"),
              next_activities(scene, filter, 6, say("Nothing has been entered yet. Plans appear here as soon as the coordinator has them.")),
              invite(scene), how_to_join(scene, *scene.edition), what_it_is(scene), guide_door(scene), help(scene));
}

Html during(Scene const& scene) {
  auto const day = scene.edition->day_number(scene.today).value_or(1);
  return html("{}{}<div class=\"beside\"><div>{}{}</div><div>{}{}</div></div>{}", hero(scene, progress(scene, day)), three(scene), this_week(scene),
              invite(scene), what_it_is(scene), guide_door(scene), help(scene));
}

Html results(Scene const& scene) {
  auto const& say = scene.say;
  return html(
      "<div class=\"actions\"><a class=\"button\" href=\"{}\">{}</a> <a class=\"button second\" href=\"{}\">{}</a> <a class=\"button second\" href=\"{}\">{}</a></div>",
      own_path(std::string(say.path("/report").text()) + "?edition=" + percent_encoded(scene.edition->slug)), say("Closing report"),
      say.path("/figures"), say("Figures"), say.path("/activities"), say("List of activities"));
}

Html closing(Scene const& scene) {
  auto const& say = scene.say;
  Html conference;
  if (scene.edition->conference_day) conference = html("<p class=\"lead\">{}</p>", say("Closing conference: {}", *scene.edition->conference_day));
  return html("{}<section><h2>{}</h2>{}{}</section>{}{}{}",
              hero(scene, html("<p class=\"lead\">{}</p>{}", say("The campaign is over. Its last results are coming in."), conference)),
              say("What did we reach together?"), three(scene), results(scene), what_it_is(scene), guide_door(scene), help(scene));
}

/// The next edition that is announced; null where there is none.
Edition const* next_edition(Scene const& scene) {
  Edition const* next = nullptr;
  for (auto const& edition : scene.facts->editions)
    if (edition.preparation_from > scene.today && (!next || edition.campaign_from < next->campaign_from)) next = &edition;
  return next;
}

/// When the campaign comes again, how to take part and how to have it in one's own village.
Html what_comes_next(Scene const& scene) {
  auto const& say = scene.say;
  auto const* next = next_edition(scene);
  Html const when = next ? html("<p><a href=\"{}\">{}</a>{}: {}</p><p>{}</p>", say.path("/editions/{}", next->slug), next->name(say.language()),
                                site::sample_tag(say, *next), dates(say, *next), say("Preparations begin on {}.", next->preparation_from))
                         : html("<p>{}</p>", say("The dates of the next campaign have not been set yet."));
  bool const led = next && !leads(scene, *next).empty();
  return html("<section class=\"text\"><h2>{}</h2>{}</section>{}{}", say("What comes next?"), when,
              led ? how_to_join(scene, *next) : how_to_join_next(scene), invite(scene));
}

/// What was published about an edition whose activities are known only in part.
Html stated(Scene const& scene) {
  auto const& say = scene.say;
  if (campaign::Store(scene.request.read()).stated_figures(scene.edition->id).empty()) return {};
  return html("<p><a href=\"{}\">{}</a></p>", say.path("/editions/{}", scene.edition->slug), say("What was published about this edition"));
}

/// The guide in full, and the way to the page on which it can be passed on and printed.
Html guide_here(Scene const& scene) {
  auto const sections = guide_sections(scene);
  if (sections.empty()) return {};
  return html("{}<p><a href=\"{}\">{}</a></p>", sections, scene.say.path("/guide"),
              scene.say("Signs and advice on a page of their own, to pass on and to print"));
}

Html between(Scene const& scene) {
  auto const& say = scene.say;
  return html("{}{}{}{}{}<section><h2>{}</h2>{}{}{}</section>",
              hero(scene, html("<p class=\"lead\">{}</p>", say("This campaign is over. Help is there all year round."))), help(scene),
              what_it_is(scene), guide_here(scene), what_comes_next(scene), say("What did the last campaign reach?"), three(scene), stated(scene),
              results(scene));
}

Html nothing_yet(Scene const& scene) {
  auto const& say = scene.say;
  return html(
      "<section class=\"empty\"><svg class=\"shyrdak\" aria-hidden=\"true\" width=\"100%\" height=\"12\"><rect width=\"100%\" height=\"12\" "
      "fill=\"url(#horns)\"/></svg><h1>{}</h1><p>{}</p><ol><li>{} <code>birge init</code></li><li>{} <code>birge import activities plan.xlsx --edition 2026</code></li>"
      "<li>{} <code>birge init --sample</code></li></ol></section>",
      say("Here the campaign will stand"), say("Birge is running, but nothing has been entered yet. Whoever set it up can go on like this:"),
      say("Load the country pack, with places, code lists and editions:"), say("Bring in the spreadsheet with the plans:"),
      say("Or try it out with invented data:"));
}

Html main_part(Scene const& scene) {
  if (!scene.edition) return nothing_yet(scene);
  switch (scene.edition->stage(scene.today)) {
    case Stage::announced:
    case Stage::preparation: return before(scene);
    case Stage::campaign: return during(scene);
    case Stage::closing: return closing(scene);
    case Stage::over: return between(scene);
  }
  return {};
}

}  // namespace

Reply home(Request& request) {
  auto const scene = view::scene(request);
  auto const& say = scene.say;
  site::Head head;
  head.title = scene.edition ? scene.edition->name(say.language()) : std::string(say("Together against trafficking in persons"));
  head.description = say("What the campaign against trafficking in persons does, where and when, what it reached, and where help is.");
  head.active = "home";
  head.canonical = say.path("/");
  head.edition = scene.edition;
  if (scene.edition) head.feeds = view::feeds(scene, scene.filter(), head.title);
  return site::page(request, head, main_part(scene));
}

}  // namespace birge::overview
