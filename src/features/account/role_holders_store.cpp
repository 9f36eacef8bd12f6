#include "features/account/role_holders.hpp"

#include "platform/db/in_list.hpp"

namespace birge::account {

namespace {

struct HeldRow {
  PersonId person;
  std::string name, role;
  std::optional<place::PlaceId> region;
  std::optional<coalition::OrganisationId> organisation;
};

/// An account in use that holds a role.
struct Held {
  std::string name;
  bool second_step = false, signs_in = true;
  std::vector<Grant> grants;  ///< in the order in which they were given
};

std::shared_ptr<std::map<PersonId, Held> const> accounts(db::Reader& read) {
  struct Row {
    PersonId person;
    std::string name, role;
    std::optional<place::PlaceId> region;
    std::optional<coalition::OrganisationId> organisation;
    std::optional<std::int64_t> activity;
    std::optional<PersonId> second_step;  ///< whose it is
    int signs_in = 1;
  };
  static db::Kept<std::map<PersonId, Held>> kept(rights_version);
  return kept.get(read, [](db::Reader& from, std::string const&) {
    auto found = std::make_shared<std::map<PersonId, Held>>();
    from.each<Row>(
        "select a.id, a.name, r.role, r.region, r.organisation, r.activity, f.account,"
        " case when exists (select 1 from account_login l where l.account = a.id) then 1 else 0 end"
        " from account a join account_role r on r.account = a.id left join account_factor f on f.account = a.id"
        " where r.ended is null and a.state = 'active' order by r.id",
        [&](Row&& row) {
          auto const role = role_of(row.role);
          if (!role) return;
          auto& held = (*found)[row.person];
          held.name = std::move(row.name);
          held.second_step = row.second_step.has_value();
          held.signs_in = row.signs_in != 0;
          held.grants.push_back({*role, row.region, row.organisation, row.activity});
        });
    return found;
  });
}

Holder holder(HeldRow&& row) { return {row.person, std::move(row.name), role_of(row.role).value_or(Role::member), row.region, row.organisation}; }

}  // namespace

std::vector<Grant> grants_of(db::Reader& read, PersonId person) {
  auto const known = accounts(read);
  auto const found = known->find(person);
  return found == known->end() ? std::vector<Grant>() : found->second.grants;
}

Person fresh(db::Reader& read, Person const& person) {
  Person now = person;
  now.grants = grants_of(read, person.id);
  return now;
}

bool has_second_step(db::Reader& read, PersonId person) {
  auto const known = accounts(read);
  auto const found = known->find(person);
  return found != known->end() && found->second.second_step;
}

bool signs_in(db::Reader& read, PersonId person) {
  auto const known = accounts(read);
  auto const found = known->find(person);
  return found != known->end() && found->second.signs_in;
}

std::optional<Grant> grant_at(db::Reader& read, PersonId person, Instant moment) {
  struct Row {
    std::string role;
    std::optional<place::PlaceId> region;
    std::optional<coalition::OrganisationId> organisation;
    std::optional<std::int64_t> activity;
  };
  auto const row = read.maybe<Row>(
      "select role, region, organisation, activity from account_role where account = $1 and given <= $2 and (ended is null or ended >= $2)"
      " order by case when organisation is null then 1 else 0 end, id limit 1",
      person, moment);
  auto const role = row ? role_of(row->role) : std::nullopt;
  return role ? std::optional(Grant{*role, row->region, row->organisation, row->activity}) : std::nullopt;
}

std::vector<Coordinator> regional_coordinators(db::Reader& read, place::PlaceId region) {
  std::vector<Coordinator> coordinators;
  for (auto const& [person, held] : *accounts(read)) {
    auto const coordinates = [&](Grant const& grant) { return grant.role == Role::regional_coordinator && grant.region == region; };
    if (std::ranges::none_of(held.grants, coordinates)) continue;
    Coordinator coordinator{person, held.name, {}};
    auto const come_from = [&, &grants = held.grants](auto const& counts) {
      for (auto const& grant : grants)
        if (grant.organisation && counts(grant) && !coordinator.comes_from(*grant.organisation))
          coordinator.organisations.push_back(*grant.organisation);
    };
    come_from(coordinates);
    if (coordinator.organisations.empty()) come_from([](Grant const& grant) { return grant.role != Role::helper; });
    coordinators.push_back(std::move(coordinator));
  }
  return coordinators;
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
  std::vector<PersonId> holders;
  for (auto const& [person, held] : *accounts(read)) {
    auto const wanted = [&](Grant const& grant) { return grant.role == role && (!organisation || grant.organisation == organisation); };
    if (std::ranges::any_of(held.grants, wanted)) holders.push_back(person);
  }
  return holders;
}

std::vector<PersonId> helpers_of(db::Reader& read, std::int64_t activity) {
  std::vector<PersonId> helpers;
  for (auto const& [person, held] : *accounts(read))
    if (std::ranges::any_of(held.grants, [&](Grant const& grant) { return grant.role == Role::helper && grant.activity == activity; }))
      helpers.push_back(person);
  return helpers;
}

std::vector<Mailbox> mailboxes_of(db::Reader& read, std::vector<PersonId> const& people) {
  struct Row {
    PersonId person;
    std::string email, language;
  };
  std::vector<Mailbox> boxes;
  db::Sql sql(
      "select a.id, l.login, a.language from account_login l join account a on a.id = l.account where l.kind = 'email' and a.state = 'active'"
      " and a.id");
  db::add_in(sql, people);
  sql.add(" order by a.id, l.login");
  read.each<Row>(sql, [&](Row&& row) { boxes.push_back({row.person, std::move(row.email), language_of(row.language).value_or(Language::ky)}); });
  return boxes;
}

std::map<PersonId, std::string> names_of(db::Reader& read, std::vector<PersonId> const& people) {
  struct Row {
    PersonId id;
    std::string name;
  };
  std::map<PersonId, std::string> names;
  db::Sql sql("select id, name from account where id");
  db::add_in(sql, people);
  read.each<Row>(sql, [&](Row&& row) { names.emplace(row.id, std::move(row.name)); });
  return names;
}

}  // namespace birge::account
