#include "features/overview/overview_view.hpp"

#include "features/activity/activity_pages.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/insight/insight_closing.hpp"
#include "features/insight/insight_stated.hpp"

namespace birge::overview::view {

using activity::Filter;
using Status = Filter::Status;

Filter Scene::filter() const {
  Filter filter;
  filter.edition = current();
  return filter;
}

Scene scene(Request& request) {
  auto facts = site::facts(request);
  auto const* edition = facts->current(request.now);
  auto const today = facts->today(request.now);
  return {request, request.say, std::move(facts), edition, today};
}

Html crumbs(Say const& say, std::initializer_list<std::pair<Url, std::string>> way, std::string_view here) {
  Html items;
  for (auto const& [address, name] : way) items.add("<li><a href=\"{}\">{}</a></li>", address, name);
  return html("<nav class=\"crumbs\" aria-label=\"{}\"><ol>{}<li aria-current=\"page\">{}</li></ol></nav>", say("Where you are"), items, here);
}

Html opening(Url const& link, std::string_view value) {
  if (value == "0") return html("{}", value);  // nothing is behind it
  return html("<a href=\"{}\">{}</a>", link, value);
}

Html number(Url const& link, std::string_view value, std::string_view name, Html const& note) {
  Html const small = note.empty() ? Html{} : html("<small>{}</small>", note);
  return html("<li><div class=\"number\"><b>{}</b><span>{}</span>{}</div></li>", opening(link, value), name, small);
}

namespace {

/// Whether it began before and stands among what is on.
bool lasts(activity::Card const& card, Day today) {
  return card.precision == activity::Precision::day && card.end_day > card.day && card.end_day >= today;
}

std::string range(Say const& say, activity::Count count) { return say.range(count.low, count.high); }

Url list(Scene const& scene, Filter filter, Status status) {
  filter.status = status;
  return activity::agenda_link(scene.say, filter, *scene.facts, scene.current());
}

/// What a number opens: the figures of a closed edition stand still, and so does the list behind them.
Url opened(Scene const& scene, Filter filter, Status status) {
  filter.status = status;
  return insight::list_link(scene.say, filter, *scene.facts, scene.current(), campaign::closed(scene.request.read(), filter.edition).has_value());
}

}  // namespace

Html numbers(Scene const& scene, Filter const& filter, activity::Totals const& totals) {
  auto const& say = scene.say;
  auto attendance = totals.reported_attendance;
  attendance += totals.confirmed_attendance;
  auto const held =
      number(opened(scene, filter, Status::held), say.number(totals.held), say.plural("activity held", "activities held", totals.held), {});
  auto const planned = number(opened(scene, filter, Status::any), say.number(totals.planned),
                              say.plural("activity planned in all", "activities planned in all", totals.planned), {});
  if (totals.reported == 0 && totals.confirmed == 0)
    return html("<ul class=\"numbers\">{}{}{}</ul>", held, insight::unknown_attendances_tile(say), totals.planned == totals.held ? Html() : planned);
  Html items =
      number(opened(scene, filter, Status::counted), range(say, attendance), say.plural("attendance", "attendances", attendance.high),
             say.markup("{} reported + {} confirmed", opening(opened(scene, filter, Status::reported), range(say, totals.reported_attendance)),
                        opening(opened(scene, filter, Status::confirmed), range(say, totals.confirmed_attendance))));
  items += held;
  items += planned;
  return html("<ul class=\"numbers\">{}</ul>", items);
}

Html next_activities(Scene const& scene, Filter filter, int limit, std::string_view when_none) {
  activity::Store store(scene.request.read());
  auto begun = filter;
  begun.from = begun.until = std::nullopt;
  auto cards = store.going_on(begun, *scene.facts, scene.say.language(), scene.today, limit / 2);
  filter.from = filter.from.value_or(scene.today);
  auto const next = store.list(filter, *scene.facts, scene.say.language(), scene.today, {}, limit - static_cast<int>(cards.size()));
  if (next.empty()) filter.from = filter.until = std::nullopt;  // what lasts is found among all
  cards.insert(cards.end(), next.begin(), next.end());
  if (cards.empty()) return html("<p class=\"soft\">{}</p>", when_none);
  Html out;
  activity::add_rows_by_day(out, scene.request, *scene.facts, cards);
  out.add("<p><a href=\"{}\">{}</a></p>", list(scene, filter, Status::any), scene.say("All of them in the list of activities"));
  return out;
}

Html latest_activities(Scene const& scene, Filter const& filter, int limit) {
  activity::Cursor const end{scene.today.iso(), {}};  // what is today stands among what comes
  auto cards = activity::Store(scene.request.read()).list_before(filter, *scene.facts, scene.say.language(), scene.today, end, limit);
  std::erase_if(cards, [&](activity::Card const& card) { return card.state != activity::State::cancelled && lasts(card, scene.today); });
  if (cards.empty()) return {};
  Html out;
  activity::add_rows_by_day(out, scene.request, *scene.facts, cards, activity::Days::latest_first);
  out.add("<p><a href=\"{}\">{}</a></p>", list(scene, filter, Status::any), scene.say("All of them in the list of activities"));
  return out;
}

Html feed_links(Scene const& scene, Filter const& filter) {
  auto const& say = scene.say;
  auto const address = [&](std::string_view ending) { return activity::agenda_feed_address(say, filter, *scene.facts, scene.current(), ending); };
  return html("<ul class=\"links\"><li><a href=\"{}\">{} {}</a></li><li><a href=\"{}\">{} {}</a></li><li><a href=\"{}\">{} {}</a></li></ul>",
              address("ics"), site::icon("calendar"), say("Add to your calendar"), address("atom"), site::icon("feed"), say("Feed of changes"),
              address("xlsx"), site::icon("download"), say("Download as a workbook"));
}

std::vector<site::Feed> feeds(Scene const& scene, Filter const& filter, std::string const& title) {
  auto const address = [&](std::string_view ending) {
    return activity::agenda_feed_address(scene.say, filter, *scene.facts, scene.current(), ending);
  };
  return {{"application/atom+xml", title, address("atom")}, {"text/calendar", title, address("ics")}};
}

Html organisation_link(Scene const& scene, coalition::OrganisationId id) {
  auto const* organisation = scene.facts->organisation(id);
  if (!organisation) return {};
  auto const language = scene.say.language();
  return html("<a href=\"{}\">{}</a>", scene.say.path("/organisations/{}", organisation->slug),
              site::in_language(scene.request, organisation->name(language), organisation->name_language(language)));
}

Html place_name(Scene const& scene, place::PlaceId id) {
  auto const& name = scene.facts->places->name(id, scene.say.language());
  return site::in_language(scene.request, name.text, name.language);
}

Html source_title(Request const& request, std::string_view title) { return site::in_language(request, title, campaign::title_language(title)); }

std::string dates(Say const& say, campaign::Edition const& edition) { return say.date_range(edition.campaign_from, edition.campaign_until); }

Message stage_name(campaign::Stage stage) {
  switch (stage) {
    case campaign::Stage::announced: return message("Announced");
    case campaign::Stage::preparation: return message("In preparation");
    case campaign::Stage::campaign: return message("Under way");
    case campaign::Stage::closing: return message("Results are coming in");
    case campaign::Stage::over: return message("Over");
  }
  return {};
}

Html contacts(Scene const& scene) {
  auto const& say = scene.say;
  Html cards;
  for (auto const& contact : scene.facts->contacts) {
    if (contact.found_dead) continue;
    auto const text = contact.texts.find(std::string(say.code()));
    auto const& words = text == contact.texts.end() ? contact.texts.begin()->second : text->second;
    auto const checked = contact.checked ? say("checked on {}", *contact.checked) : say("not checked since {}", contact.source_day.substr(0, 4));
    cards.add("<li class=\"card\"><h3><a href=\"{}\">{} {}</a></h3><p><b>{}</b></p><p>{}</p><p class=\"soft\">{}</p></li>",
              url("tel:" + contact.number).value_or(Url()), site::icon("phone"), contact.number, words.first, words.second, checked);
  }
  return html("<ul class=\"cards\">{}</ul>", cards);
}

}  // namespace birge::overview::view
