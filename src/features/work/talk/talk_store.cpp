#include <algorithm>

#include "features/account/role_holders.hpp"
#include "features/audit/audit.hpp"
#include "features/notice/notice.hpp"
#include "features/work/home/home_notices.hpp"
#include "features/work/talk/talk_words.hpp"
#include "features/work/work_leave.hpp"

/// What is kept beside the life of an activity: ticks, remarks, who stands in for whom.
namespace birge::work {

namespace {

audit::Who who(Scene const& scene) { return audit::Who::person(scene.person.id, scene.person.organisation().value_or(OrganisationId{})); }

}  // namespace

void change_ticks(db::Tx& tx, Scene const& scene, Activity const& activity, std::vector<TickChange> const& changes) {
  audit::Entry entry{who(scene), "checklist_changed", {"activity", activity.id}, scene.now};
  entry.in(object_of(activity, scene.facts).region.value_or(place::PlaceId{}), activity.lead);
  for (auto const& [item, done] : changes) {
    auto const changed =
        done ? tx.run("insert into checklist_tick (activity, item, at, person) values ($1, $2, $3, $4) on conflict (activity, item) do nothing",
                      activity.id, item, scene.now, scene.person.id)
             : tx.run("delete from checklist_tick where activity = $1 and item = $2", activity.id, item);
    if (changed > 0) entry.changed("checklist", audit::Value::pack_code(item), !done, done);
  }
  if (!entry.changes.empty()) audit::record(tx, entry);
}

bool may_discuss(account::Person const& person, Activity const& activity, campaign::Facts const& facts) {
  return account::may(person, account::Permission::discuss, object_of(activity, facts));
}

void remark(db::Tx& tx, Scene const& scene, Activity const& seen, std::string_view text, std::vector<PersonId> const& mentioned,
            std::string_view token) {
  Store store(tx);
  if (store.posted(scene.person.id, token)) return;
  auto const id = seen.id;
  auto const person = account::fresh(tx, scene.person);
  auto const stored = activity::Store(tx).find(id);
  if (!stored || !may_see(person, *stored, store.actor(person, *stored, scene.facts, scene.facts.today(scene.now))))
    throw Problem(Failure::not_found, message("There is no activity at this address."));
  auto const& activity = *stored;
  if (!may_discuss(person, activity, scene.facts)) throw Problem(Failure::forbidden, message("Your role does not take part in discussions."));
  auto const people = detail::those_who_may_see(tx, scene.facts, activity, mentioned);
  if (!token.empty()) tx.put("insert into work_post (person, token, activity, at) values ($1, $2, $3, $4)", scene.person.id, token, id, scene.now);
  auto const made = scene.ids.next();
  tx.run("insert into remark (id, activity, at, person, text, searched) values ($1, $2, $3, $4, $5, 1)", made, id, scene.now, scene.person.id, text);
  put_remark_words(tx, made, text);
  for (auto const person : people) tx.put("insert into remark_mention (remark, person) values ($1, $2) on conflict do nothing", made, person);
  audit::Entry entry{who(scene), "remarked", {"activity", id}, scene.now};
  audit::record(tx, entry.text_changed("remark"));
  detail::tell_of_remark(tx, scene, activity, made, people);
}

void take_back_remark(db::Tx& tx, Scene const& scene, ActivityId id, std::int64_t remark) {
  struct Row {
    PersonId person;
    Instant at;
    std::optional<Instant> taken_back;
  };
  auto const row = tx.maybe<Row>("select person, at, taken_back from remark where id = $1 and activity = $2", remark, id);
  if (!row || row->person != scene.person.id) throw Problem(Failure::not_found, message("There is no such remark of yours."));
  if (row->taken_back) return;
  if (scene.now - row->at >= remark_time) throw Problem(Failure::forbidden, message("A remark can be taken back for ten minutes."));
  tx.run("update remark set text = '', taken_back = $2 where id = $1", remark, scene.now);
  tx.run("delete from remark_mention where remark = $1", remark);
  forget_remark_words(tx, remark);
  notice::forget_remark(tx, remark);
  audit::Entry entry{who(scene), "remark_taken_back", {"activity", id}, scene.now};
  audit::record(tx, entry.text_changed("remark"));
}

void add_stand_in(db::Tx& tx, Scene const& scene, StandIn stand_in) {
  if (stand_in.principal == stand_in.substitute) throw Problem(Failure::unprocessable, message("Nobody stands in for himself or herself."));
  if (!account::signs_in(tx, stand_in.substitute)) throw Problem(Failure::unprocessable, message("Choose somebody who signs in."));
  if (stand_in.until && *stand_in.until < stand_in.from) throw Problem(Failure::unprocessable, message("The last day is before the first one."));
  auto const named =
      tx.all<std::optional<Day>>("select day_until from stand_in where principal = $1 and substitute = $2 and kind = $3 and day_from = $4",
                                 stand_in.principal, stand_in.substitute, stand_in.kind, stand_in.from);
  if (std::ranges::find(named, stand_in.until) != named.end()) return;
  tx.run("insert into stand_in (id, principal, substitute, kind, day_from, day_until, created_by, created) values ($1, $2, $3, $4, $5, $6, $7, $8)",
         scene.ids.next(), stand_in.principal, stand_in.substitute, stand_in.kind, stand_in.from, stand_in.until, scene.person.id, scene.now);
  account::rights_version.touch(tx);
  audit::Entry entry{who(scene), "stand_in_named", {"person", stand_in.principal}, scene.now};
  entry.with("substitute", stand_in.substitute).with("from", stand_in.from).with("until", stand_in.until);
  audit::record(tx, entry.with("kind", audit::Value::pack_code(stand_in.kind)));
}

void end_stand_in(db::Tx& tx, Scene const& scene, PersonId principal, std::int64_t id, Day last_day) {
  auto const changed = tx.run("update stand_in set day_until = $2 where id = $1 and principal = $3 and (day_until is null or day_until > $2)", id,
                              last_day, principal);
  if (changed != 1) {
    auto const ended = tx.maybe<Day>("select day_until from stand_in where id = $1 and principal = $2", id, principal);
    if (!ended) throw Problem(Failure::not_found, message("There is no such deputy."));
    throw Problem(Failure::conflict, message("This ended already, on {}. Nothing had to be changed.", *ended));
  }
  account::rights_version.touch(tx);
  audit::Entry entry{who(scene), "stand_in_ended", {"person", principal}, scene.now};
  auto const substitute = tx.one<PersonId>("select substitute from stand_in where id = $1", id);
  audit::record(tx, entry.with("substitute", substitute).with("until", last_day));
}

void forget_person(db::Tx& tx, PersonId person, Instant now) {
  auto const last_day = campaign::facts(tx)->today(now).plus(-1);
  tx.run("update stand_in set day_until = $2 where (principal = $1 or substitute = $1) and (day_until is null or day_until > $2)", person, last_day);
  account::rights_version.touch(tx);
}

}  // namespace birge::work
