#include <algorithm>
#include <span>

#include "features/account/joining.hpp"
#include "features/activity/activity_view.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/site/fields.hpp"
#include "features/site/workspace.hpp"
#include "features/village/village_desk.hpp"
#include "features/work/home/home_parts.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"

/// My page, the weekly sheet and the list of mine.
namespace birge::work {

namespace view = activity::view;

namespace {

Html tag(std::string_view look, std::string_view icon, std::string_view text) {
  return html("<p><span class=\"tag {}\">{} {}</span></p>", look, site::icon(icon), text);
}

constexpr int shown_rows = 10;

/// The lists of a desk end somewhere; then their number says so.
std::string how_many(Say const& say, Listed const& list) { return say.number(static_cast<std::int64_t>(list.number)) + (list.more ? "+" : ""); }

/// The first rows of a list.
std::span<Brief const> first_of(Listed const& list, std::size_t most) { return std::span(list.rows).first(std::min(list.rows.size(), most)); }

/// The table of what a list is about, in the own part of the country where that is one region.
Url in_table(Request const& request, Desk const& desk, std::vector<std::pair<std::string, std::string>> query) {
  auto const& part = desk.part;
  bool const own = std::ranges::find(query, std::pair<std::string, std::string>("own", "1")) != query.end();
  if (!own && !part.everywhere && part.regions.size() == 1)
    if (auto const* region = desk.known->places->find(part.regions.front())) query.insert(query.begin(), {"place", region->code});
  return own_path(std::string(request.say.path("/work/table").text()) + "?" + http::Parameters::of(std::move(query)).encoded());
}

Url week_in_table(Request const& request, Desk const& desk) {
  return in_table(request, desk,
                  {{"from", desk.from.iso()},
                   {"until", desk.until().iso()},
                   {"state", "approved"},
                   {"state", "held"},
                   {"state", "reported"},
                   {"state", "confirmed"}});
}

Url late_in_table(Request const& request, Desk const& desk) { return in_table(request, desk, {{"late", "1"}}); }

/// How many more there are than a list shows, as the way to them.
Html rest(Say const& say, Listed const& list, std::size_t shown, Url const& all) {
  if (list.number <= shown) return {};
  return html("<a href=\"{}\">{}</a>", all, say("And {} more.", list.number - shown));
}

/// A list of work with its number, the first rows of it, and the way to the others.
Html section(Say const& say, std::string_view heading, Listed const& list, auto const& row, Url const& all, Html const& after = {}) {
  auto const shown = first_of(list, shown_rows);
  if (shown.empty()) return {};
  Html rows;
  for (auto const& brief : shown) rows += row(brief);
  Html more;
  if (list.number > shown.size()) more = html("<p>{}</p>", rest(say, list, shown.size(), all));
  return html("<section><h2>{} <span class=\"soft\">{}</span></h2><ol class=\"rows\">{}</ol>{}{}</section>", heading, how_many(say, list), rows, more,
              after);
}

Html answers(Request& request, Desk const& desk) {
  auto const& say = request.say;
  auto const row = [&](Brief const& brief) {
    Html more;
    if (brief.day < desk.today) more += tag("attention", "warning", say("Its day is over"));
    if (brief.escalates && *brief.escalates <= desk.today) more += tag("attention", "clock", say("Unanswered for more than five working days"));
    return work_row(request, *desk.known, brief, more);
  };
  return section(say, say("Proposals waiting for your answer"), desk.to_answer, row, in_table(request, desk, {{"state", "proposed"}}));
}

Html confirmations(Request& request, Desk const& desk) {
  auto const& say = request.say;
  auto const row = [&](Brief const& brief) {
    Html more;
    if (auto const came = activity::stored_count(brief.attendance_low, brief.attendance_high))
      more = tag("done", "people", view::attendances(say, *came));
    return work_row(request, *desk.known, brief, more);
  };
  return section(say, say("Results waiting for your confirmation"), desk.to_confirm, row, say.path("/work/confirm"),
                 html("<p><a class=\"button second\" href=\"{}\">{}</a></p>", say.path("/work/confirm"), say("Look through them together")));
}

std::string due_text(Say const& say, Brief const& brief, Day today) {
  return brief.due_day < today ? say("Result was due on {}", brief.due_day) : say("Result due on {}", brief.due_day);
}

Html reports(Request& request, Desk const& desk) {
  auto const& say = request.say;
  auto const row = [&](Brief const& brief) {
    return work_row(request, *desk.known, brief, tag(brief.due_day < desk.today ? "attention" : "", "clock", due_text(say, brief, desk.today)));
  };
  return section(say, say("Results you have to report"), desk.to_report, row,
                 in_table(request, desk, {{"until", desk.today.plus(-1).iso()}, {"state", "approved"}, {"state", "held"}, {"own", "1"}}));
}

Html returned(Request& request, Desk const& desk) {
  return section(
      request.say, request.say("Returned to you"), desk.to_change, [&](Brief const& brief) { return work_row(request, *desk.known, brief, {}); },
      in_table(request, desk, {{"state", "returned"}, {"own", "1"}}));
}

Html helped(Request& request, Desk const& desk) {
  auto const& say = request.say;
  return section(
      say, say("You help with these"), desk.helped,
      [&](Brief const& brief) {
        auto const state = activity::state_of(brief.state).value();
        return work_row(request, *desk.known, brief, tag(state_class(state), state_icon(state), say(state_name(state))));
      },
      say.path("/work/activities"));
}

/// Drafts that nobody was asked to approve yet: they wait for nobody else.
Html drafts(Request& request, Desk const& desk) {
  auto const& say = request.say;
  Html together;
  if (desk.drafts.number > 1)
    together = html("<p><a class=\"button second\" href=\"{}\">{}</a></p>", say.path("/work/propose"), say("Look through them together"));
  return section(
      say, say("Not proposed yet"), desk.drafts, [&](Brief const& brief) { return work_row(request, *desk.known, brief, {}); },
      say.path("/work/activities"), together);
}

/// How many organisations wait for an approval that this person may give.
std::int64_t joining_waiting(Request& request, account::Person const& person) {
  if (!account::may_somewhere(person, account::Permission::admit)) return 0;
  account::Register joining(request.read());
  auto const list = joining.waiting();
  return std::ranges::count_if(list, [&](account::JoiningRequest const& asked) {
    // Who came first matters only to those who are not national themselves.
    bool const national_first =
        asked.first_by && !account::may_everywhere(person, account::Permission::admit) && joining.is_national(*asked.first_by);
    auto const can = account::approval(person, asked, national_first);
    return can == account::Approval::first || can == account::Approval::second;
  });
}

Html joining(Request& request, Desk const& desk) {
  auto const& say = request.say;
  auto const number = joining_waiting(request, desk.person);
  if (number == 0) return {};
  return html("<section><h2>{} <span class=\"soft\">{}</span></h2><p><a href=\"{}\">{}</a></p></section>", say("Joining requests"),
              say.number(number), say.path("/joining"),
              say.plural("{} organisation waits for your answer", "{} organisations wait for your answer", number));
}

/// Whoever is named to stand in for somebody has no rights by it before a second step guards them.
Html second_step_wanted(Request& request, Desk const& desk) {
  if (!Store(request.read()).lacks_second_step(desk.person.id, desk.today)) return {};
  auto const& say = request.say;
  return html("<div class=\"notice attention\" role=\"note\">{}<div><p>{}</p><p><a class=\"button second\" href=\"{}\">{}</a></p></div></div>",
              site::icon("warning"),
              say("You are named to act in somebody's place. First set up a second step for signing in: you cannot act there before."),
              say.path("/account/factor"), say("Set up a second step"));
}

Html waiting(Request& request, Desk const& desk) {
  Html out = second_step_wanted(request, desk);
  out += answers(request, desk);
  out += joining(request, desk);
  out += village::waiting_for(request);
  out += returned(request, desk);
  out += reports(request, desk);
  out += confirmations(request, desk);
  if (out.empty())
    out.add("<div class=\"notice done\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("check"),
            request.say("Nothing is asked of you now."));
  out += drafts(request, desk);
  out += helped(request, desk);
  return out;
}

/// A row beside the others, where there is little room.
Html short_row(Request& request, Desk const& desk, Brief const& brief, std::string_view last) {
  auto const& say = request.say;
  return html("<li><a href=\"{}\">{}</a><br><span class=\"soft\"><time datetime=\"{}\">{}</time> {} · {} · {}</span></li>",
              activity_page(say, brief.id), site::in_language(request, brief.title, brief.language), brief.day, say.day_and_month(brief.day),
              view::hours(say, brief.start_minutes, std::nullopt),
              view::place_text(say, *desk.known, activity::reach_of(brief.reach).value(), brief.place, brief.village), last);
}

Html short_list(Request& request, Desk const& desk, std::string_view heading, Listed const& list, auto const& last, std::string_view none,
                Url const& all) {
  auto const& say = request.say;
  Html rows;
  auto const shown = first_of(list, shown_rows);
  for (auto const& brief : shown) rows += short_row(request, desk, brief, last(brief));
  if (shown.empty()) return html("<section><h2>{}</h2><p>{}</p></section>", heading, none);
  Html more;
  if (list.number > shown.size()) more = html("<p>{}</p>", rest(say, list, shown.size(), all));
  return html("<section><h2>{} <span class=\"soft\">{}</span></h2><ul class=\"plain short\">{}</ul>{}</section>", heading, how_many(say, list), rows,
              more);
}

std::string state_of(Say const& say, Brief const& brief) { return say(state_name(activity::state_of(brief.state).value())); }

/// Own results that are late stand among those to be reported, once.
std::string_view late_heading(Say const& say, Desk const& desk) { return desk.own ? say("Late with others") : say("Late"); }

Html side(Request& request, Desk const& desk) {
  auto const& say = request.say;
  if (!desk.sees_others) return {};
  Html out = short_list(
      request, desk, say("This week"), desk.this_week, [&](Brief const& brief) { return state_of(say, brief); },
      say("Nothing takes place this week."), week_in_table(request, desk));
  out += short_list(
      request, desk, late_heading(say, desk), desk.late, [&](Brief const& brief) { return due_text(say, brief, desk.today); },
      desk.own ? say("No other result is late.") : say("No result is late."), late_in_table(request, desk));
  if (desk.edition) out += results_in_time(request, desk);
  return out;
}

constexpr std::size_t rows_on_paper = 18;    ///< of all tables together fit on a sheet of A4 with its heads and notes, where most have two lines
constexpr std::size_t rows_beside_week = 3;  ///< of what waits and of what is late: the days ahead have the rest

/// A table of the sheet: what somebody can read standing.
Html sheet_table(Request& request, Desk const& desk, std::string_view id, std::string_view caption, Listed const& list, std::size_t most,
                 auto const& last, Url const& all) {
  auto const& say = request.say;
  Html rows;
  auto const shown = first_of(list, most);
  for (auto const& brief : shown) {
    auto const* lead = desk.known->organisation(brief.lead);
    rows.add("<tr><td>{} {}</td><th scope=\"row\"><a href=\"{}\">{}</a></th><td>{}</td><td>{}</td><td>{}</td></tr>", say.day_and_month(brief.day),
             view::hours(say, brief.start_minutes, std::nullopt), activity_page(say, brief.id),
             site::in_language(request, brief.title, brief.language),
             view::place_text(say, *desk.known, activity::reach_of(brief.reach).value(), brief.place, brief.village),
             lead ? lead->short_name(say.language()) : std::string(), last(brief));
  }
  if (shown.empty()) rows.add("<tr><td colspan=\"5\">{}</td></tr>", say("Nothing."));
  if (list.number > shown.size()) rows.add("<tr class=\"rest\"><td colspan=\"5\">{}</td></tr>", rest(say, list, shown.size(), all));
  return html(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}\"><table class=\"sheet\"><caption id=\"{}\">{} ({})</caption><thead><tr>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>"
      "<tbody>{}</tbody></table></div>",
      id, id, caption, how_many(say, list), say("When"), say("What"), say("Where"), say("Who holds it"), say("State"), rows);
}

/// All that waits, with what for.
Listed all_waiting(Desk const& desk) {
  Listed all;
  for (auto const* list : {&desk.to_answer, &desk.to_change, &desk.to_report, &desk.to_confirm}) {
    all.rows.insert(all.rows.end(), list->rows.begin(), list->rows.end());
    all.number += list->number;
    all.more = all.more || list->more;
  }
  return all;
}

Message what_waits(Brief const& brief) {
  switch (activity::state_of(brief.state).value()) {
    case State::proposed: return message("to approve");
    case State::returned: return message("to change");
    case State::reported: return message("to confirm");
    default: return message("to report");
  }
}

std::string edition_name(Request const& request, Desk const& desk) {
  return desk.edition ? desk.edition->name(request.say.language()) : std::string();
}

}  // namespace

