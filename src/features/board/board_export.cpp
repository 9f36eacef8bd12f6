#include <mutex>

#include "features/board/board_pages.hpp"
#include "features/board/board_table.hpp"
#include "platform/sheet/sheet.hpp"

/// What the table shows as a file: the same rows in the same order, with the columns one chose.
namespace birge::board {

namespace {

using sheet::BookWriter;
using sheet::CsvWriter;

constexpr int at_once = 500;

/// Hands over every row of the table, page by page.
void each_row(Table const& table, std::function<void(Row const&, Names const&)> const& take) {
  auto store = table.look.store();
  std::optional<Cursor> after;
  for (;;) {
    auto const rows = store.rows(table.look.selection, table.sort, table.look.say.language(), after, false, at_once);
    auto const names = names_for(table, rows);
    for (auto const& row : rows) take(row, names);
    if (static_cast<int>(rows.size()) < at_once) return;
    after = store.cursor(rows.back(), table.sort);
  }
}

std::string csv(Table const& table) {
  auto const& say = table.look.say;
  CsvWriter out;
  out.text(say("Title"));
  for (auto const column : table.columns) out.text(say(name(column)));
  if (table.look.edition.sample) out.text(say("Sample data"));
  out.end_row();
  each_row(table, [&](Row const& row, Names const& names) {
    out.text(row.title);
    for (auto const column : table.columns) {
      auto const value = value_of(table, row, column, names);
      if (auto const* text = std::get_if<std::string>(&value)) out.text(*text);
      else if (auto const* number = std::get_if<std::int64_t>(&value)) out.number(*number);
      else if (auto const* day = std::get_if<Day>(&value)) out.text(day->iso());
      else out.empty();
    }
    if (table.look.edition.sample) out.text(say("sample"));
    out.end_row();
  });
  return std::move(out).take();
}

std::string workbook(Table const& table) {
  auto const& look = table.look;
  auto const& say = look.say;
  std::vector<BookWriter::Column> columns{{std::string(say("Title")), 44, {}, {}}};
  for (auto const column : table.columns)
    columns.push_back({say(name(column)), column == Column::lead || column == Column::kind ? 30.0 : 18.0, {}, {}});
  if (look.edition.sample) columns.push_back({std::string(say("Sample data")), 12, {}, {}});
  std::vector<std::string> head{look.edition.name(say.language()), say("As of {}", say.moment(look.request.now, look.known->time_zone))};
  if (auto const chosen = chosen_in_words(look); !chosen.empty()) head.push_back(say("Chosen: {}", chosen));
  if (look.edition.sample) head.emplace_back(say("Sample data: activities and organisations are invented."));
  BookWriter book;
  book.sheet(say("Activities"), columns, head);
  each_row(table, [&](Row const& row, Names const& names) {
    book.text(row.title);
    for (auto const column : table.columns) {
      auto const value = value_of(table, row, column, names);
      if (auto const* text = std::get_if<std::string>(&value)) book.text(*text);
      else if (auto const* number = std::get_if<std::int64_t>(&value)) book.number(*number);
      else if (auto const* day = std::get_if<Day>(&value)) book.day(*day);
      else book.empty();
    }
    if (look.edition.sample) book.text(say("sample"));
    book.end_row();
  });
  return std::move(book).take();
}

}  // namespace

Reply table_file(Request& request) {
  auto const table = table_of(request, request.query);
  auto const format = request.query.get("format");
  if (format != "csv" && format != "xlsx") throw Problem(Failure::not_found, message("There is no file of this kind. Choose CSV or XLSX."));
  // A file of a large edition takes a core for a second: one at a time, so that many who ask cannot stop the pages.
  static std::mutex one_at_a_time;
  std::unique_lock const only(one_at_a_time, std::try_to_lock);
  if (!only.owns_lock()) throw Problem(Failure::busy, message("Another file is being made. Please try again in a moment."));
  auto const name = "table-" + table.look.edition.slug + "-" + table.look.today.iso() + "." + std::string(format);
  auto reply =
      format == "csv" ? http::download(csv(table), "text/csv; charset=utf-8", name) : http::download(workbook(table), sheet::workbook_type, name);
  reply.cache_control = "no-store";
  return reply;
}

}  // namespace birge::board
