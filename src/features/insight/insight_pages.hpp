#pragma once

#include "features/campaign/campaign.hpp"
#include "platform/http/request.hpp"

/// Pages of figures that open: each number is a link to the list of activities behind it.
namespace birge::insight {

Reply figures_page(Request& request);        ///< /figures: an edition, or one region of it
Reply districts_page(Request& request);      ///< /figures/districts: maps and tables by district and by census unit
Reply organisations_page(Request& request);  ///< /figures/organisations: every organisation and the line that reconciles them
Reply people_page(Request& request);         ///< /figures/people?sex=...&band=...: the activities behind one cell
Reply units_page(Request& request);          ///< /figures/units?unit=...: the activities behind the rate of one census unit
Reply compare_page(Request& request);        ///< /figures/compare: editions side by side

/// The figures of one region for its own page: totals, its districts, what they lead to.
Html region_block(Request& request, place::PlaceId region);
/// What an edition wants to reach in the whole country, beside what was reached; nothing where it set no target.
Html targets_block(Request& request, campaign::Edition const& edition);
/// The map of regions, each leading to its activities, with the table beside it.
Html regions_block(Request& request);

}  // namespace birge::insight
