#include "features/village/village_store.hpp"

#include "features/account/account_secrets.hpp"
#include "features/account/record.hpp"
#include "features/account/role_holders.hpp"
#include "features/village/village_desk.hpp"
#include "platform/db/in_list.hpp"

namespace birge::village {

using db::Sql;

namespace {

Sql rows() {
  return Sql(
      "select id, edition, reference, state, language, place, region, district, village, kind, wish, month, audience, people, contact_name, contact,"
      " activity, taken_by, reason, created, changed, forgotten, reminded, version from village_invitation");
}

void add_part(Sql& sql, Part const& part, std::optional<place::PlaceId> place) {
  if (!part.everywhere) {
    sql.add(" and region");
    db::add_in(sql, part.regions);
  }
  if (place) sql.add(" and (region = ? or district = ?)", *place, *place);
}

struct PlaceCount {
  place::PlaceId place;
  std::int64_t count;
};

audit::Entry entry(audit::Who const& who, audit::Word action, Invitation const& invitation, Instant now) {
  audit::Entry made{who, action, {"village_invitation", invitation.id}, now};
  made.in(invitation.region, coalition::OrganisationId{});
  return made;
}

audit::Word word(Step step) {
  switch (step) {
    case Step::take: return "taken_on";
    case Step::answer: return "answered";
    case Step::decline: return "declined";
    case Step::pass_on: return "passed_to_hotline";
    case Step::reopen: return "reopened";
  }
  return "taken_on";
}

/// The invitation if this person may know of it at this moment, whatever roles the request began with.
std::optional<Invitation> known(db::Tx& tx, account::Person const& person, InvitationId id) {
  auto invitation = Store(tx).find(id);
  return invitation && may_see(account::fresh(tx, person), *invitation) ? std::move(invitation) : std::nullopt;
}

}  // namespace

Part part_of(account::Person const& person) {
  Part part;
  part.everywhere = account::may_everywhere(person, account::Permission::see_requests);
  for (auto const& grant : person.grants)
    if (grant.region && account::allows(grant, account::Permission::see_requests, {grant.region, {}, {}})) part.regions.push_back(*grant.region);
  return part;
}

std::optional<Invitation> Store::find(InvitationId id) {
  auto sql = rows();
  return read_.maybe<Invitation>(sql.add(" where id = ?", id));
}

std::vector<Invitation> Store::list(campaign::EditionId edition, Part const& part, State state, std::optional<place::PlaceId> place, int limit) {
  auto sql = rows();
  sql.add(" where edition = ? and state = ?", edition, code(state));
  add_part(sql, part, place);
  return read_.all<Invitation>(sql.add(" order by created, id limit ?", limit));
}

std::vector<Invitation> Store::latest(Part const& part, int limit) {
  auto sql = rows();
  sql.add(" where true");
  add_part(sql, part, std::nullopt);
  return read_.all<Invitation>(sql.add(" order by created desc, id desc limit ?", limit));
}

std::int64_t Store::count(campaign::EditionId edition, Part const& part, State state, std::optional<place::PlaceId> place) {
  Sql sql("select count(*) from village_invitation where edition = ? and state = ?", edition, code(state));
  add_part(sql, part, place);
  return read_.one<std::int64_t>(sql);
}

std::map<place::PlaceId, std::int64_t> Store::waiting_by_place(campaign::EditionId edition) {
  std::map<place::PlaceId, std::int64_t> counts;
  read_.each<PlaceCount>(
      "select coalesce(district, region), count(*) from village_invitation where edition = $1 and state = 'waiting' group by coalesce(district, region)",
      [&](PlaceCount&& row) { counts[row.place] = row.count; }, edition);
  return counts;
}

std::vector<Invitation> Store::to_remind(campaign::EditionId edition, Instant before) {
  auto sql = rows();
  return read_.all<Invitation>(
      sql.add(" where edition = ? and state = 'waiting' and reminded is null and created < ? order by created, id limit 200", edition, before));
}

std::string add(db::Tx& tx, IdMaker& ids, Invitation const& invitation, std::string_view once, Instant now) {
  if (auto known = tx.maybe<std::string>("select reference from village_invitation where once = $1", once)) return std::move(*known);
  auto stored = invitation;
  stored.id = ids.make<InvitationTag>();
  stored.reference = account::new_paper_code();
  tx.run(
      "insert into village_invitation (id, edition, reference, once, state, language, place, region, district, village, kind, wish, month, audience,"
      " people, contact_name, contact, reason, created, changed, version)"
      " values ($1, $2, $3, $4, 'waiting', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', $17, $17, 1)",
      stored.id, stored.edition, stored.reference, once, stored.language, stored.place, stored.region, stored.district, stored.village, stored.kind,
      stored.wish, stored.month, stored.audience, stored.people, stored.contact_name, stored.contact, now);
  audit::record(tx, entry(audit::Who::visitor(), "invited_campaign", stored, now));
  return stored.reference;
}

void make_step(db::Tx& tx, account::Person const& person, InvitationId id, std::int64_t version, Step step, std::string_view reason, Instant now) {
  auto const found = known(tx, person, id);
  if (!found) throw Problem(Failure::not_found, message("There is no such invitation."));
  auto const& before = *found;
  if (before.version != version)
    throw Problem(Failure::conflict, message("Somebody else changed this meanwhile. Open the page again to see what is there now."));
  auto const next = after(before, step);
  if (!next) throw Problem(Failure::conflict, message("This can no longer be done with this invitation."));
  if (step == Step::decline && reason.empty()) throw Problem(Failure::unprocessable, message("Give a reason."));
  tx.run("update village_invitation set state = $2, taken_by = $3, reason = $4, changed = $5, version = version + 1 where id = $1", id, code(*next),
         person.id, step == Step::decline ? reason : std::string_view(), now);
  auto told = entry(account::acting(person), word(step), before, now);
  told.changed("state", before.standing(), *next);
  if (step == Step::decline) told.text_changed("reason");
  audit::record(tx, told);
}

bool link_activity(db::Tx& tx, account::Person const& person, std::int64_t number, activity::ActivityId activity, Instant now) {
  auto const before = known(tx, person, {number});
  if (!before || (before->standing() != State::waiting && before->standing() != State::answering)) return false;
  if (before->activity == activity) return true;
  tx.run("update village_invitation set state = 'answering', taken_by = $2, activity = $3, changed = $4, version = version + 1 where id = $1", number,
         person.id, activity, now);
  auto told = entry(account::acting(person), "planned_for_invitation", *before, now);
  told.changed("state", before->standing(), State::answering).with("activity", activity);
  audit::record(tx, told);
  return true;
}

void plan_falls(db::Tx& tx, audit::Who const& who, activity::ActivityId activity, Instant now) {
  auto sql = rows();
  for (auto const& before : tx.all<Invitation>(sql.add(" where activity = ? and state = 'answering'", activity))) {
    tx.run("update village_invitation set state = 'waiting', taken_by = null, reminded = null, changed = $2, version = version + 1 where id = $1",
           before.id, now);
    auto told = entry(who, "reopened", before, now);
    audit::record(tx, told.changed("state", before.standing(), State::waiting).with("activity", activity));
  }
}

void plan_stands_again(db::Tx& tx, audit::Who const& who, account::PersonId person, activity::ActivityId activity, Instant now) {
  auto sql = rows();
  for (auto const& before : tx.all<Invitation>(sql.add(" where activity = ? and state = 'waiting' and taken_by is null", activity))) {
    tx.run("update village_invitation set state = 'answering', taken_by = $2, changed = $3, version = version + 1 where id = $1", before.id, person,
           now);
    auto told = entry(who, "planned_for_invitation", before, now);
    audit::record(tx, told.changed("state", before.standing(), State::answering).with("activity", activity));
  }
}

void reminded(db::Tx& tx, InvitationId id, Instant now) { tx.run("update village_invitation set reminded = $2 where id = $1", id, now); }

std::int64_t forget(db::Tx& tx, Day today, Instant now) {
  auto const count = tx.run(
      "update village_invitation set village = '', wish = '', contact_name = '', contact = '', reason = '', once = reference, forgotten = $1"
      " where forgotten is null and ((state = 'passed_on' and changed < $2) or (state in ('answered', 'declined') and changed < $3)"
      " or edition in (select d.edition from edition_dates d where d.closing_until < $4"
      " and d.version = (select max(l.version) from edition_dates l where l.edition = d.edition)))",
      now, now - kept_when_passed_on, now - kept_when_handled, today);
  if (count > 0) {
    audit::Entry told{audit::Who::system(), "contacts_deleted", audit::Object("village_invitation"), now};
    audit::record(tx, told.with("count", count));
  }
  return count;
}

}  // namespace birge::village
