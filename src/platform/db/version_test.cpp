#include "platform/db/version.hpp"

#include "platform/base/problem.hpp"
#include "platform/db/testing.hpp"

namespace birge::db {
namespace {

std::vector<Migration> const steps{{1, "0001_colour", R"(
  create table version (name text primary key, value text not null) {strict};
  create table colour (name text primary key) {strict};)"}};

constexpr Version colours_version{"colours"}, other_version{"others"};

/// The names, and how often they were read.
struct Colours {
  std::vector<std::string> names;
};
int loaded = 0;
std::vector<std::string> colours(Reader& read) {
  static Kept<Colours> kept(colours_version);
  return kept
      .get(read,
           [](Reader& from, std::string const&) {
             ++loaded;
             return std::make_shared<Colours const>(Colours{from.all<std::string>("select name from colour order by name")});
           })
      ->names;
}

void add(Tx& tx, char const* name) {
  tx.run("insert into colour values ($1)", name);
  colours_version.touch(tx);
}

using Names = std::vector<std::string>;

class VersionTest : public testing::TestWithParam<Engine> {
protected:
  VersionTest() {
    database_->write([](Tx& tx) { add(tx, "ak"); });
    loaded = 0;
  }
  Names seen() {
    return database_->read([](Reader& read) { return colours(read); });
  }
  TestDatabase database_{GetParam(), steps};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, VersionTest, both_engines(), engine_name);

TEST_P(VersionTest, WhatDidNotChangeIsReadOnce) {
  EXPECT_EQ(seen(), Names{"ak"});
  EXPECT_EQ(seen(), Names{"ak"});
  EXPECT_EQ(loaded, 1);
  database_->write([](Tx& tx) { other_version.touch(tx); });
  EXPECT_EQ(seen(), Names{"ak"});
  EXPECT_EQ(loaded, 1);
}

TEST_P(VersionTest, WhatAnotherProgramChangedIsSeenAtOnce) {
  EXPECT_EQ(seen(), Names{"ak"});
  Database::open(database_.address())->write([](Tx& tx) { add(tx, "kok"); });
  EXPECT_EQ(seen(), (Names{"ak", "kok"}));
}

TEST_P(VersionTest, ASnapshotKeepsWhatItBeganWith) {
  auto before = database_->snapshot();
  EXPECT_EQ(colours_version.of(before.reader()), colours_version.of(before.reader()));
  database_->write([](Tx& tx) { add(tx, "kok"); });
  EXPECT_EQ(seen(), (Names{"ak", "kok"}));
  EXPECT_EQ(colours(before.reader()), Names{"ak"});
}

TEST_P(VersionTest, ATransactionSeesItsOwnChangesAndOthersOnlyThoseThatLast) {
  EXPECT_THROW(database_->write([](Tx& tx) {
    add(tx, "kok");
    EXPECT_EQ(colours(tx), (Names{"ak", "kok"}));
    throw Problem(Failure::conflict, message("Somebody was faster."));
  }),
               Problem);
  EXPECT_EQ(seen(), Names{"ak"});
}

TEST_P(VersionTest, WhatATransactionReadsBetweenAChangeAndItsTouchIsForNobodyElse) {
  database_->write([](Tx& tx) { colours_version.touch(tx); });  // a version that nobody has read under
  EXPECT_THROW(database_->write([](Tx& tx) {
    tx.run("insert into colour values ('kok')");
    EXPECT_EQ(colours(tx).size(), 2U);
    throw Problem(Failure::conflict, message("Somebody was faster."));
  }),
               Problem);
  EXPECT_EQ(seen(), Names{"ak"});
}

TEST_P(VersionTest, WithoutAVersionNothingIsKept) {
  database_->write([](Tx& tx) { tx.run("delete from version"); });
  seen();
  seen();
  EXPECT_EQ(loaded, 2);
}

}  // namespace
}  // namespace birge::db
