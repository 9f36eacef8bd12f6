#include "features/board/board_table.hpp"

#include <algorithm>

#include "features/board/board_pages.hpp"
#include "features/work/plan/plan_fields.hpp"

/// The table: filtered, sorted, with the columns one chose, and one step for many rows.
namespace birge::board {

namespace fields = work::fields;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr int rows_a_page = 100;

std::string shown_text(Say const& say, Value const& value) {
  if (auto const* text = std::get_if<std::string>(&value)) return *text;
  if (auto const* number = std::get_if<std::int64_t>(&value)) return say.number(*number);
  if (auto const* day = std::get_if<Day>(&value)) return say.short_date(*day);
  return {};
}

bool is_number(Column column) { return column == Column::expected || column == Column::attendance; }

bool shows(Table const& table, Column column) { return std::ranges::find(table.columns, column) != table.columns.end(); }

/// Whether a column stands below another one: on a screen hour and delay are with the day and the state, so that nothing is cut off at its edge. In files
/// they have a column of their own.
bool stands_below(Table const& table, Column column) {
  return (column == Column::time && shows(table, Column::day)) || (column == Column::late && shows(table, Column::state));
}

/// Which order a column's head asks for.
std::optional<Order> order_of(Column column) {
  if (column == Column::day) return Order::day;
  if (column == Column::state) return Order::state;
  if (column == Column::region) return Order::place;
  return std::nullopt;
}

Html head_cell(Table const& table, Column column) {
  auto const& say = table.look.say;
  auto const title = say(name(column));
  auto const order = order_of(column);
  if (!order) return html("<th scope=\"col\" class=\"{}\">{}</th>", is_number(column) ? "n" : "", title);
  bool const here = table.sort.by == *order;
  auto const path = std::string(say.path("/work/table").text()) + "?" + table.query(Sort{*order, here && !table.sort.down}).encoded();
  return html("<th scope=\"col\" aria-sort=\"{}\"><a href=\"{}\">{}{}</a></th>",
              !here             ? "none"
              : table.sort.down ? "descending"
                                : "ascending",
              own_path(path), title, !here ? Html() : html(" <span aria-hidden=\"true\">{}</span>", table.sort.down ? "↓" : "↑"));
}

Html late_tag(std::string_view text) { return html("<span class=\"tag attention\">{} {}</span>", site::icon("clock"), text); }

/// Beside the state it has to say what is late.
Html late_beside(Look const& look, Row const& row) {
  return row.late(look.today) ? html(" {}", late_tag(look.say("Late since {}", look.say.day_and_month(row.due_day)))) : Html();
}

Html hours_below(std::string_view hours) { return hours.empty() ? Html() : html(" <span class=\"hours\">{}</span>", hours); }

Html cell(Table const& table, Row const& row, Column column, Names const& names) {
  auto const& say = table.look.say;
  auto const label = say(name(column));
  if (column == Column::state)
    return html("<td data-label=\"{}\">{}{}</td>", label, state_tag(say, row.the_state()),
                shows(table, Column::late) ? late_beside(table.look, row) : Html());
  auto const text = shown_text(say, value_of(table, row, column, names));
  if (text.empty()) return html("<td data-label=\"{}\"></td>", label);
  if (column == Column::day && shows(table, Column::time))
    return html("<td data-label=\"{}\">{}{}</td>", label, text, hours_below(shown_text(say, value_of(table, row, Column::time, names))));
  if (column == Column::late) return html("<td data-label=\"{}\">{}</td>", label, late_tag(late_since(table.look, row)));
  return html("<td data-label=\"{}\" class=\"{}\">{}</td>", label, is_number(column) ? "n" : "", text);
}

struct Chosen {
  http::Parameters const& form;
  bool may = false;  ///< somebody who can make steps for rows at all

