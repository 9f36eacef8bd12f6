#pragma once

#include <string>

#include "features/activity/activity.hpp"
#include "platform/i18n/say.hpp"

/// What the forms of a list say in the same words; for the .cpp files of this folder only.
namespace birge::activity::feeds {

/// The places of an activity in several, each with what it lies in; empty of any other.
std::string several_places(Say const& say, campaign::Facts const& facts, Activity const& activity);

/// Where it takes place, in one line, without the venue.
std::string where(Say const& say, campaign::Facts const& facts, Activity const& activity);

}  // namespace birge::activity::feeds
