#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "features/account/account_secrets.hpp"
#include "features/account/secret_key.hpp"
#include "platform/base/text.hpp"

namespace birge::account {

namespace {

constexpr std::string_view mark = "sealed:";
constexpr std::size_t shortest_key = 32;

std::string file_of(Config const& config) { return config.text("data") + "/secret.key"; }

[[noreturn]] void unusable(std::string const& file, std::string const& why) {
  throw Problem(Failure::internal, message("The key in {} cannot be used. See “The key” in docs/operate.md.", file), file + ": " + why);
}

/// Makes the file for its owner alone; false where another process was faster.
bool make_file(std::string const& file, std::string_view content) {
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(file).parent_path(), ignored);
  auto const beside = file + "." + new_secret().substr(0, 8);
  int const opened = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (opened < 0) unusable(file, "cannot be made");
  bool const written = ::write(opened, content.data(), content.size()) == static_cast<ssize_t>(content.size()) && ::fsync(opened) == 0;
  ::close(opened);
  // A link is there whole or not at all, and never takes the place of one that is there.
  bool const linked = written && ::link(beside.c_str(), file.c_str()) == 0;
  ::unlink(beside.c_str());
  if (!written) unusable(file, "cannot be written");
  return linked;
}

std::optional<std::string> read_file(std::string const& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return {};
  std::string content(std::istreambuf_iterator<char>(stream), {});
  return content;
}

}  // namespace

std::optional<std::string> key_file(Config const& config) { return config.text("secret_key").empty() ? read_file(file_of(config)) : std::nullopt; }

std::string secret_key(Config const& config) {
  if (auto const& set = config.text("secret_key"); !set.empty()) {
    if (set.size() < shortest_key) unusable("BIRGE_SECRET_KEY", "shorter than 32 characters");
    return set;
  }
  auto const file = file_of(config);
  auto content = read_file(file);
  if (!content) {
    make_file(file, new_secret() + "\n");
    content = read_file(file);
  }
  auto key = content ? std::string(trim(*content)) : std::string();
  if (key.size() < shortest_key) unusable(file, "holds no key");
  return key;
}

bool restore_key_file(Config const& config, std::string_view content) { return !read_file(file_of(config)) && make_file(file_of(config), content); }

std::string sealed_secret(std::string_view key, PersonId person, std::string_view secret) {
  return std::string(mark) + sealed(key, id_text(person) + " " + std::string(secret));
}

bool is_sealed(std::string_view stored) { return stored.starts_with(mark); }

std::optional<std::string> opened_secret(Config const& config, PersonId person, std::string_view stored) {
  if (!is_sealed(stored)) return std::string(stored);
  auto const text = unsealed(secret_key(config), stored.substr(mark.size()));
  auto const whose = id_text(person) + " ";
  if (!text || !text->starts_with(whose)) return {};
  return text->substr(whose.size());
}

int seal_stored_secrets(db::Database& database, Config const& config) {
  struct Row {
    PersonId person;
    std::string secret;
  };
  auto rows = database.read([](db::Reader& read) {
    return read.all<Row>("select account, secret from account_factor where kind = 'totp' and substr(secret, 1, 7) <> 'sealed:'");
  });
  if (rows.empty()) return 0;
  auto const key = secret_key(config);
  return database.write([&](db::Tx& tx) {
    int changed = 0;
    for (auto const& row : rows)
      changed += static_cast<int>(tx.run("update account_factor set secret = $3 where account = $1 and secret = $2", row.person, row.secret,
                                         sealed_secret(key, row.person, row.secret)));
    return changed;
  });
}

}  // namespace birge::account
