#include <set>

#include "features/activity/activity_view.hpp"
#include "features/news/news_pages.hpp"
#include "features/site/site.hpp"
#include "features/work/home/home_desk.hpp"
#include "features/work/work_parts.hpp"

/// The week as a text that can be copied into a chat group: no names of people, and what only the coalition may know said so or left out.
namespace birge::news {

namespace view = activity::view;

namespace {

bool within(std::optional<Day> day, Day monday) { return day && *day >= monday && *day <= monday.plus(6); }

/// When it takes place; said to be new, or no more true, where people may have been told of another day in this week.
std::string when(Say const& say, activity::Activity const& a, Day monday) {
  auto text = say.weekday_date(a.day);
  if (auto const hours = view::hours(say, a.start_minutes, a.end_minutes); !hours.empty()) text += ", " + hours;
  if (a.state == activity::State::cancelled) return say("Cancelled: {}", text);
  return within(a.moved_from_day, monday) ? say("Moved to {}", text) : text;
}

/// Where it was to be before; nothing where it stays.
std::string moved_from(Say const& say, campaign::Facts const& known, activity::Activity const& a) {
  auto standing = view::standing(a);
  standing.moved_from_day.reset();
  auto const text = view::moved_text(say, known, standing);
  return text.empty() ? text : ". " + text;
}

std::string line(Request& request, campaign::Facts const& known, activity::Activity const& a, Day monday) {
  auto const& say = request.say;
  auto text = "• " + when(say, a, monday) + ": " + a.text(say.language()).title;
  if (auto const place = view::place_text(say, known, a.reach, a.place, a.village); !place.empty()) text += ". " + place;
  text += ". " + view::organisation_name(say, known, a.lead);
  if (within(a.moved_from_day, monday)) text += " (" + say("it was planned for {}", say.weekday_date(*a.moved_from_day)) + ")";
  else if (a.state != activity::State::cancelled) text += moved_from(say, known, a);
  if (!a.is_public) text += " (" + std::string(say("only for the coalition")) + ")";
  return text + "\n";
}

/// What was to take place this week and does not: cancelled, or moved to another one.
std::vector<activity::ActivityId> called_off(Request& request, work::Desk const& desk, Day monday) {
  if (!desk.edition || !desk.sees_others) return {};
  return work::Store(request.read()).called_off_between(desk.edition->id, desk.part, monday, monday.plus(6), work::desk_counted);
}

struct Text {
  std::string text;
  std::int64_t left_out = 0;
};

Text text_of(Request& request, work::Desk const& desk, bool with_coalition) {
  auto const& say = request.say;
  auto const monday = desk.today.week_start();
  Text out;
  out.text = say("This week, {}", say.date_range(monday, monday.plus(6))) + "\n";
  if (desk.edition && desk.edition->sample) out.text += std::string(say("Sample data")) + "\n";
  activity::Store activities(request.read());
  auto const add = [&](activity::Activity const& activity) {
    bool const told = activity.is_public || with_coalition;
    if (told) out.text += line(request, *desk.known, activity, monday);
    else ++out.left_out;
    return told;
  };
  bool some = false;
  std::set<activity::ActivityId> listed;
  for (auto const& brief : desk.this_week.rows) {
    listed.insert(brief.id);
    if (auto const found = activities.find(brief.id); found && add(*found)) some = true;
  }
  if (!some) out.text += std::string(say("Nothing takes place this week.")) + "\n";
  for (auto const id : called_off(request, desk, monday))
    if (auto const found = activities.find(id); found && !listed.contains(id)) add(*found);
  out.text += request.absolute(say.path("/activities")) + "\n";
  return out;
}

}  // namespace

Reply week_text(Request& request) {
  auto const& say = request.say;
  auto const desk = work::desk_of(request, work::desk_counted);
  bool const may_see = account::may_everywhere(desk.person, account::Permission::see_coalition);
  bool const with_coalition = may_see && request.query.get("coalition") == "1";
  auto const text = text_of(request, desk, with_coalition);
  Html choice;
  if (may_see && with_coalition)
    choice = html("<p><a href=\"{}\">{}</a></p>", say.path("/work/news/week"), say("Leave out what only the coalition may know"));
  else if (may_see && text.left_out > 0)
    choice = html("<p>{} <a href=\"{}\">{}</a></p>",
                  say.plural("{} activity is left out, because only the coalition may know of it.",
                             "{} activities are left out, because only the coalition may know of them.", text.left_out),
                  own_path(std::string(say.path("/work/news/week").text()) + "?coalition=1"), say("Show them too"));
  site::Head head;
  head.title = say("This week as a text");
  head.active = "news";
  head.index = false;
  auto reply = site::page(
      request, head,
      html(
          "<section class=\"narrow\"><h1>{}</h1><p>{}</p><div class=\"field\"><textarea readonly data-copy=\"{}\" data-copied=\"{}\" rows=\"14\" aria-label=\"{}\">{}</textarea>"
          "</div>{}<p><a href=\"{}\">{}</a></p></section>",
          say("This week as a text"), say("Copy it into your chat group. It holds no names of people."), say("Copy"), say("Copied"),
          say("This week as a text"), text.text, choice, say.path("/work/news"), say("News")));
  reply.cache_control = "no-store";
  return reply;
}

}  // namespace birge::news
