#include "platform/sheet/csv_reader.hpp"

#include <algorithm>
#include <cctype>

#include "platform/sheet/csv_encoding.hpp"
#include "platform/sheet/csv_record.hpp"

namespace birge::sheet {
namespace {

constexpr std::size_t sample_bytes = 64 * 1024;
constexpr int most_unclosed_quotes = 100;  ///< each costs a second look at its line

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos; }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Documents that are text but no tables, and that Excel nevertheless writes or opens under a table's name.
void refuse_documents(std::string_view sample) {
  std::string lower;
  for (std::size_t at = 0; at < sample.size() && lower.size() < 9; ++at)
    if (sample[at] > ' ' || sample[at] < 0) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(sample[at])));
  for (std::string_view const known : {"<!doctype", "<html", "<?xml", "<table", "{\\rtf", "%pdf-", "{\"", "[{\""}) {
    if (!lower.starts_with(known)) continue;
    throw Problem(Failure::unsupported_type, message("This file is a document, not a table: open it in Excel, save it as .xlsx and send that."),
                  lower);
  }
}

Message delimiter_name(char delimiter) {
  switch (delimiter) {
    case '\t': return message("tab");
    case ';': return message("semicolon");
    case ',': return message("comma");
    default: return message("“{}”", std::string_view(&delimiter, 1));
  }
}

/// Excel's way to tell the delimiter: a first line such as sep=; that is not part of the table.
bool declares_delimiter(std::string_view sample) {
  return sample.size() >= 6 && (sample.starts_with("sep=") || sample.starts_with("SEP=")) && (sample[5] == '\r' || sample[5] == '\n');
}

class CsvBook final : public Book {
public:
  CsvBook(Source source, Limits const& limits) : source_(std::move(source)), limits_(limits), decoding_(find_encoding(source_)) {
    std::string sample;
    decode(source_, decoding_, [&](std::string_view piece) {
      sample += piece;
      return sample.size() < sample_bytes;
    });
    refuse_documents(sample);
    declared_ = declares_delimiter(sample);
    std::string_view table = sample;
    if (declared_) table.remove_prefix(sample.compare(5, 2, "\r\n") == 0 ? 7 : 6);
    delimiter_ = find_delimiter(table, sample.size() < sample_bytes);
    if (declared_) delimiter_.character = sample[4];
  }

  std::vector<Table> const& tables() const override { return tables_; }
  bool is_workbook() const override { return false; }
  char delimiter() const override { return delimiter_.character; }

  Message understood() const override {
    auto const encoding = encoding_name(decoding_.encoding);
    auto delimiter = delimiter_name(delimiter_.character);
    return decoding_.damaged ? message("{} with unreadable characters, {}", encoding, std::move(delimiter))
                             : message("{}, {}", encoding, std::move(delimiter));
  }

  void read(std::size_t table, std::function<bool(Row const&)> const& take) override;

private:
  Source source_;
  Limits limits_;
  Decoding decoding_;
  Delimiter delimiter_;
  bool declared_ = false;
  std::vector<Table> tables_{Table{}};
};

/// One reading of the file: keeps the text that is not yet a whole record.
class Pass {
public:
  Pass(Limits const& limits, Delimiter const& delimiter, bool skip_first, std::function<bool(Row const&)> const& take)
      : limits_(limits), delimiter_(delimiter), skip_first_(skip_first), take_(take), bounds_{limits.cell_characters * 4, 16'384} {}

  bool add(std::string_view piece) {
    window_ += piece;
    if (window_.size() < wanted_) return true;
    auto const wanted = hand_over(false);
    // A record longer than the window makes the window grow twofold, so that no byte is parsed more than about twice.
    wanted_ = std::max(sample_bytes, 2 * window_.size());
    return wanted;
  }

  bool hand_over(bool at_end) {
    std::size_t start = 0;
    bool wanted = true;
    while (wanted && start < window_.size()) {
      auto record = next(std::string_view(window_).substr(start), at_end);
      if (record.state == CsvRecord::State::needs_more) break;
      start += record.end;
      wanted = pass_on(record);
    }
    window_.erase(0, start);
    return wanted;
  }

private:
  CsvRecord next(std::string_view text, bool at_end) {
    auto record = parse_record(text, delimiter_.character, Quotes::meant, at_end, bounds_);
    bool const unclosed = record.state == CsvRecord::State::unclosed;
    if (unclosed && ++unclosed_ > most_unclosed_quotes) refuse_quotes();
    // A quote that nobody closed swallows lines up to the next quoted field. The table's width, or that field's own quote in the
    // middle, tells such a record from a field with a line break.
    bool const odd = record.stray_quote || record.fields.size() != delimiter_.columns;
    if (unclosed || (record.spans_lines && odd)) {
      auto line = parse_record(text, delimiter_.character, Quotes::literal, at_end, bounds_);
      if (unclosed || (line.state == CsvRecord::State::complete && line.fields.size() == delimiter_.columns)) record = std::move(line);
    }
    if (record.state == CsvRecord::State::too_long) refuse_long_text();
    if (record.state == CsvRecord::State::too_wide) refuse_wide_row();
    return record;
  }

  bool pass_on(CsvRecord& record) {
    if (skip_first_) {
      skip_first_ = false;
      return true;
    }
    ++number_;
    auto& fields = record.fields;
    while (!fields.empty() && fields.back().empty()) fields.pop_back();
    if (std::all_of(fields.begin(), fields.end(), [](auto const& field) { return is_blank(field); })) return true;
    if (fields.size() > static_cast<std::size_t>(limits_.columns)) refuse_wide_row();
    if (++rows_ > limits_.rows)
      throw Problem(Failure::too_large, message("The table has more than {} rows: split it into several files.", limits_.rows));
    Row row;
    row.number = number_;
    row.cells.reserve(fields.size());
    for (auto& field : fields) {
      if (field.size() > limits_.cell_characters && characters(field) > limits_.cell_characters) refuse_long_text();
      auto& cell = row.cells.emplace_back();
      cell.type = field.empty() ? Cell::Type::empty : Cell::Type::text;
      cell.text = std::move(field);
    }
    return take_(row);
  }

  [[noreturn]] void refuse_quotes() const {
    throw Problem(Failure::unprocessable,
                  message("The quotation marks of this CSV file are not in pairs: open it in Excel, save it as .xlsx and send that."));
  }
  [[noreturn]] void refuse_long_text() const {
    throw Problem(Failure::unprocessable, message("A cell in or below row {} holds more than {} characters: shorten it and send the file again.",
                                                  std::max(number_, 1), limits_.cell_characters));
  }
  [[noreturn]] void refuse_wide_row() const {
    throw Problem(Failure::too_large,
                  message("The table has more than {} columns: delete those that are not needed and send the file again.", limits_.columns));
  }

  Limits limits_;
  Delimiter delimiter_;
  bool skip_first_;
  std::function<bool(Row const&)> const& take_;
  Bounds bounds_;
  std::string window_;
  std::size_t wanted_ = sample_bytes;
  int number_ = 0, rows_ = 0, unclosed_ = 0;
};

void CsvBook::read(std::size_t, std::function<bool(Row const&)> const& take) {
  Pass pass(limits_, delimiter_, declared_, take);
  bool wanted = true;
  decode(source_, decoding_, [&](std::string_view piece) { return wanted = pass.add(piece); });
  if (wanted) pass.hand_over(true);
}

}  // namespace

std::unique_ptr<Book> open_csv(Source source, Limits const& limits) { return std::make_unique<CsvBook>(std::move(source), limits); }

}  // namespace birge::sheet
