#include "features/campaign/campaign_editing.hpp"
#include "features/insight/insight_closing.hpp"
#include "features/insight/insight_pages.hpp"
#include "features/insight/insight_stated.hpp"
#include "features/overview/overview_pages.hpp"
#include "features/overview/overview_view.hpp"
#include "platform/base/text.hpp"

namespace birge::overview {

namespace {

using namespace view;
using campaign::Edition;

std::string with_edition(Scene const& scene, Url const& path, Edition const& edition) {
  return std::string(path.text()) + (edition.id == scene.current() ? std::string() : "?edition=" + percent_encoded(edition.slug));
}

Html card(Scene const& scene, Edition const& edition) {
  auto const& say = scene.say;
  auto const language = say.language();
  Html slogan;
  if (!edition.slogan(language).empty()) slogan = html("<p>{}</p>", edition.slogan(language));
  return html("<li class=\"card\"><h2><a href=\"{}\">{}</a></h2><p>{}</p>{}<p><span class=\"tag info\">{} {}</span>{}</p></li>",
              say.path("/editions/{}", edition.slug), edition.name(language), dates(say, edition), slogan, site::icon("calendar"),
              say(stage_name(edition.stage(scene.today))), site::sample_tag(say, edition));
}

/// An extension is a new version of the days: the old ones stay to be seen, with the reason of the change.
Html earlier_days(Scene const& scene, Edition const& edition) {
  if (edition.dates_version == 1) return {};
  auto const& say = scene.say;
  auto const all = campaign::Editing(scene.request.read()).dates(edition.id);
  Html items;
  for (std::size_t i = 0; i + 1 < all.size(); ++i)
    items.add("<li>{}</li>",
              say("Planned before: {}. Changed because: {}", say.date_range(all[i].campaign_from, all[i].campaign_until), all[i + 1].reason));
  return html("<ul class=\"plain soft\">{}</ul>", items);
}

Html timeline(Scene const& scene, Edition const& edition) {
  auto const& say = scene.say;
  Html items;
  auto const add = [&](Day day, std::string_view what) {
    items.add("<li {}><time datetime=\"{}\">{}</time> {}</li>", BIRGE_WHEN(day > scene.today, "class=\"ahead\""), day, say.date(day), what);
  };
  add(edition.preparation_from, say("Preparation begins"));
  add(edition.campaign_from, say("The campaign begins"));
  add(edition.campaign_until, say("Last day of the campaign"));
  if (edition.conference_day) add(*edition.conference_day, say("Closing conference"));
  if (!edition.conference_day || edition.closing_until > *edition.conference_day) add(edition.closing_until, say("Closing of the edition"));
  return html("<ol class=\"timeline\">{}</ol>{}", items, earlier_days(scene, edition));
}

Html participants(Scene const& scene, Edition const& edition) {
  auto const& say = scene.say;
  auto const all = campaign::Store(scene.request.read()).participants(edition.id);
  Html out;
  auto const list = [&](std::string_view role, std::string_view title) {
    Html items;
    for (auto const& participant : all)
      if (participant.role == role) items.add("<li>{}</li>", organisation_link(scene, participant.organisation));
    if (!items.empty()) out.add("<h2>{}</h2><ul class=\"columns\">{}</ul>", title, items);
  };
  list("lead", say("Led by"));
  list("partner", say("Partners"));
  list("donor", say("Paid for by"));
  return out;
}

Html stated(Scene const& scene, Edition const& edition) {
  auto const& say = scene.say;
  auto const figures = campaign::Store(scene.request.read()).stated_figures(edition.id);
  if (figures.empty()) return {};
  Html rows;
  for (auto const& figure : figures) {
    auto const address = url(figure.source_address);
    rows.add(
        "<tr><th scope=\"row\">{}</th><td class=\"n\" data-label=\"{}\">{}</td><td data-label=\"{}\">{} <span class=\"soft\">{}</span></td></tr>",
        say(insight::stated_name(figure.measure)), say("Number"), insight::stated_text(say, figure), say("Source"),
        address ? html("<a href=\"{}\">{}</a>", *address, source_title(scene.request, figure.source_title))
                : source_title(scene.request, figure.source_title),
        site::dated(say, figure.source_dated));
  }
  return html(
      "<section id=\"stated\"><h2>{}</h2>{}<p>{}</p><table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th>"
      "<th scope=\"col\">{}</th></tr></thead><tbody>{}</tbody></table></section>",
      say("What was published about it?"), insight::stated_tiles(say, figures),
      say("These stated figures were published without their parts. They are never added to what is counted here."), say("Stated figures"),
      say("What"), say("Number"), say("Source"), rows);
}

activity::Filter filter_of(Edition const& edition) {
  activity::Filter filter;
  filter.edition = edition.id;
  return filter;
}

Html counted(Scene const& scene, Edition const& edition, activity::Totals const& totals) {
  auto const& say = scene.say;
  auto const filter = filter_of(edition);
  if (totals.planned == 0) return html("<p class=\"soft\">{}</p>", say("No activity of this edition has been entered."));
  bool const closed = edition.stage(scene.today) == campaign::Stage::over || campaign::closed(scene.request.read(), edition.id);
  return html(
      "{}<div class=\"actions\"><a class=\"button\" href=\"{}\">{}</a> <a class=\"button second\" href=\"{}\">{}</a> <a class=\"button second\" href=\"{}\">{}</a></div>",
      numbers(scene, filter, totals), own_path(with_edition(scene, say.path("/figures"), edition)), say("Figures"),
      activity::agenda_link(say, filter, *scene.facts, scene.current()), say("List of activities"),
      own_path(std::string(say.path("/report").text()) + "?edition=" + percent_encoded(edition.slug)),
      closed ? say("Closing report") : say("Interim report"));
}

/// What is counted and what was published: that first of which more is known.
Html figures(Scene const& scene, Edition const& edition) {
  auto const totals = insight::totals(scene.request.read(), *scene.facts, filter_of(edition), scene.today);
  auto const here = html("<section><h2>{}</h2>{}</section>", scene.say("What is counted here?"), counted(scene, edition, totals));
  auto const published = stated(scene, edition);
  return totals.reported == 0 && totals.confirmed == 0 ? html("{}{}", published, here) : html("{}{}", here, published);
}

}  // namespace

Reply editions(Request& request) {
  auto const scene = view::scene(request);
  auto const& say = scene.say;
  Html cards;
  for (auto const& edition : scene.facts->editions) cards += card(scene, edition);
  site::Head head;
  head.title = say("Editions");
  head.description = say("Every year of the campaign against trafficking in persons.");
  head.active = "editions";
  head.canonical = say.path("/editions");
  head.edition = scene.edition;
  auto const list = cards.empty() ? html("<p class=\"soft\">{}</p>", say("No edition of the campaign has been entered yet."))
                                  : html("<ul class=\"cards\">{}</ul>", cards);
  return site::page(request, head,
                    html("<h1>{}</h1>{}<p><a href=\"{}\">{}</a></p>", say("The campaign, edition by edition"), list, say.path("/figures/compare"),
                         say("Compare editions")));
}

Reply edition(Request& request) {
  auto const scene = view::scene(request);
  auto const& say = scene.say;
  auto const slug = request.capture("slug");
  auto const* edition = scene.facts->edition(slug);
  if (!edition) throw Problem(Failure::not_found, message("There is no edition “{}”.", shortened(clean_line(slug), 40)));
  auto const language = say.language();
  site::Head head;
  head.title = edition->name(language);
  head.description = edition->about(language);
  head.active = "editions";
  head.canonical = say.path("/editions/{}", edition->slug);
  head.edition = edition;
  Html slogan, about;
  if (!edition->slogan(language).empty()) slogan = html("<p class=\"slogan\">{}</p>", edition->slogan(language));
  if (!edition->about(language).empty()) about = html("<p class=\"lead\" id=\"about\">{}</p>", edition->about(language));
  return site::page(
      request, head,
      html(
          "{}<div class=\"hero\"><p class=\"above\">{}</p><h1>{}</h1>{}</div><div class=\"beside\"><div>{}{}{}<section>{}</section></div><aside><h2>{}</h2>{}</aside></div>",
          crumbs(say, {{say.path("/editions"), std::string(say("Editions"))}}, edition->name(language)), dates(say, *edition),
          edition->name(language), slogan, about, figures(scene, *edition), insight::targets_block(request, *edition), participants(scene, *edition),
          say("When"), timeline(scene, *edition)));
}

}  // namespace birge::overview
