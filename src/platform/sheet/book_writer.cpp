#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>

#include "platform/base/text.hpp"
#include "platform/sheet/book_text.hpp"

namespace birge::sheet {
namespace {

constexpr lxw_row_t last_row = LXW_ROW_MAX - 1;
constexpr std::size_t longest_list = 255;       ///< characters of a drop-down's own list, and of a note
constexpr std::size_t longest_address = 2'000;  ///< Excel allows 2,079 with what is escaped
constexpr int most_links = 65'530;              ///< of a worksheet, Excel's limit

[[noreturn]] void refuse_unwritten(std::string const& why) {
  throw Problem(Failure::internal, message("The workbook could not be written; the disk may be full: make room and try again."), why);
}

/// A file that is gone at the end. The library can only write to a named one.
class TemporaryFile {
public:
  TemporaryFile() {
    auto const* const place = std::getenv("TMPDIR");
    if (place != nullptr && *place != '\0') folder_ = place;
    name_ = folder_ + "/birge-XXXXXX";
    auto const descriptor = ::mkstemp(name_.data());
    if (descriptor < 0) refuse_unwritten(name_ + ": " + std::strerror(errno));
    ::close(descriptor);
  }
  TemporaryFile(TemporaryFile const&) = delete;
  TemporaryFile& operator=(TemporaryFile const&) = delete;
  ~TemporaryFile() { ::unlink(name_.c_str()); }
  std::string const& name() const { return name_; }
  std::string& folder() { return folder_; }

private:
  std::string folder_ = "/tmp", name_;
};

}  // namespace

struct BookWriter::Inside {
  TemporaryFile file;
  lxw_workbook* workbook = nullptr;
  lxw_worksheet* worksheet = nullptr;
  std::set<std::string> names;
  std::vector<std::vector<std::string>> lists;  ///< for the hidden worksheet, one list a column
  lxw_format* formats[6] = {};
  std::map<int, lxw_format*> decimals;
  lxw_format* link = nullptr;
  lxw_format* day = nullptr;
  lxw_row_t row = 0, header = 0;
  lxw_col_t column = 0, columns = 0;
  int links = 0;

