#include "platform/db/version.hpp"

#include <fmt/format.h>

#include <map>
#include <random>

namespace birge::db {

namespace {

using Names = std::map<std::string, std::string, std::less<>>;
int const all_versions = 0;  // its address stands for the question

/// 128 random bits: no two databases, and no two histories of one that was restored, ever use the same for different content.
std::string fresh_name() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

}  // namespace

std::string Version::of(Reader& read) const {
  auto const names = read.lasting<Names>(&all_versions, [&] {
    struct Row {
      std::string name, value;
    };
    auto found = std::make_shared<Names>();
    read.each<Row>("select name, value from version", [&](Row&& row) { found->emplace(std::move(row.name), std::move(row.value)); });
    return found;
  });
  auto const found = names->find(name_.text());
  return found == names->end() ? std::string() : found->second;
}

void Version::touch(Tx& tx) const {
  tx.run("insert into version (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value", name_.text(), fresh_name());
  tx.forget(&all_versions);
}

}  // namespace birge::db
