#include <algorithm>

#include "features/exchange/exchange.hpp"

namespace birge::exchange {

namespace {

std::string_view severity_name(Finding::Severity severity, Say const& say) {
  switch (severity) {
    case Finding::Severity::error: return say("error");
    case Finding::Severity::warning: return say("warning");
    case Finding::Severity::note: return say("note");
  }
  return {};
}

std::string counts(Outcome const& outcome, Say const& say) {
  std::string text = say.plural("{} row read", "{} rows read", outcome.rows_read);
  auto const add = [&](std::string const& part, int number) {
    if (number > 0) text += ", " + part;
  };
  add(say.plural("{} new", "{} new", outcome.added), outcome.added);
  add(say.plural("{} changed", "{} changed", outcome.updated), outcome.updated);
  add(say.plural("{} unchanged", "{} unchanged", outcome.unchanged), outcome.unchanged);
  add(say.plural("{} skipped", "{} skipped", outcome.skipped), outcome.skipped);
  add(say.plural("{} with errors", "{} with errors", outcome.blocked), outcome.blocked);
  return text + ".";
}

std::string_view verdict(Outcome const& outcome, Say const& say) {
  if (outcome.stored && outcome.added + outcome.updated == 0) return say("Nothing had to be changed.");
  if (outcome.stored && outcome.blocked > 0) return say("The rows without errors are stored; the others are not.");
  if (outcome.stored) return say("Everything is stored.");
  if (outcome.blocked > 0) return say("Nothing is stored. Correct the errors and import the file again, or import the rows without errors alone.");
  return say("Nothing is stored: this was a trial.");
}

}  // namespace

std::string describe(Finding const& finding, Say const& say) {
  std::string line(severity_name(finding.severity, say));
  std::string where;
  if (!finding.sheet.empty()) where += say("sheet “{}”", finding.sheet);
  if (finding.row > 0) where += (where.empty() ? "" : ", ") + say("row {}", std::to_string(finding.row));
  if (!finding.column.empty()) where += (where.empty() ? "" : ", ") + say("column {}", finding.column);
  if (!where.empty()) line += ", " + where;
  line += ": ";
  if (!finding.read.empty()) line += say("“{}”", finding.read) + ". ";
  line += say(finding.expected);
  if (!finding.suggestion.empty()) line += " " + say(finding.suggestion);
  return line;
}

std::string describe(Outcome const& outcome, Say const& say, std::size_t limit) {
  std::string text;
  if (!outcome.understood.empty()) text += say("Read as: {}.", outcome.understood) + "\n";
  std::size_t shown = 0;
  for (auto const severity : {Finding::Severity::error, Finding::Severity::warning, Finding::Severity::note})
    for (auto const& finding : outcome.findings)
      if (finding.severity == severity && shown < limit) text += describe(finding, say) + "\n", ++shown;
  if (auto const rest = static_cast<std::int64_t>(outcome.findings.size() - shown) + outcome.findings_left_out; rest > 0)
    text += say.plural("... and {} more.", "... and {} more.", rest) + "\n";
  if (!outcome.unknown_columns.empty()) {
    std::string names;
    for (auto const& column : outcome.unknown_columns) names += (names.empty() ? "" : "; ") + column;
    text += say("Columns that were not read: {}.", names) + "\n";
  }
  if (!outcome.new_organisations.empty()) {
    std::string names;
    for (auto const& name : outcome.new_organisations) names += (names.empty() ? "" : "; ") + name;
    text += say("New organisations: {}.", names) + "\n";
  }
  return text + counts(outcome, say) + "\n" + std::string(verdict(outcome, say)) + "\n";
}

}  // namespace birge::exchange
