#include "features/activity/activity_view.hpp"
#include "features/news/news_pages.hpp"
#include "features/site/site.hpp"
#include "features/work/home/home_desk.hpp"
#include "features/work/work_parts.hpp"

/// The week as a text that can be copied into a chat group: no names of people, and what only the coalition may know said so or left out.
namespace birge::news {

namespace view = activity::view;

namespace {

std::string line(Request& request, campaign::Facts const& known, activity::Activity const& a) {
  auto const& say = request.say;
  auto text = "• " + say.weekday_date(a.day);
  if (auto const hours = view::hours(say, a.start_minutes, a.end_minutes); !hours.empty()) text += ", " + hours;
  text += ": " + a.text(say.language()).title;
  if (auto const place = view::place_text(say, known, a.reach, a.place, a.village); !place.empty()) text += ". " + place;
  text += ". " + view::organisation_name(say, known, a.lead);
  if (!a.is_public) text += " (" + std::string(say("only for the coalition")) + ")";
  return text + "\n";
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
  bool some = false;
  activity::Store activities(request.read());
  for (auto const& brief : desk.this_week.rows) {
    auto const found = activities.find(brief.id);
    if (!found) continue;
    if (!found->is_public && !with_coalition) {
      ++out.left_out;
      continue;
    }
    out.text += line(request, *desk.known, *found);
    some = true;
  }
  if (!some) out.text += std::string(say("Nothing takes place this week.")) + "\n";
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
