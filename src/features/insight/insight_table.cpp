#include "features/insight/insight_view.hpp"

namespace birge::insight::view {

namespace {

using Status = Filter::Status;

std::string heading(Say const& say, Column column) {
  switch (column) {
    case Column::planned: return std::string(say.in_context("column", "Planned"));
    case Column::held: return say(activity::name(Status::held));
    case Column::cancelled: return say(activity::name(Status::cancelled));
    case Column::unreported: return say(activity::name(Status::unreported));
    case Column::attendance: return std::string(say("Attendances"));
    case Column::reported: return std::string(say("of them reported"));
    case Column::confirmed: return std::string(say("of them confirmed"));
    case Column::audience: return std::string(say("Broadcast audience"));
  }
  return {};
}

void add_cell(Html& out, Page const& page, Opener const& opens, Line const& line, Column column) {
  auto const& say = page.say;
  bool const no_record = line[Measure::planned] == 0 && only_documented(page);
  if (no_record && (column == Column::planned || column == Column::held)) return void(out.add("–"));
  switch (column) {
    case Column::planned: return opens.add_number(out, say, line[Measure::planned], Status::any);
    case Column::held: return opens.add_number(out, say, line[Measure::held], Status::held);
    case Column::cancelled: return opens.add_number(out, say, line[Measure::cancelled], Status::cancelled);
    case Column::unreported: return opens.add_number(out, say, line.unreported, Status::unreported);
    case Column::attendance: return opens.add_count(out, say, line.attendance(), Status::counted);
    case Column::reported: return opens.add_count(out, say, line.reported(), Status::reported);
    case Column::confirmed: return opens.add_count(out, say, line.confirmed(), Status::confirmed);
    case Column::audience: return opens.add_count(out, say, line.audience(), Status::counted);
  }
}

Attribute class_of(Row::Kind kind) {
  switch (kind) {
    case Row::Kind::plain: return {};
    case Row::Kind::part: return Attribute("class=\"part\"");
    case Row::Kind::rest: return Attribute("class=\"rest\"");
    case Row::Kind::sum: return Attribute("class=\"sum\"");
  }
  return {};
}

void add_row(Html& out, Page const& page, Table const& table, Row const& row) {
  out.add("<tr {}><th scope=\"row\">{}</th>", class_of(row.kind), row.name);
  for (auto const column : table.columns) {
    out.add("<td>");
    add_cell(out, page, row.opens, row.line, column);
    out.add("</td>");
  }
  out.add("</tr>");
}

}  // namespace

namespace {

/// Where no result is on record, columns of what results tell would be columns of nothing but 0.
void leave_out_unknown(Page const& page, Table& table) {
  if (page.figures.total.without_result())
    std::erase_if(table.columns, [](Column column) {
      return column == Column::attendance || column == Column::reported || column == Column::confirmed || column == Column::audience;
    });
}

}  // namespace

void add_table(Html& out, Page const& page, Table table) {
  leave_out_unknown(page, table);
  out.add(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}\"><table class=\"counts\"><caption id=\"{}\">{}</caption><thead><tr><th scope=\"col\">{}</th>",
      table.id, table.id, table.caption, table.first);
  for (auto const column : table.columns) out.add("<th scope=\"col\">{}</th>", heading(page.say, column));
  out.add("</tr></thead><tbody>");
  for (auto const& row : table.rows) add_row(out, page, table, row);
  out.add("</tbody>");
  if (table.has_total) {
    out.add("<tfoot>");
    add_row(
        out, page, table,
        {.kind = Row::Kind::plain, .name = html("{}", page.say("In all")), .line = page.figures.total, .opens = Opener(page, page.figures.filter)});
    out.add("</tfoot>");
  }
  out.add("</table></div>");
}

Html table(Page const& page, Table table) {
  Html out;
  out.reserve(1024 + table.rows.size() * (128 + 96 * table.columns.size()));
  add_table(out, page, std::move(table));
  return out;
}

void add_folded_table(Html& out, Page const& page, Table table) {
  out.add("<details><summary>{}</summary>", page.say("Table: {}", table.caption));
  add_table(out, page, std::move(table));
  out.add("</details>");
}

Row row(Page const& page, std::string_view dimension, Line const& line, Html name) {
  return {.kind = Row::Kind::plain, .name = std::move(name), .line = line, .opens = Opener(page, narrowed(page.figures.filter, dimension, line.key))};
}

std::optional<Row> reconciling(Page const& page, std::string_view dimension, Html name) {
  Line rest = page.figures.total;
  for (auto const& line : page.figures.lines(dimension)) {
    rest.numbers.add(line.numbers, -1);
    rest.unreported -= line.unreported;
  }
  if (!page.figures.tells_late(dimension)) rest.unreported = 0;  // there is nothing to reconcile
  if (rest.numbers.zero() && rest.unreported == 0) return std::nullopt;
  auto const opens = in_several_lines(page.figures.filter, dimension);
  return Row{.kind = Row::Kind::rest, .name = std::move(name), .line = std::move(rest), .opens = opens ? Opener(page, *opens) : Opener()};
}

}  // namespace birge::insight::view
