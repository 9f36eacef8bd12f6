#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "features/board/board.hpp"
#include "platform/base/clock.hpp"

/// The rows of the views, always as somebody may see them: what others may not know of appears in no list, count or export.
namespace birge::board {

struct SavedView {
  std::int64_t id = 0;
  work::PersonId person;
  std::optional<OrganisationId> organisation;  ///< shared with it; nothing: for the person alone
  std::string name, address;                   ///< address: the query of the table
};

class Store {
public:
  Store(db::Reader& read, campaign::Facts const& facts, work::Viewer const& viewer) : read_(read), facts_(facts), viewer_(viewer) {}

  /// A page of the table. `after`: the row before its first one; backwards: the row behind its last one. At most `limit` rows, in the order of the sort.
  std::vector<Row> rows(Selection const& selection, Sort sort, Language language, std::optional<Cursor> const& after, bool backwards, int limit);
  /// Where a row stands in a sort.
  Cursor cursor(Row const& row, Sort sort) const;
  /// How many there are in each state.
  std::map<State, std::int64_t> counts(Selection const& selection);
  /// Some of one state, for a column of the board: the ones whose results are due first, or of a finished state the latest.
  std::vector<Row> of_state(Selection const& selection, State state, Language language, int limit);
  /// Those of some days, both included: at most `most` of each by the hour, no more than half of them going on from a day
  /// before where more begins. Days without any are left out.
  std::map<Day, OfDay> of_days(Selection const& selection, Day from, Day until, Language language, int most);
  /// What began before a day and goes on on it, the latest begun first.
  std::vector<Row> going_on(Selection const& selection, Day day, Language language, int most);
  /// Those of these ids that the viewer may see, in no order; at most some hundred.
  std::vector<Row> of_ids(activity::EditionId edition, std::vector<ActivityId> const& ids, Language language);
  /// Who holds these activities beside their lead.
  std::map<ActivityId, std::vector<OrganisationId>> co_hosts(std::vector<Row> const& rows);

private:
  /// Whether a selection leaves all of an edition to a viewer who sees it: then the tallies know how many there are.
  bool all_that_counts(Selection const& selection) const;
  std::map<Day, std::int64_t> numbers_of_days(Selection const& selection, Day from, Day until);
  std::map<Day, std::vector<ActivityId>> going_on(Selection const& selection, Day from, Day until);

  db::Reader& read_;
  campaign::Facts const& facts_;
  work::Viewer const& viewer_;
};

/// A person's own saved views and those that colleagues of an organisation share, by name.
std::vector<SavedView> saved_views(db::Reader& read, work::PersonId person, std::optional<OrganisationId> organisation);

/// How many views somebody can save.
inline constexpr std::int64_t most_views = 50;

/// Throws Problem(unprocessable) where somebody has as many as one can have.
void save_view(db::Tx& tx, IdMaker& ids, SavedView const& view, Instant now);
/// Renames or shares a view of this person; false where there is none.
bool change_view(db::Tx& tx, SavedView const& view, Instant now);
bool delete_view(db::Tx& tx, work::PersonId person, std::int64_t id);

}  // namespace birge::board
