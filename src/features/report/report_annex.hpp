#pragma once

#include "features/report/report_book.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::report {

/// Writes the worksheets of activities: all of them, and those not reported in time.
void write_activities(sheet::BookWriter& book, db::Reader& read, Report const& report, Say const& say, Reader reader, std::string const& address,
                      std::vector<std::string> const& title_rows);

}  // namespace birge::report
