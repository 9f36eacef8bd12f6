#pragma once

#include "features/campaign/campaign.hpp"
#include "features/report/report_texts.hpp"
#include "platform/http/request.hpp"

/// The closing report as pages of the site and as a PDF and a workbook to save.
namespace birge::report {

Reply report_page(
    Request& request);  ///< /report: of the current edition or ?edition=, ?place= a region, ?from= and ?until= days, ?part= a page of it
Reply report_file(
    Request& request);  ///< /feeds/report/{file}: EDITION-ky.xlsx with the same place, from and until, EDITION-ky.pdf with the same place

/// The texts that the public page of an edition's report shows.
Texts shown_texts(Request& request, campaign::Edition const& edition);
/// Where on that page a recommendation of the edition's conference stands; sections stand at their id.
std::string recommendation_anchor(int number);
/// The address of that page at an anchor of it.
Url report_address(Say const& say, campaign::Edition const& edition, std::string_view anchor);

}  // namespace birge::report
