#include "features/gap/gap_pages.hpp"

#include <algorithm>
#include <cmath>

#include "features/activity/activity_view.hpp"
#include "features/gap/gap_view.hpp"
#include "platform/base/text.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::gap {

using Status = activity::Filter::Status;

namespace {

Html select(std::string_view name, std::string_view label, std::string_view chosen, std::vector<std::pair<std::string, std::string>> const& options) {
  Html list;
  for (auto const& [value, words] : options) list.add("<option value=\"{}\" {}>{}</option>", value, BIRGE_WHEN(value == chosen, "selected"), words);
  return html("<div class=\"field\"><label for=\"{}\">{}</label><select id=\"{}\" name=\"{}\">{}</select></div>", name, label, name, name, list);
}

Html coded(Page const& page, char const* list, std::string_view label, std::string_view none, std::string const& chosen) {
  std::vector<std::pair<std::string, std::string>> options{{"", std::string(none)}};
  for (auto const& code : page.facts->codes.list(list)) options.emplace_back(code.code, code.name(page.say.language()));
  return select(list, label, chosen, options);
}

/// What the plan is narrowed to: a form that changes the address, so it can be sent to somebody.
Html chooser(Page const& page, std::string_view view) {
  auto const& say = page.say;
  std::vector<std::pair<std::string, std::string>> regions{{"all", std::string(say("The whole country"))}};
  for (auto const* region : page.facts->places->regions()) regions.emplace_back(region->code, place_name(page, region->id));
  Html fields = select("region", say("Region"), page.region ? std::string_view(page.region->code) : std::string_view("all"), regions);
  fields += coded(page, "audience", say("For whom"), say("For everybody"), page.narrow.audience);
  fields += coded(page, "kind", say("Kind"), say("Every kind"), page.narrow.kind);
  fields += coded(page, "topic", say("Topic"), say("Every topic"), page.narrow.topic);
  if (page.edition.id != page.current) fields.add("<input type=\"hidden\" name=\"edition\" value=\"{}\">", page.edition.slug);
  if (!view.empty()) fields.add("<input type=\"hidden\" name=\"view\" value=\"{}\">", view);
  Html out = html("<form class=\"choose\" method=\"get\" action=\"{}\">{}<button class=\"button second\">{}</button></form>", say.path("/work/gaps"),
                  fields, say("Show"));
  if (!page.narrow.empty()) out.add("<p class=\"soft\">{}</p>", say("Invitations are not narrowed by this choice: every one that waits counts."));
  return out;
}

std::string region_code(Page const& page) { return page.region ? page.region->code : "all"; }

struct View {
  std::string_view code;
  std::optional<By> by;  ///< nothing: by need
};
constexpr View all_views[] = {{"", {}}, {"weeks", By::week}, {"audience", By::audience}, {"kind", By::kind}, {"topic", By::topic}};

View const& chosen_view(Request const& request) {
  auto const found = std::ranges::find(all_views, request.query.get("view"), &View::code);
  return found == std::end(all_views) ? all_views[0] : *found;
}

std::string_view name(Say const& say, View const& view) {
  if (!view.by) return say("By need");
  switch (*view.by) {
    case By::week: return say("Week by week");
    case By::audience: return say("By audience");
    case By::kind: return say("By kind");
    case By::topic: return say("By topic");
  }
  return {};
}

Html views(Page const& page, View const& chosen) {
  auto const& say = page.say;
  auto const region = region_code(page);
  auto const table = here(page, "/work/gap-table", region);
  Html list;
  for (auto const& view : all_views)
    list.add("<li><a class=\"chip\" href=\"{}\" {}>{}</a></li>", here(page, "/work/gaps", region, view.code),
             BIRGE_WHEN(&view == &chosen, "aria-current=\"true\""), name(say, view));
  return html(
      "<ul class=\"chips\" aria-label=\"{}\">{}<li><a class=\"chip\" href=\"{}\">{} {}</a></li><li><a class=\"chip\" href=\"{}\">{} CSV</a></li></ul>",
      say("Views"), list, table, site::icon("download"), say("Excel"), own_path(std::string(table.text()) + "&format=csv"), site::icon("download"));
}

std::string lead(Page const& page) {
  auto const& say = page.say;
  auto const never = std::ranges::count_if(page.rows, [&](Row const& row) { return page.shows(row) && row.is_place && row.seen.held == 0; });
  if (never == 0) return std::string(say("Something was held in every district. Here is where it was longest ago, for the most people."));
  return say.plural("{} district was never reached.", "{} districts were never reached.", never);
}

/// The place that the address names; Problem(not_found) where it is nowhere one can go to.
Row const& found(Page const& page) {
  auto const code = page.request.capture("code");
  auto const* place = page.facts->places->by_code(code);
  auto const row = std::ranges::find_if(page.rows, [&](Row const& each) { return place && each.spot.place == place->id; });
  if (row == page.rows.end()) throw Problem(Failure::not_found, message("No district is called “{}”.", shortened(clean_line(code), 60)));
  return *row;
}

Html facts_of(Page const& page, Row const& row) {
  auto const& say = page.say;
  Html items;
  auto const item = [&](std::string_view icon, std::string_view label, Html const& value) {
    items.add("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon(icon), label, value);
  };
  item("chart", say("Points"), html("{}", say.number(row.points)));
  item("person", say("Invitations waiting"), waiting_number(page, row));
  if (row.unit && row.is_place) item("people", say("Inhabitants not reached, at least"), html("{}", say.number(row.not_reached)));
  if (row.seen.last || row.is_place)
    item("clock", say("Weeks without"),
         html("{}", row.seen.last ? say("{}, last on {}", row.weeks, *row.seen.last) : say("{}, never reached", say.number(row.weeks))));
  item("calendar", say("Planned"), number(page, row.seen.planned, list_of_key(page, row.spot.key, Status::any)));
  item("check", say("Held"), number(page, row.seen.held, list_of_key(page, row.spot.key, Status::held)));
  if (row.seen.next) item("calendar", say("Next activity"), html("{}", say.date(*row.seen.next)));
  return html("<dl class=\"facts\">{}</dl>", items);
}

constexpr std::size_t most_organisations = 20;  // the nearest ones: more would be a register

/// Organisations active here or nearby: organisations and numbers, no people.
Html who_could_go(Page const& page, Row const& row) {
  auto const& say = page.say;
  Store store(page.request.read());
  std::size_t left = most_organisations;
  auto const day = [&](std::optional<Day> which) { return which ? say.short_date(*which) : std::string(); };
  Html body;
  for (auto const id : around(*page.facts->places, row.spot.place)) {
    auto const* place = page.facts->places->find(id);
    auto const distance = kilometres(*page.facts->places, row.spot.place, id);
    for (auto const& active : store.active(page.edition.id, id, place->level == place::Level::region, page.today)) {
      if (left == 0) break;
      --left;
      activity::Filter filter;
      filter.edition = page.edition.id;
      filter.place = id;
      filter.organisation = active.organisation;
      auto held = filter;
      held.status = Status::held;
      body.add(
          "<tr><th scope=\"row\">{}</th><td data-label=\"{}\">{}</td><td class=\"n\" data-label=\"{}\">{}</td><td class=\"n\" data-label=\"{}\">{}</td>"
          "<td data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td></tr>",
          activity::view::organisation_html(page.request, *page.facts, active.organisation), say("Where"),
          id == row.spot.place ? std::string(say("here"))
                               : place_name(page, id) + ", " + say("{} km", static_cast<std::int64_t>(std::llround(distance.value_or(0)))),
          say("Planned"), number(page, active.planned, list_of_filter(page, filter)), say("Held"),
          number(page, active.held, list_of_filter(page, held)), say("Latest held"), day(active.last), say("Next planned"), day(active.next));
    }
  }
  if (body.empty()) return html("<section><h2>{}</h2><p>{}</p></section>", say("Who could go?"), say("No organisation is active nearby yet."));
  return html(
      "<section><h2>{}</h2><p>{}</p><table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>{}</tbody></table></section>",
      say("Who could go?"), say("Organisations with activities of this edition here and in the districts around, up to {} km away.", near_kilometres),
      say("Who could go?"), say("Organisation"), say("Where"), say("Planned"), say("Held"), say("Latest held"), say("Next planned"), body);
}

/// The weeks of one place, one under the other: on a telephone a table as wide as the campaign helps nobody.
Html weeks_of(Page const& page, Row const& row) {
  auto const& say = page.say;
  std::map<Day, Store::Cell> by_week;
  for (auto const& cell : Store(page.request.read()).cells(page.edition.id, row.spot.region, page.narrow, By::week))
    if (cell.key == row.spot.key) by_week[Day::parse(cell.column).value()] = cell;
  for (auto const week : weeks(page.edition.campaign_from, page.edition.campaign_until)) by_week.try_emplace(week);
  Html body;
  for (auto const& [monday, week] : by_week) {
    body.add("<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"screen\">{}</td></tr>",
             say.day_and_month(monday), number(page, week.planned, list_of_key(page, row.spot.key, Status::any, monday)),
             number(page, week.held, list_of_key(page, row.spot.key, Status::held, monday)),
             week.planned == 0 ? plan_link(page, row.spot.place, monday, say("Plan an activity"), "plus") : Html());
  }
  return html(
      "<section><h2 id=\"by-week\">{}</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"by-week\"><table><thead><tr><th scope=\"col\">{}"
      "</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><td class=\"screen\"></td></tr></thead><tbody>{}</tbody></table></div></section>",
      say("Week by week"), say("Week from"), say("Planned"), say("Held"), body);
}

struct Column {
  std::string title;
  double width;
};

std::vector<Column> columns(Page const& page) {
  auto const& say = page.say;
  std::vector<Column> list{{std::string(say("Region")), 20},
                           {std::string(say("District")), 24},
                           {std::string(say("Points")), 10},
                           {std::string(say("Invitations waiting")), 12},
                           {std::string(say("Inhabitants not reached, at least")), 16},
                           {std::string(say("Weeks without")), 12},
                           {std::string(say("Planned")), 10},
                           {std::string(say("Held")), 10},
                           {std::string(say("per 1,000 inhabitants, from")), 14},
                           {std::string(say("per 1,000 inhabitants, to")), 14},
                           {std::string(say("Nearest activity, km")), 14}};
  if (page.edition.sample) list.push_back({std::string(say("Sample data")), 12});
  return list;
}

/// A row that is copied into another file must still say that it is invented.
void end_row(Page const& page, auto& file) {
  if (page.edition.sample) file.text(page.say("sample"));
  file.end_row();
}

/// The table's cells, written to either kind of file.
void write_rows(Page const& page, auto& file) {
  for (auto const& row : page.rows) {
    if (!page.shows(row)) continue;
    file.text(place_name(page, row.spot.region));
    file.text(place_name(page, row.spot.place));
    file.number(row.points);
    file.number(row.waiting);
    if (row.is_place) file.number(row.not_reached);
    else file.empty();
    file.number(row.weeks);
    file.number(row.seen.planned);
    file.number(row.seen.held);
    file.decimal(row.rate_low, 2);
    file.decimal(row.rate_high, 2);
    if (row.nearest) file.number(row.nearest->kilometres);
    else file.empty();
    end_row(page, file);
  }
  for (auto const& rest : rest_of(page)) {
    auto const& seen = page.seen.at(rest.key);
    file.text("");
    file.text(rest.name);
    for (int i = 0; i < 4; ++i) file.empty();
    file.number(seen.planned);
    file.number(seen.held);
    for (int i = 0; i < 3; ++i) file.empty();
    end_row(page, file);
  }
}

}  // namespace

Reply planner(Request& request) {
  auto const page = read_page(request);
  auto const& say = page.say;
  auto const& view = chosen_view(request);
  auto const where = page.region ? place_name(page, page.region->id) : std::string(say("The whole country"));
  Html main = html("<p class=\"above\">{} · {}</p><h1>{}</h1><p class=\"lead\">{}</p>{}{}", page.edition.name(say.language()), where,
                   say("Gap planner"), lead(page), chooser(page, view.code), views(page, view));
  if (view.by) main += grid(page, *view.by);
  else main.add("{}{}{}", map(page), formula(page), table(page));
  return workspace_page(page, say("Gap planner"), main);
}

Reply place_page(Request& request) {
  auto page = read_page(request);
  auto const& say = page.say;
  auto const& row = found(page);
  auto const name = page.facts->places->full_name(row.spot.place, say.language());
  return workspace_page(
      page, name,
      html(
          "<p class=\"above\"><a href=\"{}\">{}</a> · {}</p><h1>{}</h1><div class=\"actions\">{}</div><div class=\"beside\"><div>{}</div><aside>{}</aside></div>"
          "<div class=\"text\">{}</div>{}",
          here(page, "/work/gaps", page.facts->places->find(row.spot.region)->code), say("Gap planner"), page.edition.name(say.language()), name,
          plan_link(page, row.spot.place, {}, say("Plan an activity here"), "button"), facts_of(page, row), formula(page), weeks_of(page, row),
          who_could_go(page, row)));
}

Reply sheet(Request& request) {
  auto const page = read_page(request);
  auto const& say = page.say;
  auto const file_name = "gaps-" + page.edition.slug + "-" + region_code(page) + "-" + page.today.iso();
  Reply reply;
  if (request.query.get("format") == "csv") {
    sheet::CsvWriter file;
    for (auto const& column : columns(page)) file.text(column.title);
    file.end_row();
    write_rows(page, file);
    reply = http::download(std::move(file).take(), "text/csv; charset=utf-8", file_name + ".csv");
  } else {
    sheet::BookWriter file;
    std::vector<sheet::BookWriter::Column> heads;
    for (auto const& column : columns(page)) heads.push_back({column.title, column.width, {}, {}});
    std::vector<std::string> titles{page.edition.name(say.language()) + ", " + say.date(page.today)};
    if (page.edition.sample) titles.emplace_back(say("Sample data: activities and organisations are invented."));
    file.sheet(say("Gap planner"), heads, titles);
    write_rows(page, file);
    reply = http::download(std::move(file).take(), sheet::workbook_type, file_name + ".xlsx");
  }
  return reply;
}

}  // namespace birge::gap
