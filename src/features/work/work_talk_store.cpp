#include "features/audit/audit.hpp"
#include "features/work/work_store.hpp"

/// What is kept beside the life of an activity: ticks, remarks, who stands in for whom.
namespace birge::work {

namespace {

audit::Who who(Scene const& scene) { return audit::Who::person(scene.person.id, scene.person.organisation().value_or(OrganisationId{})); }

}  // namespace

void tick(db::Tx& tx, Scene const& scene, ActivityId id, std::string_view item, bool done) {
  if (!done) {
    tx.run("delete from checklist_tick where activity = $1 and item = $2", id, item);
    return;
  }
  tx.run("insert into checklist_tick (activity, item, at, person) values ($1, $2, $3, $4) on conflict (activity, item) do nothing", id, item,
         scene.now, scene.person.id);
}

void remark(db::Tx& tx, Scene const& scene, ActivityId id, std::string_view text, std::string_view token) {
  if (Store(tx).posted(scene.person.id, token)) return;
  if (!token.empty()) tx.put("insert into work_post (person, token, activity, at) values ($1, $2, $3, $4)", scene.person.id, token, id, scene.now);
  tx.run("insert into remark (id, activity, at, person, text) values ($1, $2, $3, $4, $5)", scene.ids.next(), id, scene.now, scene.person.id, text);
  audit::Entry entry{who(scene), "remarked", {"activity", id}, scene.now};
  audit::record(tx, entry.text_changed("remark"));
}

void add_stand_in(db::Tx& tx, Scene const& scene, StandIn stand_in) {
  if (stand_in.principal == stand_in.substitute) throw Problem(Failure::unprocessable, message("Nobody stands in for himself or herself."));
  if (stand_in.until && *stand_in.until < stand_in.from) throw Problem(Failure::unprocessable, message("The last day is before the first one."));
  tx.run("insert into stand_in (id, principal, substitute, kind, day_from, day_until, created_by, created) values ($1, $2, $3, $4, $5, $6, $7, $8)",
         scene.ids.next(), stand_in.principal, stand_in.substitute, stand_in.kind, stand_in.from, stand_in.until, scene.person.id, scene.now);
  audit::Entry entry{who(scene), "stand_in_named", {"person", stand_in.principal}, scene.now};
  entry.with("substitute", stand_in.substitute).with("from", stand_in.from).with("until", stand_in.until);
  audit::record(tx, entry.with("kind", audit::Value::pack_code(stand_in.kind)));
}

void end_stand_in(db::Tx& tx, Scene const& scene, std::int64_t id, Day last_day) {
  auto const changed = tx.run("update stand_in set day_until = $2 where id = $1 and principal = $3", id, last_day, scene.person.id);
  if (changed != 1) throw Problem(Failure::not_found, message("There is no such deputy."));
  audit::Entry entry{who(scene), "stand_in_ended", {"person", scene.person.id}, scene.now};
  audit::record(tx, entry.with("stand_in", audit::Value::id(id)).with("until", last_day));
}

}  // namespace birge::work
