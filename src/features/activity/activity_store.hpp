#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/activity/activity.hpp"
#include "features/activity/tally/tally_scope.hpp"

namespace birge::activity {

/// One row of a list.
struct Card {
  ActivityId id;
  EditionId edition;
  std::string kind;
  State state = State::approved;
  Day day;
  Precision precision = Precision::day;
  Day end_day;
  std::optional<int> start_minutes, end_minutes;
  Reach reach = Reach::place;
  std::optional<PlaceId> place;
  std::string village;
  OrganisationId lead;
  std::optional<Day> moved_from_day;
  std::optional<PlaceId> moved_from_place;
  std::optional<Count> attendance, audience;
  Day due_day;
  std::string title, venue, text_language;
};

/// Where a page of a list begins: behind this day and id.
struct Cursor {
  std::string day;  ///< ISO; empty: the very beginning
  ActivityId id;    ///< 0, which no activity has: before all of that day
  bool whole_day() const { return id == ActivityId{}; }
  std::string text() const;
  static std::optional<Cursor> parse(std::string_view text);
};

/// What a filter finds, counted by the rules: the head of a list, and the number that opens to it.
struct Totals {
  std::int64_t planned = 0, held = 0, cancelled = 0, moved = 0, reported = 0, confirmed = 0;
  std::int64_t hidden = 0;  ///< of planned, those the public does not see listed
  Count reported_attendance, confirmed_attendance, reported_audience, confirmed_audience;
  bool more = false;  ///< of totals_up_to: there are more than planned says, and nothing else is told
};

/// Whether the last line of a table opens such a list: of an edition or a region, in a report also of some days, either without some kinds or of what
/// stands in several lines.
bool behind_last_line(Filter filter, campaign::Facts const& facts);

/// What a table counts more than once in its lines and takes off in its last one, as 3 for an activity with four topics.
struct Repeated {
  std::int64_t activities = 0;
  Count attendance, audience;  ///< reported and confirmed
};

class Store {
public:
  explicit Store(db::Reader& read) : read_(read) {}

  /// Rows of a list in the order of day and id, at most `limit`, public ones only. `today` decides what is unreported or upcoming.
  std::vector<Card> list(Filter const& filter, campaign::Facts const& facts, Language language, Day today, Cursor const& after, int limit);
  /// The rows before a cursor, in the same order.
  std::vector<Card> list_before(Filter const& filter, campaign::Facts const& facts, Language language, Day today, Cursor const& before, int limit);
  /// What began before today and still lasts, without what was called off; those that end first where there are more than `limit`.
  std::vector<Card> going_on(Filter const& filter, campaign::Facts const& facts, Language language, Day today, int limit);
  /// Whether such a list has any row on one side of a cursor.
  bool any_after(Filter const& filter, campaign::Facts const& facts, Day today, Cursor const& cursor);
  bool any_before(Filter const& filter, campaign::Facts const& facts, Day today, Cursor const& cursor);
  /// From the tallies where the filter is one of their rows, from the activities otherwise. Both ways agree.
  Totals totals(Filter const& filter, campaign::Facts const& facts, Day today);
  Totals totals_from_activities(Filter const& filter, campaign::Facts const& facts, Day today);
  /// For pages: where no figure opens to the number, as with what a search or several filters together find, counting ends at `most`.
  Totals totals_up_to(std::int64_t most, Filter const& filter, campaign::Facts const& facts, Day today);
  /// Of the activities that a filter of several hosts, topics or audience groups finds; nothing where no table has them in its last line.
  Repeated repeated(Filter const& filter, campaign::Facts const& facts, Day today);
  /// What the tallies count as planned in an edition, or in one region of it (0: all), by dimension and key: the numbers beside filters.
  ScopeLines planned_by(EditionId edition, PlaceId region);
  /// The same for one filter by region, whatever place the filter names; nothing where the tallies do not know it.
  std::optional<std::map<PlaceId, std::int64_t>> planned_by_region(Filter filter, campaign::Facts const& facts);
  /// How many activities a filter finds, hidden ones included.
  std::int64_t count(Filter const& filter, campaign::Facts const& facts, Day today);

