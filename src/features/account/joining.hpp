#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "features/account/access.hpp"
#include "platform/db/database.hpp"

/// How organisations come into the coalition, what they told of themselves, and how they leave.
namespace birge::account {

/// For so long after an organisation joined its contact is kept where nobody used the invitation.
inline constexpr auto contact_kept = std::chrono::hours(24 * 30);

/// What an organisation says when it asks to join.
struct JoiningRequest {
  std::int64_t id = 0;
  std::string state;  ///< waiting, accepted, refused
  std::string kind, name, language, about, website;
  std::optional<place::PlaceId> region;
  std::vector<std::string> regions;   ///< codes, where it is active
  std::string contact_name, contact;  ///< empty once it was refused or its invitation was used, and contact_kept after it was accepted
  Instant created;
  std::optional<PersonId> first_by, second_by;
  std::optional<Instant> decided;
  std::string reason;
  std::optional<coalition::OrganisationId> organisation;
  std::int64_t version = 0;
};

/// The codes of the kinds of organisation; coalition::kind_name has their words.
std::span<char const* const> organisation_kinds();

/// What is missing or wrong in a request that somebody fills in.
std::vector<Fault> check(JoiningRequest const& request);

/// Whether somebody may decide on it at all: the coordinators of the region where it sits, and the national ones.
bool may_decide(Person const& person, JoiningRequest const& request);

/// What an approval would be: two different coordinators approve, and one of them is a national one.
enum class Approval { refused, first, second, same_person, needs_national };
Approval approval(Person const& person, JoiningRequest const& request, bool first_was_national);

/// What an organisation told of itself, and what of it may be public.
struct Profile {
  std::string standing = "member";  ///< member, left
  std::string since;                ///< ISO day
  std::optional<std::string> until;
  std::string languages;  ///< codes, separated by spaces
  std::string phone, email, address;
  bool show_about = false, show_website = false, show_contacts = false, show_languages = false, show_regions = false;
  std::int64_t version = 0;
};

class Register {
public:
  explicit Register(db::Reader& read) : read_(read) {}
  std::optional<JoiningRequest> request(std::int64_t id);
  std::vector<JoiningRequest> waiting();  ///< the longest waiting first
  std::vector<JoiningRequest> invited();  ///< accepted, but nobody used the invitation yet; the latest first
  bool is_national(PersonId person);
  std::optional<Profile> profile(coalition::OrganisationId organisation);  ///< nothing: known from documents only
  std::vector<place::PlaceId> regions(coalition::OrganisationId organisation);

private:
  db::Reader& read_;
};

/// The id it got.
std::int64_t add_request(db::Tx& tx, IdMaker& ids, JoiningRequest const& request, Instant now);
/// The first approval, or the second, which makes the organisation; nothing after the first. Throws Problem where the rules forbid it.
std::optional<coalition::OrganisationId> approve(db::Tx& tx, IdMaker& ids, Person const& by, std::int64_t id, Day today, Instant now);
/// Deletes the contact of whoever asked for an organisation: somebody of it is there now.
void forget_contact(db::Tx& tx, coalition::OrganisationId organisation);
/// Takes back the invitations of an organisation for this sign-in name that nobody used, before another takes their place.
void revoke_unused(db::Tx& tx, coalition::OrganisationId organisation, std::string_view login, Instant now);
/// Refuses a request; the contact of whoever asked is deleted.
void refuse(db::Tx& tx, Person const& by, std::int64_t id, std::string_view reason, Instant now);

/// Stores what was told; throws Problem(conflict) where somebody else changed it meanwhile.
void save_profile(db::Tx& tx, coalition::OrganisationId organisation, Profile const& profile, std::vector<place::PlaceId> const& regions);
/// The organisation leaves: its roles end on this day, what it did stays. Throws Problem(conflict) where one of its people holds a role that reaches
/// beyond it, such as that of a coordinator: those are ended by whoever may give them, not by whoever looks after the organisation.
void leave_coalition(db::Tx& tx, coalition::OrganisationId organisation, Day today, Instant now);

}  // namespace birge::account
