#pragma once

#include "features/insight/insight_parts.hpp"

/// Attendances by sex and age: how their cells are named and what they open.
namespace birge::insight::view {

/// Reported and confirmed together.
Count heads(PeopleNumbers const& numbers);
std::string sex_title(Say const& say, std::string_view sex);
std::string band_title(Say const& say, campaign::Facts const& facts, std::string_view band);
/// The page of the activities behind a cell; an empty sex or band means all of them.
Url people_link(Page const& page, std::string_view sex, std::string_view band);

}  // namespace birge::insight::view
