#include <fmt/format.h>

#include "platform/base/text.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::sheet {
namespace {

/// -12, -12.5 or -12,5: text that begins with minus and yet can be run by nobody.
bool is_negative_number(std::string_view text) {
  if (!text.starts_with('-')) return false;
  std::size_t digits = 0, separators = 0;
  for (char const c : text.substr(1)) {
    if (c >= '0' && c <= '9') ++digits;
    else if ((c == '.' || c == ',') && digits > 0) ++separators;
    else return false;
  }
  return digits > 0 && separators <= 1;
}

}  // namespace

std::string safe_cell(std::string_view text) {
  // The full-width forms are run by spreadsheet programs of Japanese and Chinese systems.
  for (std::string_view const start : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"})
    if (text.starts_with(start) && !is_negative_number(text)) return "'" + std::string(text);
  return std::string(text);
}

void CsvWriter::separate() {
  if (!first_) out_ += delimiter_;
  first_ = false;
}

void CsvWriter::text(std::string_view value) {
  bool const only_field = first_;
  separate();
  auto const safe = safe_cell(plain_spaces(value));
  // An empty quoted first field keeps a record of one empty field apart from an empty line.
  if (safe.find_first_of(",;\t\"\r\n") == std::string::npos && !safe.starts_with(' ') && !safe.ends_with(' ')) {
    out_ += safe.empty() && only_field ? "\"\"" : safe;
    return;
  }
  out_ += '"';
  for (char const c : safe) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  out_ += '"';
}

void CsvWriter::number(std::int64_t value) {
  separate();
  out_ += fmt::format("{}", value);
}

void CsvWriter::decimal(double value, int digits) {
  separate();
  out_ += fmt::format("{:.{}f}", value, digits);
}

void CsvWriter::empty() { separate(); }

void CsvWriter::end_row() {
  out_ += "\r\n";
  first_ = true;
}

std::string CsvWriter::take() && { return std::move(out_); }

}  // namespace birge::sheet
