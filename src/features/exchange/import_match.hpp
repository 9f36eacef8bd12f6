#pragma once

#include <vector>

#include "features/exchange/import_rows.hpp"

namespace birge::exchange {

/// Decides for each row which activity it is about: by its id, else by organisation, folded title, day and place. What is nearly one that
/// is stored is asked about. Then what becomes of it, so that afterwards `activity` is whole as it is to be stored.
class Matching {
public:
  /// `stored` are all activities of the edition; lists in them are put in the order rows have them.
  Matching(Context const& context, std::vector<Layout> const& layouts, std::vector<Activity> stored);

  void decide(std::vector<ImportRow>& rows, Findings& findings);
  std::vector<Activity> take_stored() && { return std::move(stored_); }

private:
  void claim_by_id(std::vector<ImportRow>& rows);
  void claim_by_key(std::vector<ImportRow>& rows);
  void find_repeated(std::vector<ImportRow>& rows);
  void ask_about_near(std::vector<ImportRow>& rows);
  void settle(std::vector<ImportRow>& rows);
  void keep_what_is_later(ImportRow& row, Activity const& stored);
  void keep_former_place(ImportRow& row, Activity const& stored);
  void warn_of_same(std::vector<ImportRow>& rows);
  void compare(std::vector<ImportRow>& rows);
  void check_places(std::vector<ImportRow>& rows);
  void check_closed(std::vector<ImportRow>& rows);
  void check_rights(std::vector<ImportRow>& rows);

  bool claim(std::vector<ImportRow>& rows, std::size_t row, std::size_t stored);
  void error(ImportRow& row, std::string_view code, Message expected, Message suggestion, activity::ActivityId near = {},
             Column column = Column::title);
  void add(ImportRow const& row, Finding::Severity severity, std::string_view code, Message expected, Message suggestion, Column column,
           activity::ActivityId near = {});

  Column column_of_place(ImportRow const& row) const;

  Context const& context_;
  std::vector<Layout> const& layouts_;
  std::vector<Activity> stored_;
  std::vector<std::string> stored_titles_;              ///< folded
  std::vector<std::optional<std::size_t>> claimed_by_;  ///< by stored: the row
  std::vector<std::optional<std::size_t>> claims_;      ///< by row: the stored one
  Findings* findings_ = nullptr;
};

/// "p17/масы": where an activity is, as rows are matched.
std::string place_key(Activity const& activity);
/// The one place of an activity, or those of one in several.
std::vector<PlaceId> places_of(Activity const& activity);
/// The folded title in the language it was entered in.
std::string title_key(Activity const& activity);
/// Whether two folded titles differ as typing errors do.
bool nearly_same(std::string const& a, std::string const& b);

/// What a row makes of the activity it is about; columns that the sheet does not have stay as they are stored.
Activity merged(ImportRow const& row, Layout const& layout, Activity const& stored, place::Tree const& places);
/// Leaves an activity of a row on the days and hours, or in the place, where it is stored.
void keep_day(Activity& activity, Activity const& stored);
void keep_place(ImportRow& row, Activity const& stored);
/// Gives it the warnings about a field that are stored, for those it has.
void keep_warnings(Activity& activity, Activity const& stored, std::string_view field);
/// Everything a save would change is equal.
bool same(Activity const& a, Activity const& b);
/// Topics, warnings, cells and the like in one order, whatever the database sorted them by.
void put_in_order(Activity& activity);

/// What is wrong with a status, if anything.
struct Settled {
  enum class Problem { none, held_in_future, cancelled_with_result } problem = Problem::none;
  bool count_before_held = false;  ///< counts were taken as expected attendance
  bool expected_again = false;     ///< the number is the expected attendance that is stored
  bool narrative_left_out = false;
  bool confirmation_falls = false;  ///< other numbers were confirmed
};
/// Decides state and result of a row from its status word and counts, and from what is stored (null: nothing). An import never confirms,
/// and never takes back that something was held.
Settled settle_state(ImportRow& row, Layout const& layout, Activity const* stored, Day today);

}  // namespace birge::exchange
