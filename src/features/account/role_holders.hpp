#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "features/account/account.hpp"
#include "platform/db/db.hpp"
#include "platform/db/version.hpp"

/// Who holds which role now: for rules that need to know who else there is.
namespace birge::account {

/// Who may do what: accounts in use with their names, the roles they hold, whether a second step guards them, and who stands in for whom. To be touched by whatever changes these, in
/// any feature, after the last of its changes: what the functions below say is kept in memory under it.
inline constexpr db::Version rights_version{"rights"};

struct Holder {
  PersonId person;
  std::string name;  ///< shown only to those who may see names
  Role role = Role::member;
  std::optional<place::PlaceId> region;
  std::optional<coalition::OrganisationId> organisation;
};

/// Who coordinates a region.
struct Coordinator {
  PersonId person;
  std::string name;
  /// Whom they come from: the organisation their role for the region names or, where it names none, those of their other roles.
  std::vector<coalition::OrganisationId> organisations;

  bool comes_from(coalition::OrganisationId organisation) const { return std::ranges::find(organisations, organisation) != organisations.end(); }
};

/// The roles somebody holds; none for an account that is locked or left.
std::vector<Grant> grants_of(db::Reader& read, PersonId person);
/// The person with the roles held at this moment, which may be fewer than when the request began: what a change asks for first in the writer.
Person fresh(db::Reader& read, Person const& person);
/// Whether somebody signs in with more than a password. Not for those who hold no role.
bool has_second_step(db::Reader& read, PersonId person);
/// Whether somebody has something to sign in with, or acts through an assistant alone. Not for those who hold no role.
bool signs_in(db::Reader& read, PersonId person);
/// What somebody was at a moment, also one who left: of several roles the first that names an organisation.
std::optional<Grant> grant_at(db::Reader& read, PersonId person, Instant moment);
/// Those who coordinate a region, each once, with an account in use.
std::vector<Coordinator> regional_coordinators(db::Reader& read, place::PlaceId region);
/// Everybody with an account in use, by name; a person stands once for each role.
std::vector<Holder> role_holders(db::Reader& read);
/// Who holds a role for the whole country, or for one organisation, with an account in use.
std::vector<PersonId> holders_of(db::Reader& read, Role role, std::optional<coalition::OrganisationId> organisation = {});
/// Who helps with one activity, with an account in use.
std::vector<PersonId> helpers_of(db::Reader& read, std::int64_t activity);
/// Where somebody reads letters.
struct Mailbox {
  PersonId person;
  std::string email;
  Language language = Language::ky;
};
/// Of those who sign in with an e-mail address; nothing of the others.
std::vector<Mailbox> mailboxes_of(db::Reader& read, std::vector<PersonId> const& people);

/// The names of people; empty for those who left.
std::map<PersonId, std::string> names_of(db::Reader& read, std::vector<PersonId> const& people);

}  // namespace birge::account
