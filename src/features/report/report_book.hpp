#pragma once

#include <string>

#include "features/report/report.hpp"

/// The workbook of a report: every table in full, and the activities behind them.
namespace birge::report {

/// Who reads it. The coordinator's workbook lists every activity and says which only the coalition sees; everyone's lists public ones
/// and counts the others.
enum class Reader { coordinator, everyone };

/// The bytes of an .xlsx file. `address` is put before links to activities; empty: no links. Ranges stand in two columns.
std::string workbook(db::Reader& read, Report const& report, Say const& say, Reader reader, std::string const& address);

}  // namespace birge::report
