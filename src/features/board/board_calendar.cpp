#include <algorithm>
#include <limits>
#include <map>

#include "features/activity/activity_view.hpp"
#include "features/board/board_pages.hpp"
#include "features/board/board_view.hpp"

/// The calendar: a month as a grid, a week day by day, and a list that goes on from a day.
namespace birge::board {

namespace view = activity::view;

namespace {

constexpr int in_a_cell = 4;      ///< of a day of the month
constexpr int in_a_weekday = 30;  ///< of a day of the week
constexpr int in_a_list = 60;

enum class Shape { month, week, list };

std::string_view code(Shape shape) { return shape == Shape::month ? "month" : shape == Shape::week ? "week" : "list"; }

struct Calendar {
  Look look;
  Shape shape = Shape::month;
  Day day = {};  ///< the month or week that holds it, or where a list begins
  std::map<ActivityId, std::vector<OrganisationId>> hosts = {};
  std::vector<campaign::Store::NationalDay> special = {};

  Url at(Shape where, Day when) const { return look.address("/work/calendar", {{"view", std::string(code(where))}, {"day", when.iso()}}); }
  std::string back() const {
    std::string const path(at(shape, day).text());
    return path.substr(path.find('/', 1));
  }
};

Calendar read(Request& request) {
  Calendar calendar{look(request)};
  auto& filter = calendar.look.selection.filter;
  filter.from = filter.until = filter.week = std::nullopt;  // the calendar has days of its own
  auto const shape = request.query.get("view");
  calendar.shape = shape == "week" ? Shape::week : shape == "list" ? Shape::list : Shape::month;
  auto const& edition = calendar.look.edition;
  auto const today = calendar.look.today;
  // An edition of another year opens on its campaign, not on an empty month.
  bool const running = today >= edition.preparation_from && today <= edition.closing_until;
  calendar.day = Day::parse(request.query.get("day")).value_or(running ? today : edition.campaign_from);
  return calendar;
}

/// Short names of the days of the week, Monday first.
std::string_view short_weekday(Say const& say, int weekday) {
  switch (weekday) {
    case 1: return say.in_context("weekday", "Mon");
    case 2: return say.in_context("weekday", "Tue");
    case 3: return say.in_context("weekday", "Wed");
    case 4: return say.in_context("weekday", "Thu");
    case 5: return say.in_context("weekday", "Fri");
    case 6: return say.in_context("weekday", "Sat");
    default: return say.in_context("weekday", "Sun");
  }
}

/// Where an activity may be put on another day: a move of what was approved, a change of what is still one's own plan. It is taken by its first day.
std::optional<work::Action> way_to_move(Calendar const& calendar, Day day, Row const& row) {
  if (row.day != day) return std::nullopt;
  auto const host = calendar.hosts.find(row.id);
  auto const known = seen(row, host == calendar.hosts.end() ? std::vector<OrganisationId>() : host->second);
  auto const action = known.state == State::approved ? work::Action::move : work::Action::edit;
  if (!calendar.look.viewer.may(known, action, calendar.look.request.now).allowed) return std::nullopt;
  return action;
}

/// A link to the form that puts it on another day. With script it opens beside the calendar; dragging uses its address.
Html move_link(Calendar const& calendar, Row const& row, std::optional<work::Action> action) {
  if (!action) return {};
  auto const& say = calendar.look.say;
  auto const address =
      std::string(work::step_page(say, row.id, *action).text()) + "?day=" + row.day.iso() + "&back=" + percent_encoded(calendar.back());
  return html("<a class=\"to-move\" href=\"{}\" data-move=\"{}\">{}<span>{}</span> <span class=\"heard\">{}</span></a>", own_path(address),
              *action == work::Action::move ? "ask" : "form", site::icon("moved"),
              *action == work::Action::move ? say("Move") : say("Change the day"), row.title);
}

/// Which of its days it is: "day 2 of 3".
std::string day_of_days(Say const& say, Day day, Row const& row) {
  return say("day {} of {}", days_between(row.day, day) + 1, days_between(row.day, row.end_day) + 1);
}

std::string_view look_of(Day day, Row const& row) {
  bool const going = row.day != day;
  switch (row.the_state()) {
    case State::draft: return going ? "entry going draft" : "entry draft";
    case State::cancelled: return going ? "entry going off" : "entry off";
    default: return going ? "entry going" : "entry";
  }
}

/// An activity in a cell of the month: state and what is late as signs with words for those who hear the page.
Html entry(Calendar const& calendar, Day day, Row const& row) {
  auto const& look = calendar.look;
  auto const& say = look.say;
  auto const action = way_to_move(calendar, day, row);
  Html signs = html("<span class=\"sign {}\" title=\"{}\">{}<span class=\"heard\">{}</span></span>", work::state_class(row.the_state()),
                    say(work::state_name(row.the_state())), site::icon(work::state_icon(row.the_state())), say(work::state_name(row.the_state())));
  if (row.late(look.today))
    signs.add("<span class=\"sign attention\" title=\"{}\">{}<span class=\"heard\">{}</span></span>", late_text(look, row), site::icon("clock"),
              late_text(look, row));
  if (row.visibility != "public")
    signs.add("<span class=\"sign\" title=\"{}\">{}<span class=\"heard\">{}</span></span>", say("Coalition only"), site::icon("lock"),
              say("Coalition only"));
  Html time;
  if (row.day != day)
    time.add("<span class=\"days\"><span aria-hidden=\"true\">{}/{}</span><span class=\"heard\">{}</span></span> ", days_between(row.day, day) + 1,
             days_between(row.day, row.end_day) + 1, day_of_days(say, day, row));
  else if (row.start_minutes) time.add("<time>{}</time> ", say.time(*row.start_minutes));
  if (row.several_days() && row.day == day)
    time.add("<span class=\"days\"><span aria-hidden=\"true\">→ {}</span><span class=\"heard\">{}</span></span> ", row.end_day.day_of_month(),
             say("until {}", say.day_and_month(row.end_day)));
  return html("<li class=\"{}\" draggable=\"{}\"><a href=\"{}\" title=\"{}\">{} {}{}</a>{}</li>", look_of(day, row), action ? "true" : "false",
              work::activity_page(say, row.id), where_text(look, row), signs, time, title_of(look, row), move_link(calendar, row, action));
}

/// National days and school breaks of one day, in words.
Html special_days(Calendar const& calendar, Day day) {
  Html out;
  for (auto const& special : calendar.special)
    if (special.from <= day && day <= special.until && special.kind != "school_year") out.add("<p class=\"special\">{}</p>", special.name);
  return out;
}

bool is_free(Calendar const& calendar, Day day) {
  return std::ranges::any_of(calendar.special,
                             [&](auto const& special) { return special.kind == "holiday" && special.from <= day && day <= special.until; });
}

/// A page's rows of a span of days.
std::map<Day, OfDay> days_of(Calendar& calendar, Day from, Day until, int most) {
  auto store = calendar.look.store();
  auto days = store.of_days(calendar.look.selection, from, until, calendar.look.say.language(), most);
  std::vector<Row> rows;
  for (auto const& [day, of_day] : days) rows.insert(rows.end(), of_day.rows.begin(), of_day.rows.end());
  calendar.hosts = store.co_hosts(rows);
  return days;
}

Html cell(Calendar const& calendar, Day day, OfDay const& of_day) {
  auto const& look = calendar.look;
  auto const& say = look.say;
  auto const& [all, rows] = of_day;
  auto const list = calendar.at(Shape::list, day);
  std::string kind = "date-cell";
  if (day.month() != calendar.day.month()) kind += " out";
  if (day == look.today) kind += " today";
  if (is_free(calendar, day) || day.weekday() == 7) kind += " free";
  Html entries;
  for (auto const& row : rows) entries += entry(calendar, day, row);
  if (!rows.empty()) entries = html("<ul>{}</ul>", entries);
  auto const more = all - static_cast<std::int64_t>(rows.size());
  if (more > 0) entries.add("<a class=\"more\" href=\"{}\">{}</a>", list, say.plural("{} more", "{} more", more));
  return html(
      "<td class=\"{}\" data-day=\"{}\"><a class=\"date\" href=\"{}\"><span class=\"heard\">{}</span><span aria-hidden=\"true\">{}</span>{}</a>{}{}</td>",
      kind, day, list, say.day_and_month(day), day.day_of_month(),
      all > 0 ? html(" <b class=\"number\" aria-hidden=\"true\">{}</b><span class=\"heard\">, {}</span>", all,
                     say.plural("{} activity", "{} activities", all))
              : Html(),
      special_days(calendar, day), entries);
}

Html month(Calendar& calendar) {
  auto const& look = calendar.look;
  auto const& say = look.say;
  auto const span = month_grid(calendar.day);
  auto days = days_of(calendar, span.from, span.until, in_a_cell);
  Html head, body;
  for (int weekday = 0; weekday < 7; ++weekday)
    head.add("<th scope=\"col\"><abbr title=\"{}\">{}</abbr></th>", say.weekday(span.from.plus(weekday)), short_weekday(say, weekday + 1));
  for (auto monday = span.from; monday <= span.until; monday = monday.plus(7)) {
    Html week;
    for (int weekday = 0; weekday < 7; ++weekday) week += cell(calendar, monday.plus(weekday), days[monday.plus(weekday)]);
    body.add("<tr>{}</tr>", week);
  }
  return html("<table class=\"month\"><caption class=\"heard\">{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
              say.month(calendar.day.year(), calendar.day.month()), head, body);
}

/// A row of a week or list.
Html line(Calendar const& calendar, Day day, Row const& row) {
  auto const& look = calendar.look;
  auto const& say = look.say;
  auto const action = way_to_move(calendar, day, row);
  auto when = row.day == day ? html("<time>{}</time>", view::hours(say, row.start_minutes, row.end_minutes))
                             : html("<span class=\"days\">{}</span>", day_of_days(say, day, row));
  if (row.several_days() && row.day == day) when.add(" <small class=\"days\">{}</small>", say("until {}", say.day_and_month(row.end_day)));
  return html(
      "<li class=\"row {}\" draggable=\"{}\"><span class=\"kind\">{}</span><div><p class=\"title\"><a href=\"{}\">{}</a></p><p class=\"dots\"><span>{}</span>"
      "<span>{}</span><span>{}</span></p><p>{}{}</p>{}</div><p class=\"when\">{}</p></li>",
      row.the_state() == State::cancelled ? "off" : "", action ? "true" : "false", view::kind_icon(*look.known, row.kind),
      work::activity_page(say, row.id), title_of(look, row), view::kind_name(say, *look.known, row.kind), where_text(look, row),
      view::organisation_html(look.request, *look.known, row.lead), state_tag(say, row.the_state()), marks(look, row),
      move_link(calendar, row, action), when);
}

Html day_section(Calendar const& calendar, Day day, OfDay const& of_day) {
  auto const& say = calendar.look.say;
  auto const& [all, rows] = of_day;
  Html list;
  for (auto const& row : rows) list += line(calendar, day, row);
  if (!rows.empty()) list = html("<ol class=\"rows\">{}</ol>", list);
  if (auto const more = all - static_cast<std::int64_t>(rows.size()); more > 0)
    list.add("<p><a class=\"more\" href=\"{}\">{}</a></p>", calendar.at(Shape::list, day), say.plural("{} more", "{} more", more));
  return html(
      "<section class=\"{}\" data-day=\"{}\" aria-labelledby=\"d{}\"><h2 id=\"d{}\"><time datetime=\"{}\">{}</time> <span class=\"soft\">{}</span></h2>{}{}"
      "</section>",
      day == calendar.look.today ? "day today" : "day", day, day, day, day, view::day_heading(say, day), say.weekday(day),
      special_days(calendar, day), list);
}

Html week(Calendar& calendar) {
  auto const monday = calendar.day.week_start();
  auto days = days_of(calendar, monday, monday.plus(6), in_a_weekday);
  Html out;
  for (auto day = monday; day <= monday.plus(6); day = day.plus(1)) out += day_section(calendar, day, days[day]);
  return html("<div class=\"week\">{}</div>", out);
}

/// A list that begins on a day, or goes on behind or before a row.
Html list(Calendar& calendar) {
  auto const& look = calendar.look;
  auto const& say = look.say;
  auto const& query = look.request.query;
  auto const before = Cursor::parse(query.get("before"));
  auto after = Cursor::parse(query.get("after"));
  bool const first = !after && !before;
  if (first) after = Cursor{0, calendar.day.plus(-1), ActivityId{std::numeric_limits<std::int64_t>::max()}};
  auto store = look.store();
  auto rows = store.rows(look.selection, {}, say.language(), before ? before : after, before.has_value(), in_a_list + 1);
  bool const full = static_cast<int>(rows.size()) > in_a_list;
  if (full) rows.erase(before ? rows.begin() : rows.end() - 1);
  std::vector<Row> going;
  if (first) going = store.going_on(look.selection, calendar.day, say.language(), in_a_list);
  if (rows.empty() && going.empty())
    return html("<section class=\"empty\"><h2>{}</h2><p>{}</p></section>", say("Nothing from this day on"),
                say("No activity that you may see takes place then. Choose an earlier day."));
  calendar.hosts = store.co_hosts(rows);
  std::map<Day, OfDay> days;
  for (auto const& row : rows) days[row.day].rows.push_back(row);
  // The pages follow the index; within a day people read by the hour.
  for (auto& [day, of_day] : days) std::ranges::stable_sort(of_day.rows, {}, [](Row const& row) { return row.start_minutes.value_or(24 * 60); });
  if (!going.empty()) days[calendar.day].rows.insert(days[calendar.day].rows.begin(), going.begin(), going.end());
  Html out;
  for (auto& [day, of_day] : days) {
    of_day.number = std::ssize(of_day.rows);
    out += day_section(calendar, day, of_day);
  }
  if (rows.empty()) return out;
  auto const link = [&](char const* name, Row const& row) {
    return look.address("/work/calendar", {{"view", "list"}, {"day", calendar.day.iso()}, {name, store.cursor(row, {}).text()}});
  };
  Html pages;
  if (!before || full)
    pages.add("<a class=\"button second\" rel=\"prev\" href=\"{}\">{} {}</a>", link("before", rows.front()), site::icon("back"), say("Earlier"));
  if (before || full) pages += site::later_link(link("after", rows.back()), say("Later"));
  return html("{}<nav class=\"pages\" aria-label=\"{}\">{}</nav>", out, say("Pages"), pages);
}

std::string period(Calendar const& calendar) {
  auto const& say = calendar.look.say;
  if (calendar.shape == Shape::month) return say.month(calendar.day.year(), calendar.day.month());
  if (calendar.shape == Shape::list) return say("From {}", calendar.day);
  auto const monday = calendar.day.week_start();
  return say.date_range(monday, monday.plus(6));
}

Html steering(Calendar const& calendar) {
  auto const& say = calendar.look.say;
  auto const step = [&](int way) {
    if (calendar.shape == Shape::month) return way > 0 ? next_month(calendar.day) : first_of_month(first_of_month(calendar.day).plus(-1));
    return calendar.day.plus(way * (calendar.shape == Shape::week ? 7 : 1));
  };
  Html shapes;
  auto const shape = [&](Shape which, std::string_view label) {
    shapes.add("<li><a href=\"{}\" {}>{}</a></li>", calendar.at(which, calendar.day), BIRGE_WHEN(calendar.shape == which, "aria-current=\"true\""),
               label);
  };
  shape(Shape::month, say("Month"));
  shape(Shape::week, say("Week"));
  shape(Shape::list, say("List"));
  return html(
      "<div class=\"steering\"><a class=\"button second\" rel=\"prev\" href=\"{}\">{}<span class=\"heard\">{}</span></a><h2>{}</h2>"
      "<a class=\"button second\" rel=\"next\" href=\"{}\">{}<span class=\"heard\">{}</span></a>"
      "<a class=\"button second\" href=\"{}\">{}</a><ul class=\"chips\">{}</ul></div>",
      calendar.at(calendar.shape, step(-1)), site::icon("back"), say("Earlier"), period(calendar), calendar.at(calendar.shape, step(1)),
      site::icon("chevron"), say("Later"), calendar.at(calendar.shape, calendar.look.today), say("Today"), shapes);
}

Html shown(Calendar& calendar) {
  auto const& say = calendar.look.say;
  auto const span = calendar.shape == Shape::month  ? month_grid(calendar.day)
                    : calendar.shape == Shape::week ? Span{calendar.day.week_start(), calendar.day.week_start().plus(6)}
                                                    : Span{calendar.day, calendar.day.plus(60)};
  calendar.special = campaign::Store(calendar.look.request.read()).national_days(span.from, span.until, say.code());
  switch (calendar.shape) {
    case Shape::month: return month(calendar);
    case Shape::week: return week(calendar);
    case Shape::list: return list(calendar);
  }
  return {};
}

}  // namespace

Reply calendar(Request& request) {
  auto calendar = read(request);
  auto const& say = request.say;
  Html main = top(calendar.look, say("Calendar"), calendar.back());
  main += filters(calendar.look, {"/work/calendar", {{"view", std::string(code(calendar.shape))}, {"day", calendar.day.iso()}}, false, true});
  main += steering(calendar);
  // What the script says and where: texts come translated from the page.
  main.add("<div class=\"calendar\" data-close=\"{}\">{}</div>", say("Close without moving"), shown(calendar));
  main.add("<p class=\"soft screen how-to\" hidden>{}</p>",
           say("What you may move can be dragged to another day. A reason is asked for before anything changes."));
  return view_page(calendar.look, say("Calendar"), main);
}

}  // namespace birge::board
