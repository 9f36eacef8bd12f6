#include <algorithm>
#include <set>
#include <unordered_map>

#include "features/activity/activity_store.hpp"
#include "features/activity/activity_whole.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/intake/intake_store.hpp"
#include "features/work/result/result_words.hpp"

/// Taking an import back.
namespace birge::intake {

bool closed_to_undo(db::Reader& read, Run const& run) { return campaign::closed(read, run.edition).has_value(); }

Message closed_to_undo_message() { return message("The edition is closed, so this import cannot be taken back."); }

namespace {

void refuse_closed(db::Reader& read, Run const& run) {
  if (closed_to_undo(read, run)) throw Problem(Failure::conflict, closed_to_undo_message());
}

/// What is stored now, by what the rows of an import need to know of it.
struct Now {
  std::vector<Activity> stored;
  std::unordered_map<std::int64_t, Activity const*> by_id;
  std::set<ActivityId> built_on;
};

Now now_of(db::Reader& read, Run const& run) {
  Now now;
  now.stored = activity::whole_edition(read, run.edition);
  for (auto const& activity : now.stored) now.by_id.emplace(activity.id.value, &activity);
  now.built_on = work::built_on(read, run.edition);
  return now;
}

/// Whether a row can be taken back: nobody changed the activity since, nobody built on one that would go, and the person still answers for it.
bool takes_back(Change const& change, Now const& now, exchange::Rights const& rights) {
  auto const found = now.by_id.find(change.activity.value);
  if (found == now.by_id.end() || found->second->version != change.version || rights.refuse(*found->second, nullptr)) return false;
  return change.kind == "added" ? !now.built_on.contains(change.activity) : !change.before.empty();
}

void put_back(db::Tx& tx, activity::Saver& saver, Before const& before, Activity const& stored) {
  saver.replace(before.activity, stored, "undo", "import");
  if (!before.activity.result && stored.result) {
    activity::remove_results(tx, stored.id);
    work::forget_result_words(tx, stored.id);
  }
  if (before.activity.result && stored.result && before.activity.result->version != stored.result->version) {
    auto const current = tx.one<int>("select coalesce(max(version), 0) from result where activity = $1", stored.id);
    work::result_counts_again(tx, stored.id, before.activity.result->version, current);
  }
  work::put_standing(tx, stored.id, before.standing.value_or(work::Standing{}));
}

void take_out(db::Tx& tx, campaign::Facts const& facts, std::vector<Activity const*> const& gone, Instant now) {
  std::vector<ActivityId> ids;
  for (auto const* activity : gone) ids.push_back(activity->id);
  work::forget(tx, ids);
  activity::remove(tx, facts, gone, now);
}

/// The organisations that came in with an import and that no table refers to.
std::vector<coalition::OrganisationId> unused(db::Reader& read, RunId run) {
  return read.all<coalition::OrganisationId>(
      "select organisation from import_organisation where run = $1 and organisation not in (select lead from activity union"
      " select organisation from activity_organisation union select counted_by from result where counted_by is not null union"
      " select organisation from edition_organisation union select organisation from account_role where organisation is not null union"
      " select organisation from ticket where organisation is not null union select organisation from organisation_profile union"
      " select organisation from organisation_region union select organisation from joining_request where organisation is not null union"
      " select organisation from activity_step where organisation is not null union"
      " select organisation from result_confirmation where organisation is not null union"
      " select organisation from recommendation where organisation is not null union"
      " select organisation from saved_view where organisation is not null)",
      run);
}

/// Those that imports name which wait or can still be taken back: in how an activity was before, and in answers about names.
std::set<coalition::OrganisationId> named_by_imports(db::Reader& read) {
  std::set<coalition::OrganisationId> named;
  read.each<std::string>("select before from import_change where outcome = '' and before <> ''", [&](std::string&& text) {
    auto const activity = before_of(text).activity;
    named.insert(activity.lead);
    for (auto const* list : {&activity.co_hosts, &activity.partners}) named.insert(list->begin(), list->end());
    if (activity.result && activity.result->counted_by) named.insert(*activity.result->counted_by);
  });
  read.each<std::string>("select answer from import_decision where kind = 'organisation' and answer <> ''", [&](std::string&& answer) {
    if (auto const id = parse_id_as<coalition::OrganisationTag>(answer)) named.insert(*id);
  });
  return named;
}

int take_out_organisations(db::Tx& tx, Run const& run) {
  auto gone = unused(tx, run.id);
  if (gone.empty()) return 0;
  auto const named = named_by_imports(tx);
  std::erase_if(gone, [&](coalition::OrganisationId id) { return named.contains(id); });
  for (auto const id : gone) coalition::remove(tx, id);
  if (!gone.empty()) campaign::touch_facts(tx);
  return static_cast<int>(gone.size());
}

}  // namespace

Undone would_undo(db::Reader& read, campaign::Facts const& facts, Run const& run, Person const& person, Instant now) {
  refuse_closed(read, run);
  auto const known = now_of(read, run);
  auto const rights = rights_of(person, facts, now);
  Undone count;
  for (auto const& change : Store(read).to_undo(run.id)) ++(takes_back(change, known, rights) ? count.undone : count.left);
  return count;
}

Undone undo(db::Tx& tx, IdMaker& ids, campaign::Facts const& facts, Run const& run, Person const& person, Instant now) {
  refuse_closed(tx, run);
  auto const known = now_of(tx, run);
  auto const rights = rights_of(person, facts, now);
  auto const who = audit::Who::person(person.id, person.organisation().value_or(coalition::OrganisationId{}));
  activity::Saver saver(tx, ids, facts, now);
  std::vector<Activity const*> gone;
  Undone count;
  for (auto const& change : Store(tx).to_undo(run.id)) {
    bool const takes = takes_back(change, known, rights);
    ++(takes ? count.undone : count.left);
    bool const goes = takes && change.kind == "added";
    // The list of what was taken out again goes on naming it, as long as other former values are kept.
    auto const former = goes ? text_of(Before{*known.by_id.at(change.activity.value), {}}) : std::string();
    tx.put("update import_change set outcome = $3, before = $4 where run = $1 and position = $2", run.id, change.position, takes ? "undone" : "left",
           former);
    if (!takes) continue;
    auto const& stored = *known.by_id.at(change.activity.value);
    if (change.kind == "changed") {
      auto const before = before_of(change.before);
      put_back(tx, saver, before, stored);
      work::record_import(tx, who, run.id.value, facts, before.activity, stored, now, false);
    } else {
      gone.push_back(&stored);
    }
  }
  saver.finish();
  take_out(tx, facts, gone, now);
  count.organisations = take_out_organisations(tx, run);
  auto const done =
      tx.run("update import_run set state = 'undone', step = step + 1, undone = $3, undone_by = $4, untouched = $5 where id = $1 and step = $2",
             run.id, run.step, now, person.id, count.left);
  if (done != 1) throw Problem(Failure::conflict, message("This import went on in another window meanwhile."));
  return count;
}

}  // namespace birge::intake