  std::optional<Activity> find(ActivityId id);  ///< whole, also when it is not public
  /// The activity that carries a sender's own id, in one edition.
  std::optional<Activity> by_external_id(EditionId edition, std::string_view external_id);
  /// Every activity of a filter whole, coalition-only ones included, in the order of day and id; for reports and exports. `take` sees each once, and
  /// of all that it does not keep there are only some at a time.
  void each(Filter const& filter, campaign::Facts const& facts, Day today, std::function<void(Activity&&)> const& take);
  /// The rows of list() whole, for feeds.
  std::vector<Activity> listed(Filter const& filter, campaign::Facts const& facts, Day today, Cursor const& after, int limit);
  /// What each() finds, to be kept, with what the counting rules look at alone, which is several times quicker: no texts, partners, places or warnings.
  std::vector<Activity> all_for_counting(Filter const& filter, campaign::Facts const& facts, Day today);
  struct Change {
    Instant at;
    int version = 0;
    std::string state, what, reason, actor;
  };
  std::vector<Change> history(ActivityId id);
  /// The day on which the first version of its result came in: a correction makes nobody late.
  std::optional<Day> result_came_in(ActivityId id);
  /// The published source that a documented activity was taken from.
  struct Source {
    std::string title, address, licence, dated;
  };
  std::optional<Source> source(std::string_view key);

private:
  /// Of an edition or region in some days: whole weeks from the tallies, the days before and after them from the activities.
  Totals totals_of_days(Filter const& filter, std::int64_t region, campaign::Facts const& facts, Day today);
  Totals totals_of_moved(EditionId edition);
  db::Reader& read_;
};

/// What saves add to and take from the tallies, gathered so that an import writes each row of them once.
class TallyChanges;

/// Stores new or changed activities with their texts, result, search words, history line and tallies. One object per transaction.
class Saver {
public:
  Saver(db::Tx& tx, IdMaker& ids, campaign::Facts const& facts, Instant now);
  ~Saver();
  Saver(Saver const&) = delete;
  Saver& operator=(Saver const&) = delete;

  /// Adds an activity: fills in id, uid, due day, created and changed where they are empty, and what is stored beside it (week, region, district).
  ActivityId add(Activity activity, std::string_view actor);
  /// Replaces `stored` by `activity` of the same id; db::Error(overtaken), at this call or a later one, when it has another version by now. `what` is for
  /// the history: updated, moved, cancelled, reported, corrected. A changed result becomes a new version of it, and with `new_result` one that counts the
  /// same too: something else that is said with it changed. Returns the version of the result that counts now; 0: there is none.
  int replace(Activity activity, Activity const& stored, std::string_view what, std::string_view actor, bool new_result = false);
  /// Writes the tallies. Must be the last call before the transaction ends.
  void finish();

private:
  db::Tx& tx_;
  IdMaker& ids_;
  campaign::Facts const& facts_;
  Instant now_;
  std::unique_ptr<TallyChanges> tallies_;
};

/// Marks an activity whose reasons, or the order of whose approval, are searched by other words from now on: a job of the workspace writes them.
void search_reasons_again(db::Tx& tx, ActivityId id);

/// Whether a change touches the plan of an activity - when, where, what, by whom and for whom, or that it is cancelled - and not only how far it has
/// come and what came of it. In a closed edition no change may: figures are counted by these.
bool touches_plan(Activity const& next, Activity const& stored);

/// Recomputes every tally, and what lists show of each activity, from the activities and names the differences, one line each.
std::vector<std::string> check_tallies(db::Reader& read, campaign::Facts const& facts);
/// Recomputes and stores every tally, and what lists show.
void rebuild_tallies(db::Tx& tx, campaign::Facts const& facts);

}  // namespace birge::activity
