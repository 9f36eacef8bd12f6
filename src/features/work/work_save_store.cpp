#include <algorithm>

#include "features/account/role_holders.hpp"
#include "features/work/work_store.hpp"

namespace birge::work {

namespace {

using account::Grant;
using account::Permission;
using account::Person;
using account::Role;

/// The person with the roles held at this moment, which may be fewer than when the request began.
Person fresh(db::Tx& tx, Person const& person) {
  Person now = person;
  now.grants = account::grants_of(tx, person.id);
  return now;
}

bool decides(Action action) {
  switch (action) {
    case Action::approve:
    case Action::approve_paper:
    case Action::give_back:
    case Action::confirm:
    case Action::reject_result: return true;
    default: return false;
  }
}

/// The role somebody used, for those who see no names.
struct Used {
  std::string role;
  std::optional<OrganisationId> organisation;
};

Used role_used(std::vector<Grant> const& grants, Activity const& activity, bool deciding) {
  auto const hosts_it = [&](Grant const& grant) {
    return grant.organisation &&
           (*grant.organisation == activity.lead || std::ranges::find(activity.co_hosts, *grant.organisation) != activity.co_hosts.end());
  };
  auto const coordinates = [](Grant const& grant) { return grant.role == Role::regional_coordinator || grant.role == Role::national_coordinator; };
  Grant const* found = nullptr;
  for (auto const& grant : grants) {
    bool const fits = deciding ? coordinates(grant) : hosts_it(grant) || (grant.role == Role::helper && grant.activity == activity.id.value);
    if (fits && !found) found = &grant;
  }
  for (auto const& grant : grants)
    if (!found && coordinates(grant)) found = &grant;
  if (!found) return {grants.empty() ? std::string() : std::string(account::role_code(grants.front().role)), std::nullopt};
  auto organisation = found->organisation;
  for (auto const& grant : grants)
    if (!organisation && grant.organisation) organisation = grant.organisation;
  return {std::string(account::role_code(found->role)), organisation};
}

std::optional<PersonId> maybe(PersonId id) { return id ? std::optional(id) : std::nullopt; }

void put_work(db::Tx& tx, ActivityId id, Work const& work) {
  tx.put(
      "insert into activity_work (activity, discarded, unapproved, created_by, proposed_by, proposed_for, proposed_at, escalates, reported_by,"
      " reported_for) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (activity) do update set discarded = excluded.discarded,"
      " unapproved = excluded.unapproved, created_by = excluded.created_by, proposed_by = excluded.proposed_by,"
      " proposed_for = excluded.proposed_for, proposed_at = excluded.proposed_at, escalates = excluded.escalates,"
      " reported_by = excluded.reported_by, reported_for = excluded.reported_for",
      id, work.discarded, work.unapproved, work.created_by, work.proposed_by, work.proposed_for, work.proposed_at, work.escalates, work.reported_by,
      work.reported_for);
}

void put_post(db::Tx& tx, Scene const& scene, ActivityId id, std::string_view token) {
  if (!token.empty()) tx.put("insert into work_post (person, token, activity, at) values ($1, $2, $3, $4)", scene.person.id, token, id, scene.now);
}

void put_before(db::Tx& tx, Activity const& a, Work const& work, int version) {
  auto const result = a.result ? std::optional(a.result->version) : std::nullopt;
  tx.put("delete from activity_before where activity = $1", a.id);
  tx.put(
      "insert into activity_before (activity, version, state, day, end_day, start_minutes, end_minutes, place, village, moved_from_day,"
      " moved_from_place, reason, result, discarded, unapproved, proposed_by, proposed_for, proposed_at, escalates, reported_by, reported_for)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
      a.id, version, activity::code(a.state), a.day, a.end_day, a.start_minutes, a.end_minutes, a.place, a.village, a.moved_from_day,
      a.moved_from_place, a.reason, result, work.discarded, work.unapproved, work.proposed_by, work.proposed_for, work.proposed_at, work.escalates,
      work.reported_by, work.reported_for);
}

/// What activity_before keeps, put back.
struct Before {
  int version;
  std::string state;
  Day day, end_day;
  std::optional<int> start_minutes, end_minutes;
  std::optional<activity::PlaceId> place;
  std::string village;
  std::optional<Day> moved_from_day;
  std::optional<activity::PlaceId> moved_from_place;
  std::string reason;
  std::optional<int> result;
  bool discarded, unapproved;
  std::optional<PersonId> proposed_by, proposed_for;
  std::optional<Instant> proposed_at;
  std::optional<Day> escalates;
  std::optional<PersonId> reported_by, reported_for;
};

std::optional<activity::Result> result_version(db::Reader& read, ActivityId id, int version) {
  struct Row {
    std::string method;
    std::optional<std::int64_t> low, high, audience_low, audience_high;
    std::optional<OrganisationId> counted_by;
    Day reported_day;
    std::string narrative;
  };
  auto row = read.maybe<Row>(
      "select method, total_low, total_high, audience_low, audience_high, counted_by, reported_day, narrative from result"
      " where activity = $1 and version = $2",
      id, version);
  if (!row) return std::nullopt;
  activity::Result result;
  result.method = std::move(row->method);
  if (row->low) result.attendance = {*row->low, row->high.value_or(*row->low)};
  if (row->audience_low) result.audience = {*row->audience_low, row->audience_high.value_or(*row->audience_low)};
  result.counted_by = row->counted_by;
  result.reported_day = row->reported_day;
  result.narrative = std::move(row->narrative);
  struct Heads {
    std::string sex, band;
    std::int64_t low, high;
  };
  read.each<Heads>(
      "select sex, band, low, high from result_count where activity = $1 and version = $2 order by sex, band",
      [&](Heads&& heads) {
        result.cells.push_back({activity::sex_of(heads.sex).value(), std::move(heads.band), {heads.low, heads.high}});
      },
      id, version);
  return result;
}

int current_result(db::Reader& read, ActivityId id) { return read.one<int>("select coalesce(max(version), 0) from result where activity = $1", id); }

void put_words(db::Tx& tx, ActivityId id, int version, ResultWords const& words) {
  tx.put("delete from result_question where activity = $1 and version = $2", id, version);
  tx.put(
      "insert into result_words (activity, version, sum_differs, challenges, recommendation, reason) values ($1, $2, $3, $4, $5, $6)"
      " on conflict (activity, version) do update set sum_differs = excluded.sum_differs, challenges = excluded.challenges,"
      " recommendation = excluded.recommendation, reason = excluded.reason",
      id, version, words.sum_differs, words.challenges, words.recommendation, words.reason);
  int position = 0;
  for (auto const& question : words.questions)
    tx.put("insert into result_question (activity, version, position, topic, question) values ($1, $2, $3, $4, $5)", id, version, position++,
           question.topic, question.text);
}

/// A result that counts again after a step was taken back keeps what was said with it and who confirmed it.
void copy_words(db::Tx& tx, ActivityId id, int from, int to) {
  if (from == to) return;
  put_words(tx, id, to, Store(tx).words(id, from));
  tx.run(
      "insert into result_confirmation (activity, version, at, person, acting_for, organisation, role)"
      " select activity, $3, at, person, acting_for, organisation, role from result_confirmation where activity = $1 and version = $2"
      " on conflict (activity, version) do nothing",
      id, from, to);
}

/// One step on its way: what is stored now, what it becomes, and who does it with whose right.
struct Progress {
  Activity const& stored;
  Activity next;
  Work work;
  PersonId acting_for;
  std::optional<int> result_before;  ///< of an undo: the version whose values count again
};

void restore(db::Tx& tx, Progress& step) {
  auto before = tx.one<Before>(
      "select version, state, day, end_day, start_minutes, end_minutes, place, village, moved_from_day, moved_from_place, reason, result, discarded,"
      " unapproved, proposed_by, proposed_for, proposed_at, escalates, reported_by, reported_for from activity_before where activity = $1",
      step.stored.id);
  if (before.version != step.stored.version)
    throw Problem(Failure::conflict, message("There is no step to take back, or somebody built on it already."));
  auto& next = step.next;
  next.state = activity::state_of(before.state).value();
  next.day = before.day;
  next.end_day = before.end_day;
  next.start_minutes = before.start_minutes;
  next.end_minutes = before.end_minutes;
  next.place = before.place;
  next.village = std::move(before.village);
  next.moved_from_day = before.moved_from_day;
  next.moved_from_place = before.moved_from_place;
  next.reason = std::move(before.reason);
  auto const current = next.result ? std::optional(next.result->version) : std::nullopt;
  if (before.result && before.result != current) {
    next.result = result_version(tx, next.id, *before.result);
    step.result_before = before.result;
  }
  auto& work = step.work;
  work.discarded = before.discarded;
  work.unapproved = before.unapproved;
  work.proposed_by = before.proposed_by;
  work.proposed_for = before.proposed_for;
  work.proposed_at = before.proposed_at;
  work.escalates = before.escalates;
  work.reported_by = before.reported_by;
  work.reported_for = before.reported_for;
}

void propose(Progress& step, Scene const& scene) {
  auto const today = scene.facts.today(scene.now);
  step.next.state = State::proposed;
  step.work.proposed_by = scene.person.id;
  step.work.proposed_for = maybe(step.acting_for);
  step.work.proposed_at = scene.now;
  step.work.escalates = escalation_day(today, scene.facts.holidays);
}

/// When and where an activity takes place: after its approval only a move changes these.
void keep_when_and_where(Activity& next, Activity const& stored) {
  next.day = stored.day;
  next.end_day = stored.end_day;
  next.start_minutes = stored.start_minutes;
  next.end_minutes = stored.end_minutes;
  next.reach = stored.reach;
  next.place = stored.place;
  next.places = stored.places;
  next.village = stored.village;
}

void move(Progress& step, Step const& asked, Scene const& scene) {
  auto const& stored = step.stored;
  asked.change(step.next);
  auto& next = step.next;
  if (next.day != stored.day) next.moved_from_day = stored.day;
  if (next.place != stored.place && stored.place) next.moved_from_place = stored.place;
  next.reason = asked.reason;
  // In another region another coordinator decides.
  bool const national = account::may_everywhere(scene.person, Permission::approve);
  if (object_of(next, scene.facts).region != object_of(stored, scene.facts).region && !national) propose(step, scene);
}

/// What an allowed action changes.
void apply(db::Tx& tx, Progress& step, Step const& asked, Scene const& scene) {
  auto& next = step.next;
  switch (asked.action) {
    case Action::undo: return restore(tx, step);
    case Action::propose: return propose(step, scene);
    case Action::move: return move(step, asked, scene);
    case Action::edit:
      asked.change(next);
      next.state = step.stored.state;
      if (next.state == State::approved) keep_when_and_where(next, step.stored);
      return;
    case Action::discard: step.work.discarded = true; break;
    case Action::cancel: next.reason = asked.reason; break;
    case Action::report:
      if (next.state == State::draft || next.state == State::proposed || next.state == State::returned) step.work.unapproved = true;
      [[fallthrough]];
    case Action::correct:
      asked.change(next);
      step.work.reported_by = scene.person.id;
      step.work.reported_for = maybe(step.acting_for);
      break;
    default: break;
  }
  next.state = after(step.stored.state, asked.action);
}

void put_step(db::Tx& tx, Scene const& scene, Progress const& step, Step const& asked, int version) {
  auto const grants = step.acting_for ? account::grants_of(tx, step.acting_for) : scene.person.grants;
  auto const used = role_used(grants, step.stored, decides(asked.action));
  auto const& id = step.stored.id;
  tx.put(
      "insert into activity_step (activity, version, at, action, state_before, state, person, acting_for, organisation, role, reason)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      id, version, scene.now, code(asked.action), activity::code(step.stored.state), activity::code(step.next.state), scene.person.id,
      maybe(step.acting_for), used.organisation, used.role, asked.reason);
  if (asked.paper)
    tx.put("insert into paper_approval (activity, version, order_number, order_day, signed_by) values ($1, $2, $3, $4, $5)", id, version,
           asked.paper->order_number, asked.paper->order_day, asked.paper->signed_by);
  if (asked.words) put_words(tx, id, current_result(tx, id), *asked.words);
  if (step.result_before) copy_words(tx, id, *step.result_before, current_result(tx, id));
  if (asked.action == Action::confirm)
    tx.put(
        "insert into result_confirmation (activity, version, at, person, acting_for, organisation, role) values ($1, $2, $3, $4, $5, $6, $7)"
        " on conflict (activity, version) do update set at = excluded.at, person = excluded.person, acting_for = excluded.acting_for,"
        " organisation = excluded.organisation, role = excluded.role",
        id, current_result(tx, id), scene.now, scene.person.id, maybe(step.acting_for), used.organisation, used.role);
}

void save(db::Tx& tx, Scene const& scene, Progress const& step, std::string_view what, std::string_view role) {
  activity::Saver saver(tx, scene.ids, scene.facts, scene.now);
  saver.replace(step.next, step.stored, what, role);
  saver.finish();
}

}  // namespace

Done create(db::Tx& tx, Scene const& request, Activity draft, std::string_view token) {
  Store store(tx);
  auto const person = fresh(tx, request.person);
  Scene const scene{request.ids, request.facts, person, request.now};
  if (auto const before = store.posted(person.id, token)) return {*before, Outcome::repeated};
  auto const today = scene.facts.today(scene.now);
  PersonId acting_for;
  auto grants = person.grants;
  if (!account::may(person, Permission::plan, object_of(draft, scene.facts))) {
    for (auto const& stand_in : store.standing_in(person.id, today)) {
      Person principal = person;
      principal.grants = account::grants_of(tx, stand_in.principal);
      if (stand_in.kind != "assistant" || !account::may(principal, Permission::plan, object_of(draft, scene.facts))) continue;
      acting_for = stand_in.principal;
      grants = principal.grants;
      break;
    }
    if (!acting_for) throw Problem(Failure::forbidden, message("You may plan for your own organisation only, a coordinator for the own region."));
  }
  draft.state = State::draft;
  draft.result.reset();
  auto const* kind = scene.facts.codes.find("kind", draft.kind);
  draft.sensitive = kind && kind->sensitive;
  auto const used = role_used(grants, draft, false);
  activity::Saver saver(tx, scene.ids, scene.facts, scene.now);
  auto const id = saver.add(draft, used.role);
  saver.finish();
  Work work;
  work.created_by = person.id;
  put_work(tx, id, work);
  tx.put(
      "insert into activity_step (activity, version, at, action, state_before, state, person, acting_for, organisation, role, reason)"
      " values ($1, 1, $2, 'created', '', 'draft', $3, $4, $5, $6, '')",
      id, scene.now, person.id, maybe(acting_for), used.organisation, used.role);
  put_post(tx, scene, id, token);
  return {id, Outcome::done};
}

Done make_step(db::Tx& tx, Scene const& request, ActivityId id, Step const& asked) {
  Store store(tx);
  auto const person = fresh(tx, request.person);
  Scene const scene{request.ids, request.facts, person, request.now};
  if (auto const before = store.posted(person.id, asked.token)) return {*before, Outcome::repeated};
  auto const stored = activity::Store(tx).find(id);
  auto const today = scene.facts.today(scene.now);
  auto const missing = Problem(Failure::not_found, message("There is no activity at this address."));
  if (!stored) throw missing;
  auto const actor = store.actor(person, *stored, scene.facts, today);
  if (!may_see(person, *stored, actor)) throw missing;
  if (stored->version != asked.version) return {id, Outcome::stale};
  auto const decision = decide(store.facts(*stored, scene.facts), actor, asked.action, today, scene.now);
  if (!decision.allowed) throw Problem(Failure::forbidden, decision.why_not);
  if (needs_reason(asked.action) && asked.reason.empty()) throw Problem(Failure::unprocessable, message("Give a reason."));

  Progress step{*stored, *stored, store.work(id), decision.acting_for, std::nullopt};
  auto const before = step.work;
  apply(tx, step, asked, scene);
  // A changed form must not give an activity to those who may not plan there.
  if (asked.action == Action::edit && step.next.lead != stored->lead && !account::may(person, Permission::plan, object_of(step.next, scene.facts)))
    throw Problem(Failure::forbidden, message("You may plan for your own organisation only, a coordinator for the own region."));
  auto const used = role_used(person.grants, *stored, decides(asked.action));
  save(tx, scene, step, code(asked.action), used.role);
  int const version = stored->version + 1;
  put_work(tx, id, step.work);
  if (asked.action == Action::undo || asked.action == Action::edit) tx.put("delete from activity_before where activity = $1", id);
  else put_before(tx, *stored, before, version);
  put_step(tx, scene, step, asked, version);
  put_post(tx, scene, id, asked.token);
  return {id, Outcome::done};
}

}  // namespace birge::work
