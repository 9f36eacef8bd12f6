#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/account/account.hpp"
#include "platform/db/database.hpp"

/// How accounts are kept: for this folder and the pages on people. Others go through session.hpp, directory.hpp and role_holders.hpp.
namespace birge::account {

/// How far somebody got with signing in.
enum class Stage { factor, setup, full };

struct Session {
  Person person;
  Stage stage = Stage::full;
  std::string token;  ///< its hash
  std::string device;
  Instant created, seen, expires;
};

/// An account as it is kept.
struct Account {
  PersonId id;
  std::string name;  ///< empty once they left
  Language language = Language::ky;
  std::string state;  ///< active, locked, left
  Instant created;
  std::int64_t version = 0;
};

struct Factor {
  std::string kind;    ///< totp, card
  std::string secret;  ///< of a TOTP
  std::int64_t last_step = 0;
};

/// A role somebody holds or held.
struct HeldRole {
  std::int64_t id = 0;
  Grant grant;
  Instant given;
  std::optional<Instant> ended;
};

/// A secret link that was handed over.
struct Ticket {
  std::int64_t id = 0;
  bool invitation = true;           ///< or to a new password
  std::optional<PersonId> account;  ///< of a reset
  std::string name, login, language;
  std::optional<Grant> grant;       ///< of an invitation
  std::optional<PersonId> made_by;  ///< nothing: from the command line
  Instant created, expires;
  std::optional<Instant> used;
};

class Store {
public:
  explicit Store(db::Reader& read) : read_(read) {}

  std::string secret();  ///< the installation's; throws std::logic_error before prepare()
  Instant latest();

  std::optional<Session> session(std::string_view token_hash, Instant now);
  std::vector<Session> sessions(PersonId id, Instant now);  ///< those that are not over, the latest used first

  std::optional<Account> find(PersonId id);
  std::optional<PersonId> by_login(std::string_view login);
  std::vector<std::string> logins(PersonId id);
  std::vector<Grant> grants(PersonId id);
  std::vector<HeldRole> roles_of(PersonId id);  ///< also those that ended
  std::string password_hash(PersonId id);       ///< empty where there is none
  std::optional<Factor> factor(PersonId id);
  int codes_left(PersonId id, std::string_view purpose);
  std::optional<int> next_code(PersonId id);  ///< the number of the next unused code of a card
  Person as_person(Account const& account);

  /// One that can still be used at this moment.
  std::optional<Ticket> ticket(std::string_view token_hash, Instant now);
  std::vector<Ticket> open_invitations(Instant now);

  /// Accounts that are not gone, by name; `after` is the last of the page before.
  std::vector<Account> accounts(std::string_view after_name, PersonId after, int limit);

private:
  db::Reader& read_;
};

}  // namespace birge::account