Reply my_page(Request& request) {
  auto const desk = desk_of(request, shown_rows);
  auto const& say = request.say;
  Html links;
  if (can_begin(request.read(), desk.person, *desk.known, request.now))
    links.add("<a class=\"button\" href=\"{}\">{}</a>", say.path("/work/activities/new"), say("New activity"));
  // Who plans nothing has none, and who sees nothing of what others plan has no week.
  if (account::may_somewhere(desk.person, account::Permission::plan))
    links.add("<a class=\"button second\" href=\"{}\">{}</a>", say.path("/work/activities"), say("My activities"));
  if (desk.sees_others) links.add("<a class=\"button second\" href=\"{}\">{}</a>", say.path("/work/sheet"), say("Weekly sheet"));
  if (desk.sees_others) links.add("<a class=\"button second\" href=\"{}\">{}</a>", say.path("/work/questions"), say("What people asked"));
  if (account::may_somewhere(desk.person, account::Permission::approve))
    links.add("<a class=\"button second\" href=\"{}\">{}</a>", say.path("/work/deputies"), say("Deputies"));
  if (account::may_everywhere(desk.person, account::Permission::see_audit))
    links.add("<a class=\"button second\" href=\"{}\">{}</a>", say.path("/work/log"), say("Who did what"));
  if (account::may_everywhere(desk.person, account::Permission::manage_system))
    links.add("<a class=\"button second\" href=\"{}\">{}</a>", say.path("/work/system"), say("The system"));
  return work_page(
      request, say("My page"),
      html("<p class=\"above\">{}</p><h1>{}</h1>{}<div class=\"actions doors\">{}</div><div class=\"beside\"><div>{}</div><aside>{}</aside></div>",
           edition_name(request, desk), say("My page"), site::work_tabs(request, "/work", {}), links, waiting(request, desk), side(request, desk)),
      Status::ok, "work", desk.edition);
}

