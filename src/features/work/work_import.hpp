#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "features/account/account.hpp"
#include "features/activity/activity.hpp"
#include "features/audit/audit.hpp"
#include "features/work/work.hpp"
#include "platform/db/db.hpp"

/// What an import of a spreadsheet has to do with the life of activities.
namespace birge::work {

/// What is known of an activity's life beside the activity itself.
struct Standing {
  bool discarded = false, unapproved = false;
  std::optional<account::PersonId> created_by;
  std::optional<account::PersonId> proposed_by, proposed_for;
  std::optional<Instant> proposed_at;
  std::optional<Day> escalates;
  std::optional<account::PersonId> reported_by, reported_for;
  bool operator==(Standing const&) const = default;
};

/// Of the activities of an edition that have any.
std::map<activity::ActivityId, Standing> standings(db::Reader& read, activity::EditionId edition);
void put_standing(db::Tx& tx, activity::ActivityId id, Standing const& standing);

/// Makes somebody the one who proposed an activity on a day: the clock for the answer starts.
void mark_proposed(Standing& standing, account::PersonId person, Instant now, Day today, campaign::Facts const& facts);

/// Whether somebody made a step with an activity in the workspace.
bool worked_on(db::Reader& read, activity::ActivityId id);

/// What is approved, with the number of people that it was approved for, or that somebody who could approve it set since, or that was lowered to: changes
/// of others may have raised it little by little. From the log, of forms and imports alike; a number that it does not know stands as it is.
Activity as_approved(db::Reader& read, Activity const& stored);

/// A spreadsheet corrects what came from spreadsheets. Where somebody made a step in the workspace it keeps the rules of an activity's life (decide), as
/// if the organisation it came from made the step: what speaks against `next` in the place of `stored`; nothing where it may be stored.
std::optional<Message> against_import(db::Reader& read, account::Person const& person, campaign::Facts const& facts, activity::Activity const& next,
                                      activity::Activity const& stored, Instant now);
/// Whether it comes from an office that coordinates its region, so that the national coordinator answers for it (see decide).
bool of_regional_administration(db::Reader& read, campaign::Facts const& facts, activity::Activity const& activity);
/// Whether reading the plan in approves it: where it was proposed in the workspace, also where it was returned or approved since, only if the person
/// may answer the proposal.
bool import_approves(db::Reader& read, account::Person const& person, campaign::Facts const& facts, activity::Activity const& stored, Instant now);
/// Tells those whom the step would be told to that a spreadsheet stands for, once it is stored; nobody where no step was ever made.
void tell_of_import(db::Tx& tx, Scene const& scene, activity::Activity const& next, activity::Activity const& stored, Standing const& standing);
/// The entry of the log for an activity that an import changed. `approves`: whether reading its number of people in approves it, so that the changes of
/// others are counted from it.
void record_import(db::Tx& tx, audit::Who const& who, std::int64_t import, campaign::Facts const& facts, activity::Activity const& next,
                   activity::Activity const& stored, Instant now, bool approves);

/// Activities of an edition on which somebody built in the workspace: made a step, wrote a remark, ticked an item, or helps with it.
std::set<activity::ActivityId> built_on(db::Reader& read, activity::EditionId edition);

/// What was said with one version of a result and who confirmed it hold for a later version that is equal to it.
void result_counts_again(db::Tx& tx, activity::ActivityId id, int from, int to);

/// Deletes what this feature keeps of activities that are taken out.
void forget(db::Tx& tx, std::vector<activity::ActivityId> const& ids);

}  // namespace birge::work
