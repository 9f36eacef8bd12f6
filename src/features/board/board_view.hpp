#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/board/board_store.hpp"
#include "features/site/site.hpp"

/// What the pages of this folder share: who looks at what, the filters, and the small pieces of a row.
namespace birge::board {

/// One request for a view: which activities, and who looks at them.
struct Look {
  Request& request;
  Say const& say;
  std::shared_ptr<campaign::Facts const> known;
  account::Person const& person;
  campaign::Edition const& edition;
  Day today;
  bool names;  ///< the person may know names of people
  work::Viewer viewer;
  Selection selection;
  std::vector<Fault> faults;

  /// Another edition than the current one has to be named in each address.
  bool names_edition() const;
  /// Edition and selection as the query of an address.
  http::Parameters query() const;
  Store store() const { return Store(request.read(), *known, viewer); }
  /// The address of a view with this selection, and what else it needs.
  Url address(std::string_view path, std::vector<std::pair<std::string, std::string>> const& more = {}) const;
  Url address_of(Selection const& selection, std::string_view path, std::vector<std::pair<std::string, std::string>> const& more = {}) const;
};

/// Reads the request, of a query or, where a form carries one, of that.
Look look(Request& request);
Look look(Request& request, http::Parameters const& query);

/// The top of each view: the edition, the heading, what is wrong with the address, what a step has just done.
Html top(Look const& look, std::string_view heading, std::string_view back);

/// Filters as a form of its own, closed, with what is chosen as chips above it. `kept`: what the view has in its address besides.
struct FilterForm {
  std::string_view path;
  std::vector<std::pair<std::string, std::string>> kept;
  bool days = false;    ///< asks for first and last day; a calendar has its own
  bool states = false;  ///< asks for states; a board shows each in a column
};
Html filters(Look const& look, FilterForm const& form);

Html state_tag(Say const& say, State state);
/// What else is to be known of a row at a glance: late, moved, seen by the coalition only, nobody approved it.
Html marks(Look const& look, Row const& row);
std::string when_text(Look const& look, Row const& row);   ///< day, and hours where they are known
std::string where_text(Look const& look, Row const& row);  ///< region, district, village
std::string late_text(Look const& look, Row const& row);   ///< empty where it is not late
std::string late_since(Look const& look, Row const& row);  ///< the same where the word “late” stands beside it
Html title_of(Look const& look, Row const& row);

/// Where nothing is shown: why, and the one next step.
Html nothing(Look const& look, std::string_view path);

/// A page of this folder with its island.
Reply view_page(Look const& look, std::string_view title, Html const& main, Status status = Status::ok);

}  // namespace birge::board
