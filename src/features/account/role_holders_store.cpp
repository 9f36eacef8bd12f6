#include "features/account/role_holders.hpp"

namespace birge::account {

namespace {

struct HeldRow {
  PersonId person;
  std::string name, role;
  std::optional<place::PlaceId> region;
  std::optional<coalition::OrganisationId> organisation;
};

Holder holder(HeldRow&& row) { return {row.person, std::move(row.name), role_of(row.role).value_or(Role::member), row.region, row.organisation}; }

}  // namespace

std::vector<Grant> grants_of(db::Reader& read, PersonId person) {
  struct Row {
    std::string role;
    std::optional<place::PlaceId> region;
    std::optional<coalition::OrganisationId> organisation;
    std::optional<std::int64_t> activity;
  };
  std::vector<Grant> grants;
  read.each<Row>(
      "select r.role, r.region, r.organisation, r.activity from account_role r join account a on a.id = r.account"
      " where r.account = $1 and r.ended is null and a.state = 'active' order by r.id",
      [&](Row&& row) {
        if (auto const role = role_of(row.role)) grants.push_back({*role, row.region, row.organisation, row.activity});
      },
      person);
  return grants;
}

std::vector<Holder> regional_coordinators(db::Reader& read, place::PlaceId region) {
  std::vector<Holder> holders;
  read.each<HeldRow>(
      "select a.id, a.name, r.role, r.region, max(o.organisation) from account a"
      " join account_role r on r.account = a.id left join account_role o on o.account = a.id and o.ended is null"
      " where r.role = 'regional_coordinator' and r.region = $1 and r.ended is null and a.state = 'active'"
      " group by a.id, a.name, r.role, r.region order by a.id",
      [&](HeldRow&& row) { holders.push_back(holder(std::move(row))); }, region);
  return holders;
}

std::vector<Holder> role_holders(db::Reader& read) {
  std::vector<Holder> holders;
  read.each<HeldRow>(
      "select a.id, a.name, r.role, r.region, r.organisation from account a join account_role r on r.account = a.id"
      " where r.ended is null and a.state = 'active' order by a.name, a.id, r.id",
      [&](HeldRow&& row) { holders.push_back(holder(std::move(row))); });
  return holders;
}

std::vector<PersonId> holders_of(db::Reader& read, Role role, std::optional<coalition::OrganisationId> organisation) {
  db::Sql sql("select distinct r.account from account_role r join account a on a.id = r.account where r.role = ? and r.ended is null",
              role_code(role));
  if (organisation) sql.add(" and r.organisation = ?", *organisation);
  return read.all<PersonId>(sql.add(" and a.state = 'active' order by 1"));
}

std::vector<Mailbox> mailboxes_of(db::Reader& read, std::vector<PersonId> const& people) {
  struct Row {
    PersonId person;
    std::string email, language;
  };
  std::vector<Mailbox> boxes;
  db::Sql sql(
      "select a.id, l.login, a.language from account_login l join account a on a.id = l.account where l.kind = 'email' and a.state = 'active'"
      " and a.id in (0");
  for (auto const id : people) sql.add(", ?", id);
  sql.add(") order by a.id, l.login");
  read.each<Row>(sql, [&](Row&& row) { boxes.push_back({row.person, std::move(row.email), language_of(row.language).value_or(Language::ky)}); });
  return boxes;
}

std::map<PersonId, std::string> names_of(db::Reader& read, std::vector<PersonId> const& people) {
  struct Row {
    PersonId id;
    std::string name;
  };
  std::map<PersonId, std::string> names;
  db::Sql sql("select id, name from account where id in (0");
  for (auto const id : people) sql.add(", ?", id);
  sql.add(")");
  read.each<Row>(sql, [&](Row&& row) { names.emplace(row.id, std::move(row.name)); });
  return names;
}

}  // namespace birge::account
