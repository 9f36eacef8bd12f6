#include <gtest/gtest.h>

#include <span>

#include "app/commands.hpp"
#include "platform/db/migrations.hpp"
#include "platform/db/testing.hpp"

namespace birge::app {
namespace {

class Migrate : public testing::TestWithParam<db::Engine> {};

TEST_P(Migrate, BringsADatabaseOfAnOlderProgramUpToDate) {
  auto const all = db::embedded_migrations();
  db::TestDatabase database(GetParam(), std::span(all).first(all.size() - 2));
  ASSERT_FALSE(database->up_to_date(all));
  auto config = Config::load("", false, [](std::string const&) { return std::nullopt; }, {});
  config.set("database", database.address());
  testing::internal::CaptureStdout();
  auto const code = migrate(Context{config, Say::in(Language::en), Terminal()});
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "2 steps taken; the database is up to date.\n");
  EXPECT_EQ(code, 0);
  EXPECT_TRUE(database->up_to_date(all));
}

INSTANTIATE_TEST_SUITE_P(OnBothEngines, Migrate, testing::Values(db::Engine::sqlite, db::Engine::postgres));

}  // namespace
}  // namespace birge::app