Reply weekly_sheet(Request& request) {
  auto const desk = desk_of(request, static_cast<int>(rows_on_paper), Span::from_today);
  auto const& say = request.say;
  auto const waiting = all_waiting(desk);
  auto const beside = std::min(waiting.rows.size(), rows_beside_week) + std::min(desk.late.rows.size(), rows_beside_week);
  Html tables = sheet_table(
      request, desk, "waiting", say("Waiting"), waiting, rows_beside_week, [&](Brief const& brief) { return say(what_waits(brief)); },
      say.path("/work"));
  if (desk.sees_others) {
    tables += sheet_table(
        request, desk, "week", say("The next seven days"), desk.this_week, rows_on_paper - beside,
        [&](Brief const& brief) { return state_of(say, brief); }, week_in_table(request, desk));
    tables += sheet_table(
        request, desk, "late", late_heading(say, desk), desk.late, rows_beside_week,
        [&](Brief const& brief) { return due_text(say, brief, desk.today); }, late_in_table(request, desk));
  }
  return work_page(
      request, say("Weekly sheet"),
      html("<div class=\"one-sheet\"><p class=\"above\">{}</p><h1>{}</h1><p class=\"lead\">{}</p><p class=\"screen soft\">{}</p>{}</div>",
           edition_name(request, desk), say("Weekly sheet"), say.date_range(desk.from, desk.until()), say("Print this page."), tables),
      Status::ok, "work", desk.edition);
}

