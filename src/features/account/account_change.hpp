#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/account_store.hpp"
#include "features/account/login.hpp"

/// What changes accounts. Every function runs in the writer: secrets and hashes are made before.
namespace birge::account {

struct NewAccount {
  PersonId id;
  std::string name;
  Language language = Language::ky;
  std::vector<Login> logins;
  std::string password_hash;
  Grant grant;
  std::optional<PersonId> given_by;
};
/// Throws Problem(conflict) where a sign-in name is taken.
void add_account(db::Tx& tx, IdMaker& ids, NewAccount const& account, Instant now);

void change_name(db::Tx& tx, PersonId id, std::string_view name, Language language, Instant now);
void change_password(db::Tx& tx, PersonId id, std::string_view hash, Instant now);
/// Throws Problem(conflict) where it is taken by somebody else.
void add_login(db::Tx& tx, PersonId id, Login const& login);

/// Holding the same role twice changes nothing. Sessions go on: what somebody may do is read anew with each request.
void give_role(db::Tx& tx, IdMaker& ids, PersonId id, Grant const& grant, std::optional<PersonId> given_by, Instant now);
void end_role(db::Tx& tx, PersonId id, std::int64_t role, Instant now);

/// A locked account is signed out everywhere.
void set_locked(db::Tx& tx, PersonId id, bool locked, Instant now);

/// Takes away everything that tells who somebody was, also letters to them that were not sent yet and invitations to their number or address. The
/// row, the roles that were held and their organisation stay.
void leave(db::Tx& tx, PersonId id, Instant now);

struct NewSession {
  PersonId person;
  Stage stage = Stage::full;
  std::string token;  ///< hash of the secret in the cookie
  std::string device;
};
/// How long a session lasts depends on the roles: with a required second factor half a day without use and a week in all, otherwise a week and
/// thirty days. Signing in under `replaces` ends that session: a token from before never is one afterwards.
SessionId start_session(db::Tx& tx, IdMaker& ids, NewSession const& session, std::optional<SessionId> replaces, Instant now);
/// Whether there was such a session of this person.
bool end_session(db::Tx& tx, PersonId id, SessionId session);
void end_sessions(db::Tx& tx, PersonId id, SessionId except = {});
/// Signs everybody out.
void end_all_sessions(db::Tx& tx);

/// Sets the second factor up anew, with its paper codes (hashes): of a card, or for recovery.
void set_factor(db::Tx& tx, PersonId id, Factor const& factor, std::vector<std::string> const& codes, std::vector<std::string> const& recovery,
                Instant now);
void remove_factor(db::Tx& tx, PersonId id);
/// Whether the period was later than the latest used one; it is the latest now.
bool use_step(db::Tx& tx, PersonId id, std::int64_t step);
/// Whether there was such an unused code; it is used now. `position`: of a card the one that was asked for, nothing for recovery codes.
bool use_code(db::Tx& tx, PersonId id, std::string_view hash, std::optional<int> position, Instant now);
/// The hash under which a paper code of an account is kept.
std::string paper_code_hash(PersonId id, std::string_view code);

inline constexpr auto ticket_time = std::chrono::days(7);

/// Stores a link; `token` is the hash of its secret.
std::int64_t add_ticket(db::Tx& tx, IdMaker& ids, Ticket const& ticket, std::string_view token, Instant now,
                        std::chrono::milliseconds lasting = ticket_time);
/// Marks a link as used; throws Problem(gone) where it was used, taken back or over, so that it works once also for two at a time. What it said of a
/// person goes.
Ticket use_ticket(db::Tx& tx, std::string_view token, Instant now);
void revoke_ticket(db::Tx& tx, std::int64_t id, Instant now);

/// Deletes sessions and links that are over for some time, and what expired links said of people.
void clean(db::Tx& tx, Instant now);

}  // namespace birge::account
