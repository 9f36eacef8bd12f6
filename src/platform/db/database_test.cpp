#include "platform/db/database.hpp"

#include "platform/db/testing.hpp"

namespace birge::db {
namespace {
std::vector<Migration> const steps{{1, "0001_note", "create table note (id {int64} primary key, body text not null) {strict};"}};
}

class DatabaseTest : public testing::TestWithParam<Engine> {
protected:
  TestDatabase database_{GetParam(), steps};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, DatabaseTest, both_engines(), engine_name);

TEST_P(DatabaseTest, WhatIsWrittenIsRead) {
  auto const id = database_->write([](Tx& tx) { return tx.one<std::int64_t>("insert into note values ($1, $2) returning id", 7, "x"); });
  EXPECT_EQ(id, 7);
  EXPECT_EQ(database_->read([](Reader& reader) { return reader.one<std::string>("select body from note where id = $1", 7); }), "x");
}

}  // namespace birge::db
