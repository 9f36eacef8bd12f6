#pragma once

#include <string_view>
#include <vector>

#include "features/activity/activity_store.hpp"
#include "features/site/site.hpp"

/// The filters of the agenda as links: every choice is an address.
namespace birge::activity::view {

struct FilterView {
  Filter const& filter;
  campaign::Facts const& facts;
  EditionId current;
  Day today;
};

/// Addresses that differ from the agenda's own in the value of one name of its filter; they are for links on the agenda alone, for they leave out
/// its path. The names keep their fixed order, so that two equal filters still have one address; what stands before and behind the name is
/// encoded only once.
class Addresses {
public:
  /// `instead`: names that a value of `name` replaces as well.
  Addresses(Say const& say, FilterView const& view, std::string_view name, std::vector<std::string_view> const& instead = {});
  Url with(std::string_view value) const;
  Url without() const;

private:
  std::string before_, behind_;  ///< of a value
  std::string without_;
};

/// What is chosen, each with the link that takes it away again.
Html chosen_filters(Request const& request, FilterView const& view);
/// The search box and the filters that open.
Html filters(Request& request, FilterView const& view);
/// One sentence for each value of the address that names nothing.
Html filter_faults(Request const& request, std::vector<Fault> const& faults);

/// What a filter chooses, in words: "Naryn, Forum theatre"; empty for the whole edition. For titles of pages and feeds.
std::string words_of(Say const& say, Filter const& filter, campaign::Facts const& facts);

}  // namespace birge::activity::view
