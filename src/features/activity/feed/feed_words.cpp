#include "features/activity/feed/feed_words.hpp"

#include "features/activity/activity_view.hpp"
#include "platform/base/text.hpp"

namespace birge::activity::feeds {

std::string several_places(Say const& say, campaign::Facts const& facts, Activity const& activity) {
  std::vector<std::string> names;
  for (auto const id : activity.places) names.push_back(facts.places->full_name(id, say.language()));
  return joined(names, "; ");
}

std::string where(Say const& say, campaign::Facts const& facts, Activity const& activity) {
  auto text = view::place_text(say, facts, activity.reach, activity.place, activity.village);
  if (auto const places = several_places(say, facts, activity); !places.empty()) text += ": " + places;
  return text;
}

}  // namespace birge::activity::feeds
