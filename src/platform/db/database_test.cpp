#include "platform/db/database.hpp"

#include <gtest/gtest.h>

#include "platform/base/problem.hpp"

namespace birge::db {
namespace {
std::vector<Migration> const steps{{1, "0001_note", "create table note (id {int64} primary key, body text not null) {strict};"}};
}

TEST(Database, WrittenIsRead) {
  auto const database = Database::open("sqlite::memory:");
  EXPECT_FALSE(database->up_to_date(steps));
  EXPECT_EQ(database->migrate(steps), 1);
  EXPECT_EQ(database->migrate(steps), 0);
  auto const id = database->write([](Tx& tx) { return tx.one<std::int64_t>("insert into note values ($1, $2) returning id", 7, "x"); });
  EXPECT_EQ(id, 7);
  EXPECT_EQ(database->read([](Reader& reader) { return reader.one<std::string>("select body from note where id = $1", 7); }), "x");
}

}  // namespace birge::db
