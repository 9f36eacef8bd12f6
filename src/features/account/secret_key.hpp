#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "features/account/account.hpp"
#include "platform/base/config.hpp"
#include "platform/db/database.hpp"

/// The key under which secrets of authenticator apps are kept. It stands outside of the database, so that whoever reads the database or a backup
/// cannot make anybody's codes: in the setting secret_key, or in the file secret.key of the data folder, which is made when it is first needed.
namespace birge::account {

/// The key; makes the file where there is none. Throws Problem where it cannot be read or written, or holds no key.
std::string secret_key(Config const& config);
/// The content of the key's file, for a backup that takes it along; nothing where the setting is used or no file was made.
std::optional<std::string> key_file(Config const& config);
/// Puts a file that came with a backup where there is none; whether it did.
bool restore_key_file(Config const& config, std::string_view content);

/// The secret of an app as it is stored, for one account only.
std::string sealed_secret(std::string_view key, PersonId person, std::string_view secret);
bool is_sealed(std::string_view stored);
/// The secret again. Nothing where it was sealed with another key, or for another account; one from before there was a key is itself.
std::optional<std::string> opened_secret(Config const& config, PersonId person, std::string_view stored);

/// Seals what was stored before there was a key; how many.
int seal_stored_secrets(db::Database& database, Config const& config);

}  // namespace birge::account
