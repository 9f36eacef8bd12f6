#pragma once

#include "features/work/work_view.hpp"

/// What is on somebody's desk: computed once for My page, the weekly sheet and the page of results to confirm.
namespace birge::work {

struct Desk {
  std::shared_ptr<campaign::Facts const> known;
  account::Person const& person;
  campaign::Edition const* edition = nullptr;  ///< the current one, of the facts; null: none
  Day today;
  Listed to_answer;          ///< proposals the person may decide on
  Listed to_confirm;         ///< results the person may confirm
  Listed to_report;          ///< held or past their day, results missing, of the own organisations and of what somebody helps with
  Listed helped;             ///< what somebody helps with, cancelled or not, without what is to be reported
  Listed to_change;          ///< returned with a reason, of the own organisations
  Listed this_week;          ///< in the own part of the country, from the first to the last of the seven days
  Listed late;               ///< results overdue there, without those of the own organisations, which are to be reported already
  Where part{};              ///< the own part of the country
  bool own = false;          ///< plans for organisations
  Day from{};                ///< the first of seven days
  Listed drafts{};           ///< that nobody was asked to approve yet, of the own organisations or entered as a coordinator
  bool sees_others = false;  ///< may open what others plan; otherwise nothing of it is on the desk

  Day until() const { return from.plus(6); }

  std::size_t waiting() const { return to_answer.number + to_confirm.number + to_report.number + to_change.number; }
};

/// At most so many of each list are counted; more wait behind them.
inline constexpr int desk_counted = 240;

/// Which seven days stand on a desk.
enum class Span { week, from_today };

/// With the first rows of each list.
Desk desk_of(Request& request, int rows, Span span = Span::week);

/// Results that somebody may confirm, in the order of the days they were due on, each list behind a row where one is given and with at most `limit`.
struct ResultsToConfirm {
  std::vector<Brief> unlikely, likely;
};
ResultsToConfirm results_to_confirm(Request& request, campaign::Facts const& known, std::optional<Behind> const& unlikely_behind,
                                    std::optional<Behind> const& likely_behind, std::size_t limit);

/// Drafts that somebody may propose, by day: those of the own organisations, and what he or she entered as a coordinator.
Listed drafts_of(Store& store, account::Person const& person, activity::EditionId edition, Length length);

/// The part of the country somebody looks after, own rights and those of others on this day together; otherwise where the own organisation sits.
Where part_of(db::Reader& read, campaign::Facts const& known, account::Person const& person, Day today);

/// The activities somebody helps with.
std::vector<ActivityId> helped_activities(account::Person const& person);

/// The organisations somebody plans for.
std::vector<OrganisationId> own_organisations(account::Person const& person);

}  // namespace birge::work
