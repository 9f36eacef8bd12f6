#pragma once

#include <string_view>
#include <vector>

#include "features/site/fields.hpp"
#include "features/site/site.hpp"

namespace birge::people {

/// The regions by their codes, with `none` first for none of them.
site::Options region_options(Request& request, std::string_view none);

/// A box to tick for each region, all of the name "active".
Html region_boxes(Request& request, std::string_view label, std::vector<place::PlaceId> const& ticked);
/// Those that were ticked, without what is no region.
std::vector<place::PlaceId> chosen_regions(http::Parameters const& form, campaign::Facts const& facts);

}  // namespace birge::people
