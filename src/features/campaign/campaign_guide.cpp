#include "features/campaign/campaign_guide.hpp"

#include <set>

#include "platform/base/problem.hpp"
#include "platform/sheet/records.hpp"

namespace birge::campaign {

namespace {

using sheet::Record;
using sheet::Records;

[[noreturn]] void refuse(Records const& table, Record const& row, std::string_view what) {
  throw Problem(Failure::unprocessable, message("{}, row {}: “{}” cannot stand there.", table.name(), row.row(), what));
}

/// What nobody can date, nobody can tell to be old: such a source is good for nothing in a guide.
std::set<std::string> dated_sources(PackFiles const& files) {
  Records const table("sources.csv", files.require("sources.csv"));
  std::set<std::string> keys;
  for (auto const& row : table)
    if (!row["dated"].empty()) keys.insert(row["key"]);
  return keys;
}

}  // namespace

std::vector<GuideLine> read_guide(PackFiles const& files, std::vector<std::string> const& languages) {
  auto const csv = files.read("guide.csv");
  if (!csv) return {};
  Records const table("guide.csv", *csv);
  auto const sources = dated_sources(files);
  // A check names a line, a part or a number to call, so no line is called like one of the others.
  std::set<std::string> codes{"sign", "advice"};
  if (auto const contacts = files.read("contacts.csv"))
    for (auto const& contact : Records("contacts.csv", *contacts)) codes.insert(contact["code"]);
  std::vector<GuideLine> lines;
  for (auto const& row : table) {
    GuideLine line{row["part"], row["code"], row["source"], {}};
    if (line.part != "sign" && line.part != "advice") refuse(table, row, line.part);
    if (line.code.empty() || !codes.insert(line.code).second) refuse(table, row, line.code);
    if (!sources.contains(line.source)) refuse(table, row, line.source);
    for (auto const& language : languages) {
      auto const& text = row["text_" + language];
      if (text.empty()) refuse(table, row, text);
      line.texts[language] = text;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace birge::campaign