  Inside();
  ~Inside();
  Inside& ready();
  std::string unique_name(std::string_view wanted);
  void finish_sheet();
  void check(lxw_worksheet* sheet) const;
  void offer(lxw_col_t column, Column const& about);
  void write_lists();
  std::string close();
  lxw_format* format(Style style) const { return formats[static_cast<int>(style)]; }
  lxw_format* decimal(int digits);
};

BookWriter::Inside::Inside() {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = file.folder().data();
  workbook = workbook_new_opt(file.name().c_str(), &options);
  if (workbook == nullptr) throw std::bad_alloc();
  auto const add = [&](Style style) { return formats[static_cast<int>(style)] = workbook_add_format(workbook); };
  for (auto const style : {Style::header, Style::required}) {
    auto* const header_format = add(style);
    format_set_bold(header_format);
    format_set_bg_color(header_format, style == Style::header ? 0xE3EEF0 : 0x1F5F6B);
    if (style == Style::required) format_set_font_color(header_format, LXW_COLOR_WHITE);
    format_set_bottom(header_format, LXW_BORDER_THIN);
    format_set_text_wrap(header_format);
    format_set_align(header_format, LXW_ALIGN_VERTICAL_TOP);
  }
  auto* const title = add(Style::title);
  format_set_bold(title);
  format_set_font_size(title, 14);
  auto* const total = add(Style::total);
  format_set_bold(total);
  format_set_top(total, LXW_BORDER_THIN);
  auto* const note = add(Style::note);
  format_set_italic(note);
  format_set_font_color(note, 0x5A5A5A);
  link = workbook_get_default_url_format(workbook);
  day = workbook_add_format(workbook);
  format_set_num_format_index(day, 14);  // the reader's own way to write days
  format_set_align(day, LXW_ALIGN_LEFT);
}

BookWriter::Inside::~Inside() {
  if (workbook != nullptr) workbook_close(workbook);  // the only way to free it
}

BookWriter::Inside& BookWriter::Inside::ready() {
  if (worksheet == nullptr) throw std::logic_error("BookWriter: a cell before the first worksheet");
  return *this;
}

std::string BookWriter::Inside::unique_name(std::string_view wanted) {
  auto const name = sheet_name(wanted);
  auto candidate = name;
  for (int number = 2; !names.insert(fold(candidate)).second; ++number) {
    auto const suffix = " (" + std::to_string(number) + ")";
    candidate = storable(name, 31 - suffix.size()) + suffix;
  }
  return candidate;
}

/// The library writes rows to a temporary file without looking whether the disk takes them.
void BookWriter::Inside::check(lxw_worksheet* sheet) const {
  auto* const rows = sheet->optimize_tmpfile;
  if (rows == nullptr) refuse_unwritten("no temporary file");
  if (std::fflush(rows) != 0 || std::ferror(rows) != 0) refuse_unwritten(std::strerror(errno));
}

void BookWriter::Inside::finish_sheet() {
  if (worksheet == nullptr) return;
  if (columns > 0) worksheet_autofilter(worksheet, header, 0, std::max(header, row > 0 ? row - 1 : 0), static_cast<lxw_col_t>(columns - 1));
  worksheet = nullptr;
}

void BookWriter::Inside::offer(lxw_col_t at, Column const& about) {
  lxw_data_validation rule{};
  std::vector<char*> list;
  std::string formula, note = storable(about.note, longest_list);
  rule.validate = LXW_VALIDATION_TYPE_ANY;
  if (!about.choices.empty()) {
    std::size_t size = about.choices.size() - 1;
    bool own = false;
    for (auto const& choice : about.choices) {
      size += choice.size();  // in bytes: the library counts characters and then writes past its buffer (1.1.5)
      own |= choice.find_first_of(",\"\n") != std::string::npos || !valid_utf8(choice) || choice.starts_with('=');
    }
    if (own || size > longest_list) {
      lists.push_back(about.choices);
      char from[LXW_MAX_CELL_NAME_LENGTH], to[LXW_MAX_CELL_NAME_LENGTH];
      lxw_rowcol_to_cell_abs(from, 0, static_cast<lxw_col_t>(lists.size() - 1), LXW_TRUE, LXW_TRUE);
      lxw_rowcol_to_cell_abs(to, static_cast<lxw_row_t>(about.choices.size() - 1), static_cast<lxw_col_t>(lists.size() - 1), LXW_TRUE, LXW_TRUE);
      formula = std::string("=Choices!") + from + ":" + to;
      rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
      rule.value_formula = formula.data();
    } else {
      for (auto const& choice : about.choices) list.push_back(const_cast<char*>(choice.c_str()));  // the library only reads them
      list.push_back(nullptr);
      rule.validate = LXW_VALIDATION_TYPE_LIST;
      rule.value_list = list.data();
    }
  }
  if (!note.empty()) rule.input_message = note.data();
  if (rule.validate == LXW_VALIDATION_TYPE_ANY && note.empty()) return;
  worksheet_data_validation_range(worksheet, header + 1, at, last_row, at, &rule);
}

void BookWriter::Inside::write_lists() {
  if (lists.empty()) return;
  auto* const sheet = workbook_add_worksheet(workbook, "Choices");
  if (sheet == nullptr) refuse_unwritten("no worksheet for the choices");
  std::size_t longest = 0;
  for (auto const& list : lists) longest = std::max(longest, list.size());
  for (std::size_t at = 0; at < longest; ++at)
    for (std::size_t list = 0; list < lists.size(); ++list)
      if (at < lists[list].size())
        worksheet_write_string(sheet, static_cast<lxw_row_t>(at), static_cast<lxw_col_t>(list),
                               escaped(storable(lists[list][at], longest_text)).c_str(), nullptr);
  check(sheet);
  worksheet_hide(sheet);
}

std::string BookWriter::Inside::close() {
  finish_sheet();
  write_lists();
  lxw_worksheet* sheet = nullptr;
  STAILQ_FOREACH(sheet, workbook->worksheets, list_pointers) check(sheet);
  auto const error = workbook_close(workbook);
  workbook = nullptr;
  if (error != LXW_NO_ERROR) refuse_unwritten(lxw_strerror(error));
  std::ifstream stream(file.name(), std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  if (!stream || bytes.empty()) refuse_unwritten("the finished file cannot be read");
  return bytes;
}

lxw_format* BookWriter::Inside::decimal(int digits) {
  auto& made = decimals[digits];
  if (made != nullptr) return made;
  made = workbook_add_format(workbook);
  format_set_num_format(made, (digits == 0 ? "0" : "0." + std::string(static_cast<std::size_t>(digits), '0')).c_str());
  return made;
}

BookWriter::BookWriter() : inside_(std::make_unique<Inside>()) {}
BookWriter::~BookWriter() = default;

void BookWriter::sheet(std::string_view name, std::vector<Column> const& columns, std::vector<std::string> const& title_rows) {
  auto& in = *inside_;
  in.names.insert("choices");
  in.finish_sheet();
  in.worksheet = workbook_add_worksheet(in.workbook, in.unique_name(name).c_str());
  if (in.worksheet == nullptr) refuse_unwritten("no further worksheet");
  in.row = 0, in.column = 0, in.links = 0;
  in.columns = static_cast<lxw_col_t>(columns.size());
  for (lxw_col_t at = 0; at < in.columns; ++at) worksheet_set_column(in.worksheet, at, at, columns[at].width, nullptr);
  for (auto const& title : title_rows) {
    text(title, &title == &title_rows.front() ? Style::title : Style::note);
    end_row();
  }
  in.header = in.row;
  worksheet_freeze_panes(in.worksheet, in.header + 1, 0);
  for (lxw_col_t at = 0; at < in.columns; ++at) in.offer(at, columns[at]);
  for (auto const& column : columns) text(column.title, column.required ? Style::required : Style::header);
  end_row();
}

void BookWriter::text(std::string_view value, Style style) {
  auto& in = inside_->ready();
  // Strings are stored as strings: nothing that looks like a formula is run, so no apostrophe is needed here.
  worksheet_write_string(in.worksheet, in.row, in.column++, escaped(storable(value, longest_text)).c_str(), in.format(style));
}

void BookWriter::link(std::string_view address, std::string_view shown) {
  auto& in = inside_->ready();
  bool const known = address.starts_with("https://") || address.starts_with("http://") || address.starts_with("mailto:");
  auto const label = storable(shown, longest_text);
  if (!known || in.links >= most_links || address.size() > longest_address || !valid_utf8(address)) return text(label);
  ++in.links;
  auto const error = worksheet_write_url_opt(in.worksheet, in.row, in.column, std::string(address).c_str(), in.link, label.c_str(), nullptr);
  if (error != LXW_NO_ERROR) return text(label);
  ++in.column;
}

void BookWriter::number(std::int64_t value, Style style) {
  auto& in = inside_->ready();
  // A number of more than 15 digits would lose its last ones.
  if (value > 999'999'999'999'999 || value < -999'999'999'999'999) return text(std::to_string(value), style);
  worksheet_write_number(in.worksheet, in.row, in.column++, static_cast<double>(value), in.format(style));
}

void BookWriter::decimal(double value, int digits) {
  auto& in = inside_->ready();
  if (!std::isfinite(value)) return empty();
  worksheet_write_number(in.worksheet, in.row, in.column++, value, in.decimal(std::clamp(digits, 0, 15)));
}

void BookWriter::day(Day value) {
  auto& in = inside_->ready();
  // Excel believes in a 29 February 1900, so the days before it are one off.
  int const serial = value.number + 25'569 - (value.number < -25'508 ? 1 : 0);
  if (serial < 1) return text(value.iso());
  worksheet_write_number(in.worksheet, in.row, in.column++, serial, in.day);
}

void BookWriter::empty() { ++inside_->column; }

void BookWriter::end_row() {
  ++inside_->row;
  inside_->column = 0;
}

std::string BookWriter::take() && { return inside_->close(); }

}  // namespace birge::sheet
