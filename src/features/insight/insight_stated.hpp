#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/campaign/campaign.hpp"
#include "platform/html/html.hpp"
#include "platform/i18n/say.hpp"

/// Stated figures: totals of an edition that somebody published without their parts. They are never added to what is counted.
namespace birge::insight {

/// What is stated of an edition: "over 10,000".
std::string stated_text(Say const& say, campaign::StatedFigure const& figure);
/// What a measure counts. Sources tell of participants; only what Birge counts itself are attendances.
Message stated_name(std::string_view measure);
/// The measures in the order of reading.
inline constexpr std::string_view stated_measures[]{"activities", "attendances", "organisations", "regions", "conference_attendances"};

/// The list of numbers, each leading to its source and marked as published; the guests of the conference are left to tables. Empty without any.
Html stated_tiles(Say const& say, std::vector<campaign::StatedFigure> const& figures);

/// An item of a list of numbers, in the place of attendances where no result is on record: that is not 0.
Html unknown_attendances_tile(Say const& say);

}  // namespace birge::insight
