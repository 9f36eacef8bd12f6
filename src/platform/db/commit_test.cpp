#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "platform/base/problem.hpp"
#include "platform/db/writer.hpp"

namespace birge::db {
namespace {

/// What a server did, seen from outside of all connections to it.
struct Server {
  int stored = 0;            ///< writes that are durable
  int lost_answers = 0;      ///< commits still to come whose answer gets lost
  bool lost_before = false;  ///< and which do not take place either
  bool reachable = true;
  int commits = 0;
  std::chrono::milliseconds commit_takes{0};
};

/// A connection to it that counts instead of storing, for what cannot be provoked on a real server: the answer to a commit gets lost,
/// or takes as long as we like.
class CountingConnection final : public Connection {
public:
  explicit CountingConnection(Server& server) : server_(server) {}
  Engine engine() const override { return Engine::postgres; }
  std::int64_t execute(std::string_view sql, std::span<Value const>, int, RowSink const&) override {
    if (sql == "rollback") pending_ = 0, open_ = false;
    if (sql == "insert") ++pending_;
    if (sql == "commit") commit();
    return 0;
  }
  void enqueue(std::string_view sql, std::span<Value const> values) override {
    execute(sql, values, 0, RowSink([](Row const&) { return true; }));
  }
  void enqueue_for_one(std::string_view sql, std::span<Value const> values) override { enqueue(sql, values); }
  void gather(std::string_view sql, std::span<Value const> values) override { enqueue(sql, values); }
  void script(std::string_view) override {}
  void settle() override {}
  void begin_reading() override {}
  void end_reading() override {}
  std::string begin_writing() override {
    open_ = true;
    return "7";
  }
  bool was_committed(std::string const& transaction) override { return transaction == "7" && server_.stored > 0; }
  bool in_transaction() override { return open_; }
  bool usable() override { return usable_; }

private:
  void commit() {
    open_ = false;
    ++server_.commits;
    std::this_thread::sleep_for(server_.commit_takes);
    bool const lost = server_.lost_answers > 0;
    if (lost) --server_.lost_answers, usable_ = false;
    if (!lost || !server_.lost_before) server_.stored += pending_;
    pending_ = 0;
    if (lost) throw Error(Error::Kind::connection, "lost");
  }
  Server& server_;
  int pending_ = 0;
  bool open_ = false;
  bool usable_ = true;
};

int runs_of_one_write(Server& server) {
  auto const open = [&]() -> std::unique_ptr<Connection> {
    if (!server.reachable) throw Problem(Failure::busy, message("The database server cannot be reached."));
    return std::make_unique<CountingConnection>(server);
  };
  Writer writer(open(), open, {});
  int runs = 0;
  writer.apply([&](Tx& tx) {
    ++runs;
    if (server.lost_answers > 10) server.reachable = false;
    tx.run("insert");
  });
  return runs;
}

}  // namespace

TEST(ALostAnswerToACommit, DoesNotStoreTwiceWhatTookPlace) {
  Server server{.lost_answers = 1};
  EXPECT_EQ(runs_of_one_write(server), 1);
  EXPECT_EQ(server.stored, 1);
}

TEST(ALostAnswerToACommit, RepeatsWhatDidNotTakePlace) {
  Server server{.lost_answers = 2, .lost_before = true};
  EXPECT_EQ(runs_of_one_write(server), 3);
  EXPECT_EQ(server.stored, 1);
}

TEST(ALostAnswerToACommit, IsAdmittedWhenNobodyCanSayWhetherItTookPlace) {
  Server server{.lost_answers = 99};
  EXPECT_THROW(runs_of_one_write(server), Problem);
  EXPECT_EQ(server.stored, 1);  // neither repeated nor promised
}

TEST(ASlowCommit, IsSharedByAllWhoWriteAgainAtOnce) {
  Server server{.commit_takes = std::chrono::milliseconds(40)};
  {
    auto const open = [&] { return std::make_unique<CountingConnection>(server); };
    Writer writer(open(), open, {});
    std::vector<std::jthread> people;
    for (int i = 0; i < 6; ++i)
      people.emplace_back([&] {
        for (int round = 0; round < 10; ++round) writer.apply([](Tx& tx) { tx.run("insert"); });
      });
  }
  EXPECT_EQ(server.stored, 60);
  // 11 where all of them meet; 20 where the first to come back takes a commit for itself each time.
  EXPECT_LT(server.commits, 18);
}

TEST(ASlowCommit, IsNotPutOffForThoseWhoLeft) {
  Server server{.commit_takes = std::chrono::milliseconds(10)};
  auto const open = [&] { return std::make_unique<CountingConnection>(server); };
  Writer writer(open(), open, {});
  {
    std::vector<std::jthread> people;
    for (int i = 0; i < 6; ++i) people.emplace_back([&] { writer.apply([](Tx& tx) { tx.run("insert"); }); });
  }
  writer.apply([](Tx& tx) { tx.run("insert"); });
  EXPECT_EQ(server.stored, 7);
}

}  // namespace birge::db
