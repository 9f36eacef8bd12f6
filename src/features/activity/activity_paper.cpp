#include <algorithm>

#include "features/activity/activity_filters_view.hpp"
#include "features/activity/activity_pages.hpp"
#include "features/activity/activity_view.hpp"
#include "features/site/qr.hpp"

/// What is hung up and handed round: the poster of one activity, the agenda sheet of a region.
namespace birge::activity {

namespace {

constexpr int sheet_rows = 1000;

std::string when_text(Say const& say, Activity const& activity) {
  auto text = view::day_text(say, activity.day, activity.end_day, activity.precision);
  if (activity.precision == Precision::day && activity.end_day == activity.day) text += ", " + std::string(say.weekday(activity.day));
  if (auto const time = view::hours(say, activity.start_minutes, activity.end_minutes); !time.empty()) text += ", " + time;
  return text;
}

Html help(Say const& say, campaign::Facts const& facts) {
  auto const hotline = std::ranges::find_if(facts.contacts, [](auto const& contact) { return contact.purpose == "hotline" && !contact.found_dead; });
  if (hotline == facts.contacts.end()) return {};
  // A number that nobody checked must not look checked, least of all on a wall.
  auto const check = hotline->checked ? say("checked on {}", *hotline->checked) : say("not checked since {}", hotline->source_day.substr(0, 4));
  return html("<p class=\"help\">{} <b>{}</b><br><small>{}</small></p>", say("Do you need help?"), hotline->number, check);
}

/// A sheet is of one campaign: the year stands in its title.
std::string day_of(Say const& say, Card const& card) {
  if (card.precision == Precision::day && card.end_day == card.day) return say.weekday_date(card.day);
  return view::day_text(say, card.day, card.end_day, card.precision);
}

Html sheet_row(Request const& request, campaign::Facts const& facts, Card const& card, Day today) {
  auto const& say = request.say;
  return html(
      "<tr><th scope=\"row\">{}</th><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}<br><span class=\"soft\">{}</span> {}</td><td data-label=\"{}\">{}{}</td><td data-label=\"{}\">{}</td></tr>",
      day_of(say, card), say("Time"), view::hours(say, card.start_minutes, card.end_minutes), say("What"),
      site::in_language(request, card.title, card.text_language), view::kind_name(say, facts, card.kind),
      view::tags(request, facts, view::standing(card), today, true), say("Where"),
      view::place_html(request, facts, card.reach, card.place, card.village),
      card.venue.empty() ? Html() : html("<br>{}", site::in_language(request, card.venue, card.text_language)), say("Who holds it"),
      view::organisation_html(request, facts, card.lead));
}

}  // namespace

Reply poster(Request& request) {
  auto const facts = site::facts(request);
  auto const& say = request.say;
  auto const id = parse_id_as<ActivityTag>(request.capture("id"));
  auto const found = id ? Store(request.read()).find(*id) : std::nullopt;
  if (!found || !view::listed(*found)) throw Problem(Failure::not_found, message("There is no activity at this address."));
  auto const& words = found->text(say.language());
  auto const language = found->text_language(say.language());
  auto const address = request.absolute(view::page_of(say, found->id));
  Html out;
  out.add("<article class=\"poster\"><p class=\"above\">{} {}</p><h1>{}</h1>", view::kind_icon(*facts, found->kind),
          view::kind_name(say, *facts, found->kind), site::in_language(request, words.title, language));
  if (found->state == State::cancelled) out.add("<p><span class=\"tag danger\">{} {}</span></p>", site::icon("cross"), say(name(found->state)));
  else if (found->moved())
    out.add("<p><span class=\"tag attention\">{} {}</span></p>", site::icon("moved"), view::moved_text(say, *facts, view::standing(*found)));
  out.add("<p class=\"when\">{}</p><p>{}</p>", when_text(say, *found), view::place_html(request, *facts, found->reach, found->place, found->village));
  if (!words.venue.empty()) out.add("<p>{}</p>", site::in_language(request, words.venue, language));
  if (!found->entry.empty()) out.add("<p>{}</p>", say(view::entry_name(found->entry)));
  out.add("<p class=\"soft\">{}</p>{}<div class=\"code\">{}</div><p class=\"soft\">{}</p></article>",
          view::organisation_html(request, *facts, found->lead), help(say, *facts),
          site::qr_code(address, say("The address of this activity as a QR code")), address);
  site::Head head;
  head.title = say("Poster: {}", words.title);
  head.active = "agenda";
  head.index = false;
  head.edition = facts->edition(found->edition);
  return site::page(request, head, out);
}

Reply sheet(Request& request) {
  auto const facts = site::facts(request);
  auto const& say = request.say;
  auto const& edition = site::chosen_edition(request, *facts);
  auto const today = facts->today(request.now);
  auto const [filter, faults] = read_filter(request.query, *facts, edition.id);
  Store store(request.read());
  auto cards = store.list(filter, *facts, say.language(), today, {}, sheet_rows + 1);
  bool const more = cards.size() > sheet_rows;
  if (more) cards.pop_back();
  auto const totals = store.totals(filter, *facts, today);
  auto const chosen = view::words_of(say, filter, *facts);

  Html out;
  out.add("<p class=\"above\">{}</p><h1>{}</h1>{}", edition.name(say.language()),
          chosen.empty() ? std::string(say("Agenda")) : say("Agenda: {}", chosen), view::filter_faults(request, faults));
  out.add("<p class=\"lead\">{}</p>", say.plural("{} activity", "{} activities", totals.planned));
  if (more)
    out.add("<div class=\"notice\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("info"),
            say("Only the first {} are on this sheet. Choose a region or a period.", sheet_rows));
  out.add(
      "<table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th></tr></thead><tbody>",
      say("Agenda"), say("Day"), say("Time"), say("What"), say("Where"), say("Who holds it"));
  for (auto const& card : cards) out += sheet_row(request, *facts, card, today);
  out.add("</tbody></table>");
  if (totals.hidden > 0)
    out.add("<p class=\"soft\">{}</p>",
            say.plural("And {} activity that only the coalition sees listed (legal consultations, outreach).",
                       "And {} activities that only the coalition sees listed (legal consultations, outreach).", totals.hidden));
  out.add("<p class=\"soft\">{}</p>", say("As of {}.", say.moment(request.now, facts->time_zone)));
  site::Head head;
  head.title = chosen.empty() ? std::string(say("Agenda")) : say("Agenda: {}", chosen);
  head.active = "agenda";
  head.edition = &edition;
  head.index = false;
  return site::page(request, head, out);
}

}  // namespace birge::activity
