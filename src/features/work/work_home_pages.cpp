#include "features/activity/activity_view.hpp"
#include "features/work/work_desk.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"

/// My page, the weekly sheet and the list of mine.
namespace birge::work {

namespace view = activity::view;

namespace {

Html tag(std::string_view look, std::string_view icon, std::string_view text) {
  return html("<p><span class=\"tag {}\">{} {}</span></p>", look, site::icon(icon), text);
}

Html section(std::string_view heading, Html const& rows, Html const& after = {}) {
  if (rows.empty()) return {};
  return html("<section><h2>{}</h2><ol class=\"rows\">{}</ol>{}</section>", heading, rows, after);
}

Html answers(Request& request, Desk const& desk) {
  auto const& say = request.say;
  Html rows;
  for (auto const& brief : desk.to_answer) {
    bool const long_ago = brief.escalates && *brief.escalates <= desk.today;
    rows += work_row(request, *desk.known, brief, long_ago ? tag("attention", "clock", say("Unanswered for more than five working days")) : Html());
  }
  return section(say("Proposals waiting for your answer"), rows);
}

Html confirmations(Request& request, Desk const& desk) {
  auto const& say = request.say;
  Html rows;
  for (auto const& brief : desk.to_confirm) {
    Html more;
    if (brief.attendance_low)
      more = tag("done", "people", view::attendances(say, {*brief.attendance_low, brief.attendance_high.value_or(*brief.attendance_low)}));
    rows += work_row(request, *desk.known, brief, more);
  }
  return section(say("Results waiting for your confirmation"), rows,
                 html("<p><a class=\"button second\" href=\"{}\">{}</a></p>", say.path("/work/confirm"), say("Look through them together")));
}

Html overdue_rows(Request& request, Desk const& desk, std::vector<Brief> const& list) {
  auto const& say = request.say;
  Html rows;
  for (auto const& brief : list)
    rows += work_row(request, *desk.known, brief,
                     brief.due_day < desk.today ? tag("attention", "clock", say("Result was due on {}", brief.due_day))
                                                : tag("", "clock", say("Result due on {}", brief.due_day)));
  return rows;
}

Html plain_rows(Request& request, Desk const& desk, std::vector<Brief> const& list) {
  Html rows;
  for (auto const& brief : list) {
    auto const state = activity::state_of(brief.state).value();
    rows += work_row(request, *desk.known, brief, tag(state_class(state), state_icon(state), request.say(state_name(state))));
  }
  return rows;
}

/// All of it, for the page and for paper.
Html everything(Request& request, Desk const& desk) {
  auto const& say = request.say;
  Html out;
  out += answers(request, desk);
  out += section(say("Returned to you"), plain_rows(request, desk, desk.to_change));
  out += section(say("Results you have to report"), overdue_rows(request, desk, desk.to_report));
  out += confirmations(request, desk);
  if (desk.waiting() == 0)
    out.add("<div class=\"notice done\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("check"), say("Nothing waits for you."));
  return out;
}

Html side(Request& request, Desk const& desk) {
  auto const& say = request.say;
  Html out;
  auto const week = plain_rows(request, desk, desk.this_week);
  out.add("<section><h2>{}</h2>", say("This week"));
  if (week.empty()) out.add("<p>{}</p></section>", say("Nothing takes place this week."));
  else out.add("<ol class=\"rows\">{}</ol></section>", week);
  out += section(say("Late"), overdue_rows(request, desk, desk.late));
  return out;
}

/// A table of how punctually results come in.
Html punctual(Say const& say, std::string_view id, std::string_view caption, std::string_view first, std::vector<Timeliness> const& list,
              auto const& name_of) {
  if (list.empty()) return html("<p>{}</p>", say("No result was due yet."));
  Html rows;
  for (auto const& line : list)
    rows.add(
        "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
        name_of(line.id), say.number(line.due), say.number(line.in_time), say.number(line.late), say.number(line.missing),
        say.percent(static_cast<double>(line.in_time) / static_cast<double>(line.due)));
  return html(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}\"><table><caption id=\"{}\">{}</caption><thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>{}</tbody></table></div>",
      id, id, caption, first, say("Due"), say("In time"), say("Late"), say("Missing"), say("Share in time"), rows);
}

std::string edition_name(Request const& request, Desk const& desk) {
  return desk.edition ? desk.edition->name(request.say.language()) : std::string();
}

}  // namespace

Reply my_page(Request& request) {
  auto const desk = desk_of(request);
  auto const& say = request.say;
  Html links;
  if (account::may_somewhere(desk.person, account::Permission::plan))
    links.add("<a class=\"button\" href=\"{}\">{}</a>", say.path("/work/activities/new"), say("New activity"));
  links.add("<a class=\"button second\" href=\"{}\">{}</a><a class=\"button second\" href=\"{}\">{}</a>", say.path("/work/activities"),
            say("My activities"), say.path("/work/sheet"), say("Weekly sheet"));
  if (account::may_somewhere(desk.person, account::Permission::approve))
    links.add("<a class=\"button second\" href=\"{}\">{}</a>", say.path("/work/deputies"), say("Deputies"));
  return work_page(
      request, say("My page"),
      html("<p class=\"above\">{}</p><h1>{}</h1><div class=\"actions\">{}</div><div class=\"beside\"><div>{}</div><aside>{}</aside></div>",
           edition_name(request, desk), say("My page"), links, everything(request, desk), side(request, desk)));
}

Reply weekly_sheet(Request& request) {
  auto const desk = desk_of(request);
  auto const& say = request.say;
  auto const monday = desk.today.week_start();
  return work_page(request, say("Weekly sheet"),
                   html("<p class=\"above\">{}</p><h1>{}</h1><p class=\"lead\">{}</p><p class=\"screen soft\">{}</p>{}{}",
                        edition_name(request, desk), say("Weekly sheet"), say.date_range(monday, monday.plus(6)),
                        say("Print this page: it fits on a sheet of paper."), everything(request, desk), side(request, desk)));
}

Reply timeliness(Request& request) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto const& say = request.say;
  auto const today = known->today(request.now);
  auto const edition = known->current(request.now);
  std::vector<Timeliness> regions, organisations;
  if (edition) {
    Store store(request.read());
    regions = store.timeliness_by_region(edition->id, today);
    organisations = store.timeliness_by_organisation(edition->id, part_of(request, *known, person, today), today);
  }
  auto const by_region = punctual(say, "regions", say("By region"), say("Region"), regions, [&](std::int64_t id) {
    return id == 0 ? std::string(say("National, online, in several places")) : known->places->name({id}, say.language()).text;
  });
  auto const by_organisation = punctual(say, "organisations", say("By organisation"), say("Organisation"), organisations,
                                        [&](std::int64_t id) { return view::organisation_name(say, *known, {id}); });
  return work_page(request, say("Results in time"),
                   html("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1><p class=\"lead\">{}</p>{}{}", say.path("/work"), say("My page"),
                        say("Results in time"), say("Of the activities whose result was due before today."), by_region, by_organisation));
}

Reply my_activities(Request& request) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto const& say = request.say;
  auto const edition = known->current(request.now);
  Html rows;
  if (edition)
    for (auto const& brief : Store(request.read()).of_planner(person.id, own_organisations(person), edition->id, 200)) {
      auto const state = activity::state_of(brief.state).value();
      rows += work_row(request, *known, brief, tag(state_class(state), state_icon(state), say(state_name(state))));
    }
  Html main = html("<h1>{}</h1><div class=\"actions\"><a class=\"button\" href=\"{}\">{}</a></div>", say("My activities"),
                   say.path("/work/activities/new"), say("New activity"));
  if (rows.empty())
    main.add("<section class=\"empty\"><h2>{}</h2><p>{}</p></section>", say("No activities yet"),
             say("Here stand the activities that you or your organisation plan."));
  else main.add("<ol class=\"rows\">{}</ol>", rows);
  return work_page(request, say("My activities"), main);
}

}  // namespace birge::work