  bool ticked(Row const& row) const {
    auto const all = form.all("row");
    auto const value = id_text(row.id) + "." + std::to_string(row.version);
    return std::ranges::find(all, value) != all.end();
  }
};

Html body_row(Table const& table, Row const& row, Names const& names, Chosen const& chosen) {
  auto const& look = table.look;
  Html cells;
  if (chosen.may)
    cells.add(
        "<td class=\"tick\"><label class=\"choice\"><input type=\"checkbox\" name=\"row\" value=\"{}.{}\" {}> <span class=\"heard\">{}</span></label></td>",
        row.id, row.version, BIRGE_WHEN(chosen.ticked(row), "checked"), row.title);
  cells.add("<th scope=\"row\"><a href=\"{}\">{}</a></th>", work::activity_page(look.say, row.id), title_of(look, row));
  for (auto const column : table.columns)
    if (!stands_below(table, column)) cells += cell(table, row, column, names);
  return html("<tr class=\"{}\">{}</tr>", row.the_state() == State::cancelled ? "off" : "", cells);
}

/// One step for many rows: for those ticked, or for all that the filter finds.
Html step_fields(Table const& table, std::int64_t all, http::Parameters const& form, std::vector<Fault> const& faults,
                 http::Parameters const& where) {
  auto const& say = table.look.say;
  fields::Form const look{say, form, faults};
  std::vector<fields::Choice> actions{{"", std::string(say("Choose a step"))}};
  for (auto const action : {work::Action::propose, work::Action::approve, work::Action::give_back, work::Action::hold, work::Action::confirm,
                            work::Action::reject_result, work::Action::cancel})
    actions.push_back({std::string(work::code(action)), say(work::name(action))});
  Html body = fields::hidden("post", work::new_token(table.look.request));
  body += fields::hidden("query", table.query().encoded());
  body += fields::hidden("page", where.has("before")  ? "before=" + std::string(where.get("before"))
                                 : where.has("after") ? "after=" + std::string(where.get("after"))
                                                      : "");
  body += fields::hidden("drawn", std::to_string(table.look.request.now.time_since_epoch().count()));
  body += fields::select(look, "step", say("One step for many"), actions);
  body +=
      fields::input(look, "reason", say("Reason"), {.hint = say("For a return or a cancellation; it stands with each of them."), .optional = true});
  auto const most = std::min<std::int64_t>(all, most_at_once);
  body += fields::radios(look, "which", say("For which"),
                         {{"ticked", std::string(say("Those that are ticked"))},
                          {"all", all > most_at_once ? say("The first {} of {} that the filter finds", most, all)
                                                     : say.plural("The one that the filter finds", "All {} that the filter finds", all)}});
  return html("<details class=\"many\" {}><summary>{}</summary>{}<div class=\"actions\"><button class=\"button\">{}</button></div></details>",
              BIRGE_WHEN(!std::ranges::all_of(faults, of_a_view), "open"), say("Do something for many"), body, say("Go on"));
}

Html column_form(Table const& table) {
  auto const& say = table.look.say;
  Html body;
  auto const query = table.query();
  for (auto const& [name, value] : query.list())
    if (name != "column") body += fields::hidden(name, value);
  for (auto const column : all_columns) {
    if (names_people(column) && !table.look.names) continue;
    bool const on = std::ranges::find(table.columns, column) != table.columns.end();
    body.add("<label class=\"choice\"><input type=\"checkbox\" name=\"column\" value=\"{}\" {}> {}</label>", code(column), BIRGE_WHEN(on, "checked"),
             say(name(column)));
  }
  return html(
      "<details class=\"selection\"><summary>{} {}</summary><form method=\"get\" action=\"{}\"><div class=\"boxes\">{}</div><div class=\"actions\"><button "
      "class=\"button\">{}</button></div></form></details>",
      site::icon("table"), say("Columns"), say.path("/work/table"), body, say("Show"));
}

Html page_links(Table const& table, std::vector<Row> const& rows, http::Parameters const& where, bool full) {
  auto const& say = table.look.say;
  auto store = table.look.store();
  bool const backwards = where.has("before");
  bool const earlier = backwards ? full : where.has("after");
  bool const later = backwards || full;
  Html out;
  if (earlier)
    out.add("<a class=\"button second\" rel=\"prev\" href=\"{}\">{} {}</a>",
            table.address("/work/table", {{"before", store.cursor(rows.front(), table.sort).text()}}), site::icon("back"), say("Rows before"));
  if (later) out += site::later_link(table.address("/work/table", {{"after", store.cursor(rows.back(), table.sort).text()}}), say("Rows after"));
  return out.empty() ? out : html("<nav class=\"pages\" aria-label=\"{}\">{}</nav>", say("Pages"), out);
}

Html files(Table const& table) {
  auto const& say = table.look.say;
  return html("<ul class=\"links\"><li><a href=\"{}\">{} {}</a></li><li><a href=\"{}\">{} {}</a></li></ul>",
              table.address("/work/table/export", {{"format", "xlsx"}}), site::icon("download"), say("Workbook (XLSX)"),
              table.address("/work/table/export", {{"format", "csv"}}), site::icon("download"), say("Table (CSV)"));
}

bool may_step(account::Person const& person) {
  return account::may_somewhere(person, account::Permission::approve) || account::may_somewhere(person, account::Permission::plan);
}

}  // namespace

