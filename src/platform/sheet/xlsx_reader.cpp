#include "platform/sheet/xlsx_reader.hpp"

#include <charconv>
#include <map>

#include "platform/sheet/cell_value.hpp"
#include "platform/sheet/merged_cells.hpp"
#include "platform/sheet/xml.hpp"

namespace birge::sheet {
namespace {

/// Makes rows of a worksheet's XML.
class RowsHandler final : public XmlHandler {
public:
  RowsHandler(WorkbookParts const& parts, std::string const& sheet, Limits const& limits, std::vector<MergedCells> const& merged,
              std::function<bool(Row const&)> const& take)
      : parts_(parts), sheet_(sheet), limits_(limits), merged_(merged), take_(take) {}

  void start(std::string_view name, Attributes const& attributes) override {
    if (name == "c") start_cell(attributes);
    else if (name == "v") gathering_ = has_value_ = true;
    else if (name == "t") gathering_ = phonetic_ == 0;
    else if (name == "f") cell_.formula = true;
    else if (name == "row") start_row(attributes);
    else if (name == "rPh") ++phonetic_;
  }

  void end(std::string_view name) override {
    if (name == "c") end_cell();
    else if (name == "v" || name == "t") gathering_ = false;
    else if (name == "row") end_row();
    else if (name == "rPh") --phonetic_;
    else if (name == "sheetData") done = true;
  }

  void text(std::string_view text) override {
    if (!gathering_) return;
    value_ += text;
    check_cell_length(value_, limits_);
  }

private:
  void start_row(Attributes const& attributes) {
    int number = 0;
    if (auto const given = attributes.find("r")) std::from_chars(given->data(), given->data() + given->size(), number);
    // The number may be missing; one that goes backwards is an error of the program that wrote it.
    row_.number = number > row_.number && number <= 1'048'576 ? number : row_.number + 1;
    row_.cells.clear();
    column_ = -1;
  }

  void start_cell(Attributes const& attributes) {
    cell_ = {};
    value_.clear();
    has_value_ = false;
    type_ = attributes.find("t").value_or("n");
    style_ = 0;
    if (auto const style = attributes.find("s")) std::from_chars(style->data(), style->data() + style->size(), style_);
    auto const given = column_of(attributes.find("r").value_or(""));
    column_ = given >= 0 ? given : column_ + 1;
  }

  void end_cell() {
    set_value();
    // A formula that shows nothing is an empty text; programs that cannot compute write no value, or an empty one of no type.
    bool const uncomputed = cell_.formula && !(has_value_ && type_ == "str");
    if (cell_.type == Cell::Type::empty && !uncomputed) return;
    if (column_ >= limits_.columns)
      throw Problem(
          Failure::too_large,
          message("The worksheet {} has more than {} columns: delete those that are not needed and send the file again.", sheet_, limits_.columns));
    auto const index = static_cast<std::size_t>(column_);
    if (row_.cells.size() <= index) row_.cells.resize(index + 1);
    row_.cells[index] = std::move(cell_);
  }

  void set_value() {
    if (type_ == "s") {
      std::size_t index = 0;
      auto const [end, error] = std::from_chars(value_.data(), value_.data() + value_.size(), index);
      if (value_.empty()) return;
      if (error != std::errc() || index >= parts_.strings.size()) refuse_damaged("a shared string that is not there");
      set_text(std::string(parts_.strings[index]));
    } else if (type_ == "inlineStr" || type_ == "str") {
      set_text(unescaped(value_));
    } else if (type_ == "b") {
      if (value_.empty()) return;
      cell_.type = Cell::Type::boolean;
      cell_.number = value_ == "1" || value_ == "true" ? 1 : 0;
      cell_.text = cell_.number == 1 ? "TRUE" : "FALSE";
    } else if (type_ == "e") {
      cell_.type = Cell::Type::error;
      cell_.text = std::move(value_);
    } else if (type_ == "d") {
      if (!value_.empty()) set_iso_date(cell_, value_);
    } else {
      auto const shown = style_ < parts_.styles.size() ? parts_.styles[style_] : Shown::number;
      set_number(cell_, value_, shown, parts_.from_1904);
    }
  }

  void set_text(std::string text) {
    cell_.type = text.empty() ? Cell::Type::empty : Cell::Type::text;
    cell_.text = std::move(text);
  }

  static bool is_blank(Cell const& cell) {
    if (cell.type == Cell::Type::empty) return !cell.formula;
    return cell.type == Cell::Type::text && cell.text.find_first_not_of(" \t\r\n\f\v") == std::string::npos;
  }

  void end_row() {
    bool blank = true;
    for (auto const& cell : row_.cells) blank = blank && is_blank(cell);
    merged_.fill(row_, blank);
    if (blank) return;
    if (++rows_ > limits_.rows)
      throw Problem(Failure::too_large, message("The worksheet {} has more than {} rows: split it into several files.", sheet_, limits_.rows));
    done = !take_(row_);
  }

  WorkbookParts const& parts_;
  std::string const& sheet_;
  Limits const& limits_;
  MergedRows merged_;
  std::function<bool(Row const&)> const& take_;
  Row row_;
  Cell cell_;
  std::string value_, type_;
  std::size_t style_ = 0;
  int column_ = -1, phonetic_ = 0, rows_ = 0;
  bool gathering_ = false, has_value_ = false;
};

class XlsxBook final : public Book {
public:
  XlsxBook(Source source, Limits const& limits)
      : source_(std::move(source)), limits_(limits), archive_(source_, limits_), parts_(read_workbook_parts(archive_, limits_)) {
    for (auto const& worksheet : parts_.worksheets) tables_.push_back(worksheet.table);
  }

  std::vector<Table> const& tables() const override { return tables_; }
  Message understood() const override { return {}; }
  bool is_workbook() const override { return true; }

  void read(std::size_t table, std::function<bool(Row const&)> const& take) override {
    auto const& worksheet = parts_.worksheets.at(table);
    auto& merged = merged_[table];
    if (!merged) merged = read_merged_cells(archive_, worksheet, limits_);
    RowsHandler handler(parts_, worksheet.table.name, limits_, *merged, take);
    read_xml(archive_, worksheet.part, handler);
  }

private:
  Source source_;
  Limits limits_;
  Archive archive_;
  WorkbookParts parts_;
  std::vector<Table> tables_;
  std::map<std::size_t, std::optional<std::vector<MergedCells>>> merged_;  ///< by table, of those that were read
};

}  // namespace

std::unique_ptr<Book> open_xlsx(Source source, Limits const& limits) { return std::make_unique<XlsxBook>(std::move(source), limits); }

}  // namespace birge::sheet
