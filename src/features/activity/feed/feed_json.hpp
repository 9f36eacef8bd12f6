#pragma once

#include <boost/json/fwd.hpp>

#include <string>

#include "features/activity/activity_store.hpp"

/// Activities as JSON, the same in the API and the feeds; for the .cpp files of this folder only.
namespace birge::activity::json {

struct Context {
  Say const& say;
  campaign::Facts const& facts;
  Day today;
  std::string public_address;
};

/// Everything the public may know of an activity.
boost::json::object object_of(Activity const& activity, Context const& context);
/// A row of a list, with the same names.
boost::json::object object_of(Card const& card, Context const& context);
/// {"low": 150, "high": 200}
boost::json::object object_of(Count count);
/// The whole activity as a GeoJSON feature; its point is that of the smallest known place; an activity in
/// several places has a point for each, and one that takes place nowhere (online, say) has none.
boost::json::object feature_of(Activity const& activity, Context const& context);

}  // namespace birge::activity::json
