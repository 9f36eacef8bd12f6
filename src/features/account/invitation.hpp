#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/account_change.hpp"
#include "platform/http/request.hpp"

/// How people come in: with a link to an account of their own, or entered without one; and links to a new password. Whoever has a link can use it once, within seven days. Looking at
/// it uses nothing up, because messengers open links to draw a preview.
namespace birge::account {

/// What an inviter says of who is invited. Name and sign-in name may be empty; a sign-in name that is given must be the one that accepts.
struct Invitation {
  std::string name;
  std::string login;  ///< normalised
  std::string language;
  Grant grant;
};

/// Makes a link's secret for an invitation. Throws Problem(forbidden) when the inviter may not give that role, and Problem(unprocessable) for what it
/// is held for does not exist.
std::string invite(Request& request, Person const& by, Invitation const& invitation);
/// The same within a change that it belongs to; the secret is one of new_secret.
void invite(db::Tx& tx, IdMaker& ids, Person const& by, Invitation const& invitation, std::string_view secret, Instant now);
/// The same from the command line, where nobody is asked.
std::string invite_from_outside(db::Database& database, IdMaker& ids, Invitation const& invitation, Instant now);

/// Enters a coordinator who does not use computers, in whose place an assistant acts: a name and a role, nothing to sign in with. Throws
/// Problem(forbidden) unless somebody enters them who may approve everywhere and give that role, and Problem(unprocessable) as `invite` does or for
/// any other role. Entered twice - a form that was sent twice - they are one.
PersonId enter(Request& request, Person const& by, std::string_view name, Grant const& grant);
/// Whether a role is one whose holder may be entered so.
bool acts_through_others(Role role);

/// Makes a link to a new password; throws Problem(forbidden) when `by` could not give the person's roles, and
/// Problem(conflict) where somebody has nothing to sign in with.
std::string reset_link(Request& request, Person const& by, PersonId whose);
std::string reset_link_from_outside(db::Database& database, IdMaker& ids, PersonId whose, Instant now);

/// A link to a new password that somebody asked for by e-mail: good for an hour only, since it waits in a mailbox.
inline constexpr auto mailed_ticket_time = std::chrono::hours(1);
std::string new_reset_secret();
void add_mailed_reset(db::Tx& tx, IdMaker& ids, PersonId whose, std::string_view secret, Instant now);

/// The invitation or reset behind a secret, where it can be used and whoever made it may still do so.
std::optional<Ticket> find_ticket(Request& request, std::string_view secret, bool invitation);

struct Acceptance {
  std::string name, login, password;  ///< as typed
};
/// What is wrong with what was typed.
std::vector<Fault> check(Acceptance const& acceptance, Ticket const& ticket);
/// Makes the account and uses the link up. The acceptance was checked before.
PersonId accept(Request& request, std::string_view secret, Acceptance const& acceptance, Language language);
/// Adds the role to an account that is there already.
void accept_with(Request& request, std::string_view secret, Person const& person);

/// Sets the password a reset link was made for, and signs out everywhere.
PersonId reset_password(Request& request, std::string_view secret, std::string_view password);

}  // namespace birge::account
