#include <algorithm>

#include "features/account/account_store.hpp"
#include "features/account/directory.hpp"

namespace birge::account {

namespace {

struct WhoRow {
  PersonId id;
  std::string name, language;
};

struct RoleRow {
  std::string role;
  std::optional<place::PlaceId> region;
  std::optional<coalition::OrganisationId> organisation;
};

}  // namespace

std::map<std::int64_t, Who> who(db::Reader& read, std::span<PersonId const> people) {
  std::map<std::int64_t, Who> found;
  for (auto const id : people) {
    if (found.contains(id.value)) continue;
    auto row = read.maybe<WhoRow>("select id, name, language from account where id = $1", id);
    if (!row) continue;
    Who one{id, std::move(row->name), {}, {}, {}, language_of(row->language).value_or(Language::ky)};
    // The role held now goes before one that ended; among those, the first that was given.
    auto const role = read.maybe<RoleRow>(R"(
      select role, region, organisation from account_role where account = $1
       order by case when ended is null then 0 else 1 end, id limit 1)",
                                          id);
    if (role) {
      one.role = role_of(role->role);
      one.organisation = role->organisation;
      one.region = role->region;
    }
    found.emplace(id.value, std::move(one));
  }
  return found;
}

std::string shown(Say const& say, Who const& who, std::string_view organisation_name, Person const* viewer) {
  Object object;
  if (who.organisation) object.organisations.push_back(*who.organisation);
  object.region = who.region;
  bool const named = viewer && may(*viewer, Permission::see_names, object);
  auto role = who.role ? say(role_name(*who.role)) : std::string();
  if (named && !who.name.empty()) return organisation_name.empty() ? who.name : who.name + ", " + std::string(organisation_name);
  if (organisation_name.empty()) return role;
  return role.empty() ? std::string(organisation_name) : role + ", " + std::string(organisation_name);
}

std::vector<Person> people_who_may(db::Reader& read, Permission permission, Object const& object) {
  // Some hundreds of accounts: their roles are asked in one statement, and the table of access decides.
  struct Row {
    PersonId id;
    std::string name, language, role;
    std::optional<place::PlaceId> region;
    std::optional<coalition::OrganisationId> organisation;
    std::optional<std::int64_t> activity;
  };
  std::vector<Person> people;
  read.each<Row>(R"(
    select a.id, a.name, a.language, r.role, r.region, r.organisation, r.activity
      from account a join account_role r on r.account = a.id and r.ended is null
     where a.state = 'active' order by a.id, r.id)",
                 [&](Row&& row) {
                   auto const role = role_of(row.role);
                   if (!role) return;
                   if (people.empty() || people.back().id != row.id) {
                     Person person;
                     person.id = row.id;
                     person.name = std::move(row.name);
                     person.language = language_of(row.language).value_or(Language::ky);
                     people.push_back(std::move(person));
                   }
                   people.back().grants.push_back({*role, row.region, row.organisation, row.activity});
                 });
  std::erase_if(people, [&](Person const& person) { return !may(person, permission, object); });
  return people;
}

std::vector<std::optional<place::PlaceId>> homes_of(db::Reader& read, std::vector<Grant> const& grants) {
  std::vector<std::optional<place::PlaceId>> homes;
  for (auto const& grant : grants) {
    auto const found = grant.organisation
                           ? read.maybe<std::optional<place::PlaceId>>("select region from organisation where id = $1", *grant.organisation)
                           : std::nullopt;
    homes.push_back(found.value_or(std::nullopt));
  }
  return homes;
}

}  // namespace birge::account
