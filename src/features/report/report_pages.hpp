#pragma once

#include "platform/http/request.hpp"

/// The closing report as a page of the site and as a workbook to save.
namespace birge::report {

Reply report_page(Request& request);      ///< /report: of the current edition or ?edition=, ?place= a region, ?from= and ?until= days
Reply report_workbook(Request& request);  ///< /feeds/report/{file}: EDITION-ky.xlsx, with the same place, from and until

}  // namespace birge::report
