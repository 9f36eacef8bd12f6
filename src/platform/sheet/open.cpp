#include <algorithm>

#include "platform/sheet/csv_reader.hpp"
#include "platform/sheet/source.hpp"
#include "platform/sheet/xlsx_reader.hpp"

namespace birge::sheet {
namespace {

/// The container of Office before 2007; also what a workbook with a password is wrapped in.
constexpr std::string_view compound_file = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Whether one of the compound file's streams has this name; names stand there in UTF-16.
bool has_stream(Source const& source, std::string_view name) {
  std::string wide;
  for (char const c : name) (wide += c) += '\0';
  std::string window;
  bool found = false;
  source.pieces(0, [&](std::string_view piece) {
    window.append(piece);
    found = window.find(wide) != std::string::npos;
    window.erase(0, window.size() - std::min(window.size(), wide.size()));
    return !found;
  });
  return found;
}

[[noreturn]] void refuse_compound_file(Source const& source) {
  if (has_stream(source, "EncryptedPackage"))
    throw Problem(Failure::unprocessable,
                  message("This workbook is protected with a password: remove the password in Excel, save it and send it again."));
  throw Problem(Failure::unsupported_type,
                message("This file is of the old Office format (.xls): open it in Excel, save it as .xlsx and send that."));
}

std::unique_ptr<Book> open(Source source, Limits const& limits) {
  auto const head = source.head(8);
  if (head.starts_with(compound_file.substr(0, 4))) refuse_compound_file(source);
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return open_xlsx(std::move(source), limits);
  return open_csv(std::move(source), limits);
}

}  // namespace

std::unique_ptr<Book> open_file(std::string const& path, Limits const& limits) { return open(Source::of_file(path, limits), limits); }

std::unique_ptr<Book> open_bytes(std::string bytes, Limits const& limits) { return open(Source::of_bytes(std::move(bytes), limits), limits); }

}  // namespace birge::sheet
