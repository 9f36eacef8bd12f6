#include "app/node_store.hpp"

#include <gtest/gtest.h>

#include <set>

#include "platform/db/testing.hpp"

namespace birge::app {
namespace {

class Node : public testing::TestWithParam<db::Engine> {
protected:
  std::set<int> taken(int count, Process process) {
    std::set<int> numbers;
    for (int i = 0; i < count; ++i) numbers.insert(take_node(*database_, process));
    return numbers;
  }

  db::TestDatabase database_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Node, db::both_engines(), db::engine_name);

TEST_P(Node, ARunningServersNumberIsNeverThatOfACommand) {
  auto const servers = taken(2, Process::server);
  EXPECT_EQ(servers.size(), 2U);
  auto const commands = taken(300, Process::command);
  for (auto const server : servers) EXPECT_FALSE(commands.contains(server)) << server;
}

TEST_P(Node, NumbersComeBackOnlyAfterAllOthersOfTheirKindAndFitIntoAnId) {
  for (auto const process : {Process::server, Process::command}) {
    auto const first = taken(128, process);
    EXPECT_EQ(first.size(), 128U);
    EXPECT_GE(*first.begin(), 0);
    EXPECT_LT(*first.rbegin(), 256);
    EXPECT_EQ(taken(128, process), first);
  }
}

TEST_P(Node, TheCountOfAnOlderVersionIsGoneOnWith) {
  database_->write([](db::Tx& tx) { tx.run("insert into setting (name, value) values ('next_node', '255')"); });
  EXPECT_EQ(taken(1, Process::command), std::set<int>{255});
  EXPECT_EQ(taken(1, Process::command), std::set<int>{128});
}

}  // namespace
}  // namespace birge::app
