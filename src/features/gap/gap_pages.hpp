#pragma once

#include "platform/http/request.hpp"

/// The gap planner: where the campaign is needed most, and who could go there.
namespace birge::gap {

Reply planner(Request& request);     ///< /work/gaps: map and table, or week by week (?view=weeks)
Reply place_page(Request& request);  ///< /work/gaps/{code}: one place, its weeks, who could go
Reply sheet(Request& request);       ///< /work/gap-table: the table as a workbook, or as CSV (?format=csv)

}  // namespace birge::gap
