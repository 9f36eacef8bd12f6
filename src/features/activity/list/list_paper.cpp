#include <algorithm>

#include "features/activity/activity_pages.hpp"
#include "features/activity/activity_view.hpp"
#include "features/activity/list/list_filters_view.hpp"
#include "features/site/qr.hpp"

/// What is hung up and handed round: the poster of one activity, the agenda sheet of a region.
namespace birge::activity {

namespace {

constexpr int sheet_rows = 1000;

Html when(Say const& say, Activity const& activity) {
  auto out = html("{}", view::day_text(say, activity.day, activity.end_day, activity.precision));
  if (activity.precision == Precision::day && activity.end_day == activity.day) out.add(", {}", say.weekday(activity.day));
  if (auto const time = view::hours(say, activity.start_minutes, activity.end_minutes); !time.empty())
    out.add(", <span class=\"keep\">{}</span>", time);
  return out;
}

/// A number that nobody checked must not look checked, least of all on a wall.
std::string check_of(Say const& say, campaign::Contact const& contact) {
  return contact.checked ? say("checked on {}", *contact.checked) : say("not checked since {}", contact.source_day.substr(0, 4));
}

Html help(Say const& say, campaign::Facts const& facts) {
  auto const hotline = std::ranges::find_if(facts.contacts, [](auto const& contact) { return contact.purpose == "hotline" && !contact.found_dead; });
  if (hotline == facts.contacts.end()) return {};
  return html("<p class=\"help\">{} <b>{}</b><br><small>{}</small></p>", say("Do you need help?"), hotline->number, check_of(say, *hotline));
}

/// Every number to call, for the foot of a sheet that hangs on a village board.
Html help_numbers(Say const& say, campaign::Facts const& facts) {
  Html items;
  for (auto const& contact : facts.contacts) {
    if (contact.found_dead) continue;
    auto const text = contact.texts.find(std::string(say.code()));
    items.add("<li><b>{}</b> {} <small>{}</small></li>", contact.number, text == contact.texts.end() ? std::string() : text->second.first,
              check_of(say, contact));
  }
  if (items.empty()) return {};
  return html("<section class=\"sheet-help\"><h2>{}</h2><ul class=\"plain\">{}</ul></section>", say("Do you need help?"), items);
}

/// A sheet is of one campaign: the year stands in its title.
std::string day_of(Say const& say, Card const& card) {
  if (card.precision == Precision::day && card.end_day == card.day) return say.weekday_date(card.day);
  return view::day_text(say, card.day, card.end_day, card.precision);
}

/// What who comes must know. Which reports are due is no matter of a sheet on a wall.
Html change_of(Say const& say, campaign::Facts const& facts, Card const& card) {
  if (card.state == State::cancelled) return html("<span class=\"tag danger\">{} {}</span>", site::icon("cross"), say(name(card.state)));
  auto const moved = view::moved_text(say, facts, view::standing(card));
  return moved.empty() ? Html() : html("<span class=\"tag attention\">{} {}</span>", site::icon("moved"), moved);
}

Html sheet_row(Request const& request, campaign::Facts const& facts, Card const& card) {
  auto const& say = request.say;
  return html(
      "<tr><th scope=\"row\">{}</th><td data-label=\"{}\"><span class=\"keep\">{}</span></td><td data-label=\"{}\">{}<br><span class=\"soft\">{}</span> {}</td>"
      "<td data-label=\"{}\">{}{}</td><td data-label=\"{}\">{}</td></tr>",
      day_of(say, card), say("Time"), view::hours(say, card.start_minutes, card.end_minutes), say("What"),
      site::in_language(request, card.title, card.text_language), view::kind_name(say, facts, card.kind), change_of(say, facts, card), say("Where"),
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
  bool const cancelled = found->state == State::cancelled;
  Html out;
  out.add("<article class=\"poster\">");
  // Where the old poster hangs, the new one must say from afar that nothing takes place.
  if (cancelled) out.add("<p class=\"called-off\">{}</p>", say(name(found->state)));
  out.add("<p class=\"above\">{} {}</p><h1>{}</h1>", view::kind_icon(*facts, found->kind), view::kind_name(say, *facts, found->kind),
          site::in_language(request, words.title, language));
  if (!cancelled && found->moved())
    out.add("<p><span class=\"tag attention\">{} {}</span></p>", site::icon("moved"), view::moved_text(say, *facts, view::standing(*found)));
  out.add("<p class=\"when\">{}</p><p>{}</p>", when(say, *found), view::place_html(request, *facts, found->reach, found->place, found->village));
  if (!words.venue.empty()) out.add("<p>{}</p>", site::in_language(request, words.venue, language));
  if (!cancelled && !found->entry.empty()) out.add("<p>{}</p>", say(view::entry_name(found->entry)));
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

namespace {

/// A sheet is for what can still be visited, unless it was asked for something else or the campaign is over.
Filter to_come(Filter filter, campaign::Edition const& edition, Day today) {
  bool const as_asked = filter.status != Filter::Status::any || filter.week || filter.from || filter.until;
  if (!as_asked && today <= edition.campaign_until) filter.from = today;
  return filter;
}

}  // namespace

Reply sheet(Request& request) {
  auto const facts = site::facts(request);
  auto const& say = request.say;
  auto const& edition = site::chosen_edition(request, *facts);
  auto const today = facts->today(request.now);
  auto const [asked, faults] = read_filter(request.query, *facts, edition.id);
  auto const filter = to_come(asked, edition, today);
  Store store(request.read());
  auto cards = store.list(filter, *facts, say.language(), today, {}, sheet_rows + 1);
  bool const more = cards.size() > sheet_rows;
  if (more) cards.pop_back();
  auto const totals = store.totals(filter, *facts, today);
  auto const chosen = view::words_of(say, asked, *facts);

  Html out;
  out.add("<p class=\"above\">{}</p><h1>{}</h1>{}", edition.name(say.language()),
          chosen.empty() ? std::string(say("Agenda")) : say("Agenda: {}", chosen), view::filter_faults(request, faults));
  out.add("<p class=\"lead\">{}</p>", say.plural("{} activity", "{} activities", totals.planned));
  if (more)
    out.add("<div class=\"notice\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("info"),
            say("Only the first {} are on this sheet. Choose a region or a period.", sheet_rows));
  out.add(
      "<table class=\"stack sheet\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th></tr></thead><tbody>",
      say("Agenda"), say("Day"), say("Time"), say("What"), say("Where"), say("Who holds it"));
  for (auto const& card : cards) out += sheet_row(request, *facts, card);
  out.add("</tbody></table>");
  if (totals.hidden > 0)
    out.add("<p class=\"soft\">{}</p>",
            say.plural("And {} activity that only the coalition sees listed (legal consultations, outreach).",
                       "And {} activities that only the coalition sees listed (legal consultations, outreach).", totals.hidden));
  out += help_numbers(say, *facts);
  out.add("<p class=\"soft\">{}</p>", say("As of {}.", say.moment(request.now, facts->time_zone)));
  site::Head head;
  head.title = chosen.empty() ? std::string(say("Agenda")) : say("Agenda: {}", chosen);
  head.active = "agenda";
  head.edition = &edition;
  head.index = false;
  return site::page(request, head, out);
}

}  // namespace birge::activity
