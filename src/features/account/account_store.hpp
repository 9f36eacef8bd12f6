#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/account/account.hpp"
#include "platform/db/database.hpp"

/// How accounts are kept: only for this folder; others go through session.hpp and people.hpp.
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

class Store {
public:
  explicit Store(db::Reader& read) : read_(read) {}

  std::string secret();  ///< the installation's; throws std::logic_error before prepare()
  Instant latest();
  std::optional<Session> session(std::string_view token_hash, Instant now);
  std::vector<Grant> grants(PersonId id);

private:
  db::Reader& read_;
};

}  // namespace birge::account
