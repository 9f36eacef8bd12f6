#pragma once

#include <map>
#include <optional>
#include <span>
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
  UrlPattern::Filled with(std::string_view value) const { return pattern_.with(value); }
  Url const& without() const { return without_; }

private:
  struct Ends {
    std::string before, behind;  ///< of the name and its value
  };
  Addresses(Say const& say, std::string_view name, Ends const& ends);
  static Ends ends(FilterView const& view, std::string_view name, std::vector<std::string_view> const& instead);

  UrlPattern pattern_;
  Url without_;
};

using PlannedRows = std::optional<std::span<ScopeLine const>>;

/// Numbers beside the choices of one dimension: only where the tallies know what a choice would find. Each scope is read once for the whole page.
class Numbers {
public:
  Numbers(Request& request, FilterView const& view) : store_(request.read()), view_(view) {}
  PlannedRows of(std::string_view dimension, Filter rest);

private:
  Store store_;
  FilterView const& view_;
  std::map<std::int64_t, std::optional<ScopeLines>> scopes_;
};

/// The number of one choice; zero where nothing is planned.
std::optional<std::int64_t> number(PlannedRows const& rows, std::string_view key);

/// Of a list of activities that stand in several lines of a table: what its last line takes off, so that the number that led here stands here too.
Html counted_again(Say const& say, Filter::Several several, Repeated const& repeated);

/// What is chosen, each with the link that takes it away again.
Html chosen_filters(Request const& request, FilterView const& view);
/// The search box and the filters that open.
void add_filters(Html& out, Request& request, FilterView const& view, Numbers& numbers);
/// One sentence for each value of the address that names nothing.
Html filter_faults(Request const& request, std::vector<Fault> const& faults);

/// What a filter chooses, in words: "Naryn, Forum theatre"; empty for the whole edition. For titles of pages and feeds.
std::string words_of(Say const& say, Filter const& filter, campaign::Facts const& facts);

}  // namespace birge::activity::view
