#pragma once

#include <string_view>
#include <vector>

#include "features/activity/activity.hpp"
#include "features/sample/sample_dice.hpp"

/// Who comes to what: a class of pupils is another crowd than a round of officials, and men come to a cycle race who would not come to a lecture.
namespace birge::sample {

/// The audience group that an activity of this kind is for.
std::string_view audience_for(std::string_view kind, Dice& dice);

/// So many heads as women and men.
std::vector<activity::Cell> by_sex(std::string_view kind, std::string_view audience, int heads, Dice& dice);
/// The same by the age bands of the pack, of which there must be six, the youngest first; the cells add up to the heads.
std::vector<activity::Cell> by_sex_and_age(std::string_view kind, std::string_view audience, std::vector<campaign::Code> const& bands, int heads,
                                           Dice& dice);

}  // namespace birge::sample