http::Parameters Table::query(std::optional<Sort> other) const {
  auto const order = other.value_or(sort);
  auto list = look.query().list();
  if (order != Sort{}) list.emplace_back("sort", text_of(order));
  if (columns != columns_of({}, look.names))
    for (auto const column : columns) list.emplace_back("column", code(column));
  return http::Parameters::of(std::move(list));
}

Url Table::address(std::string_view path, Pairs const& more) const {
  auto list = query().list();
  list.insert(list.end(), more.begin(), more.end());
  auto const encoded = http::Parameters::of(std::move(list)).encoded();
  return own_path("/" + std::string(look.say.code()) + std::string(path) + (encoded.empty() ? "" : "?" + encoded));
}

Table table_of(Request& request, http::Parameters const& query) {
  Table table{look(request, query), {}, {}};
  table.sort = sort_of(query.get("sort")).value_or(Sort{});
  table.columns = columns_of(query, table.look.names);
  return table;
}

Reply table_page(Table const& table, http::Parameters const& where, http::Parameters const& form, std::vector<Fault> const& faults, Status status) {
  auto const& look = table.look;
  auto const& say = look.say;
  auto store = look.store();
  auto const before = Cursor::parse(where.get("before"));
  auto const after = Cursor::parse(where.get("after"));
  auto rows = store.rows(look.selection, table.sort, say.language(), before ? before : after, before.has_value(), rows_a_page + 1);
  bool const full = static_cast<int>(rows.size()) > rows_a_page;
  if (full) rows.erase(before ? rows.begin() : rows.end() - 1);
  std::int64_t all = 0;
  for (auto const& [state, number] : store.counts(look.selection)) all += number;

  Html main = top(look, say("Table"), {});
  fields::Form const wrong{say, form, faults};
  main += fields::faults_above(wrong);
  main += saved_part(table, form, faults);
  Pairs kept;
  auto const query = table.query();
  for (auto const& [name, value] : query.list())
    if (name == "sort" || name == "column") kept.emplace_back(name, value);
  main += filters(look, {"/work/table", kept, true, true});
  if (rows.empty()) {
    main += nothing(look, "/work/table");
    return view_page(look, say("Table"), main, status);
  }
  main += column_form(table);
  main.add("<p class=\"found\"><b>{}</b></p>", say.plural("{} activity", "{} activities", all));
  main += files(table);
  Chosen const chosen{form, may_step(look.person)};
  auto const names = names_for(table, rows);
  Html head, body;
  if (chosen.may)
    head.add("<th scope=\"col\" class=\"tick\" data-all=\"{}\"><span class=\"heard\">{}</span></th>", say("Tick all on this page"), say("Tick"));
  head.add("<th scope=\"col\">{}</th>", say("Title"));
  for (auto const column : table.columns)
    if (!stands_below(table, column)) head += head_cell(table, column);
  for (auto const& row : rows) body += body_row(table, row, names, chosen);
  Html content = html(
      "<div class=\"broad\" tabindex=\"0\" role=\"region\" aria-labelledby=\"rows\"><table class=\"stack activities\"><caption id=\"rows\" class=\"heard\">{}</caption>"
      "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
      say("Activities"), head, body);
  if (chosen.may)
    content = site::form(look.request, say.path("/work/table/steps"), html("{}{}", step_fields(table, all, form, faults, where), content));
  main += content;
  main += page_links(table, rows, where, full);
  return view_page(look, say("Table"), main, status);
}

Reply table(Request& request) {
  http::Parameters form;
  form.set("which", "ticked");
  return table_page(table_of(request, request.query), request.query, form, {}, Status::ok);
}

}  // namespace birge::board