namespace {

/// The latest first.
std::vector<Brief> planned_or_helped(Request& request, account::Person const& person, activity::EditionId edition) {
  constexpr int most = 200;
  Store store(request.read(), request.say.code());
  auto list = store.of_planner(person.id, own_organisations(person), edition, most);
  for (auto& brief : store.these(helped_activities(person), edition, {most, most}).rows)
    if (std::ranges::find(list, brief.id, &Brief::id) == list.end()) list.push_back(std::move(brief));
  std::ranges::stable_sort(list, [](Brief const& a, Brief const& b) { return std::pair(a.day, a.id) > std::pair(b.day, b.id); });
  return list;
}

}  // namespace

Reply my_activities(Request& request) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto const& say = request.say;
  auto const edition = known->current(request.now);
  Html rows;
  if (edition)
    for (auto const& brief : planned_or_helped(request, person, edition->id)) {
      auto const state = activity::state_of(brief.state).value();
      rows += work_row(request, *known, brief, tag(state_class(state), state_icon(state), say(state_name(state))));
    }
  Html main = html("<h1>{}</h1>", say("My activities"));
  if (edition && campaign::closed(request.read(), edition->id))
    main += site::notice(site::Notice::attention, html("<p>{}</p>", say(campaign::closed_message())));
  if (can_begin(request.read(), person, *known, request.now))
    main.add("<div class=\"actions\"><a class=\"button\" href=\"{}\">{}</a></div>", say.path("/work/activities/new"), say("New activity"));
  if (rows.empty())
    main.add("<section class=\"empty\"><h2>{}</h2><p>{}</p></section>", say("No activities yet"),
             say("Here you see the activities that you or your organisation plan, and those you help with."));
  else main.add("<ol class=\"rows\">{}</ol>", rows);
  return work_page(request, say("My activities"), main, Status::ok, "work", edition);
}

}  // namespace birge::work
