#include "platform/jobs/jobs.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "platform/db/testing.hpp"
#include "platform/jobs/background.hpp"

namespace birge::jobs {
namespace {

using namespace std::chrono_literals;

Instant const start = parse_instant("2018-09-14T09:00:00Z").value();

class Jobs : public testing::TestWithParam<db::Engine> {
protected:
  std::int64_t add(std::string_view kind, std::string_view payload = "") {
    return database_->write([&](db::Tx& tx) { return enqueue(tx, ids_, kind, payload, clock_.now(), clock_.now()); });
  }
  Worker worker(std::vector<Kind> kinds, std::vector<Schedule> schedules = {}) {
    return {*database_, clock_, ids_, std::move(kinds), std::move(schedules)};
  }
  Kind counting(std::string name = "count") {
    return {std::move(name), [this](Job const& job) -> Finish {
              done_.push_back(job.payload);
              return {};
            }};
  }
  State now_state() {
    return database_->read([&](db::Reader& read) { return state(read, clock_.now()); });
  }
  void pass(std::chrono::milliseconds time) { clock_.set(clock_.now() + time); }

  db::TestDatabase database_{GetParam()};
  FixedClock clock_{start};
  IdMaker ids_{clock_, 0};
  std::vector<std::string> done_;
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Jobs, db::both_engines(), db::engine_name);

Kind failing(int* runs, bool hopeless = false) {
  return {"fail", [runs, hopeless](Job const&) -> Finish {
            ++*runs;
            if (hopeless) throw Hopeless("nobody is there");
            throw std::runtime_error("not now");
          }};
}

}  // namespace

TEST_P(Jobs, OfAWriteThatIsUndoneAreNeverDone) {
  EXPECT_THROW(database_->write([&](db::Tx& tx) {
    enqueue(tx, ids_, "count", "", start, start);
    throw std::runtime_error("no");
  }),
               std::runtime_error);
  EXPECT_EQ(worker({counting()}).run_due(), (Worker::Done{0, 0}));
}

TEST_P(Jobs, OfAKindThatNobodyKnowsStayWhereTheyAre) {
  add("unknown");
  EXPECT_EQ(worker({counting()}).run_due(), (Worker::Done{0, 0}));
  EXPECT_EQ(now_state().waiting, 1);
}

TEST_P(Jobs, AreDoneInTheirOrderAndOnlyWhenTheyAreDue) {
  for (auto const* payload : {"a", "b", "c", "d", "e", "f"}) add("count", payload);
  database_->write([&](db::Tx& tx) { enqueue(tx, ids_, "count", "later", start + 1h, start); });
  EXPECT_EQ(worker({counting()}).run_due(), (Worker::Done{6, 0}));
  EXPECT_EQ(done_, (std::vector<std::string>{"a", "b", "c", "d", "e", "f"}));
  EXPECT_EQ(now_state().waiting, 1);
  pass(1h);
  worker({counting()}).run_due();
  EXPECT_EQ(done_.back(), "later");
}

TEST_P(Jobs, ThatFailAreTriedAgainAfterAGrowingTimeAndThenGivenUp) {
  int runs = 0;
  add("fail");
  auto failing_worker = worker({failing(&runs)});
  EXPECT_EQ(failing_worker.run_due(), (Worker::Done{0, 1}));
  EXPECT_EQ(failing_worker.run_due(), (Worker::Done{0, 0})) << "not at once";
  for (int attempt = 1; attempt < 12; ++attempt) {
    pass(delay_after(attempt) - 1ms);
    failing_worker.run_due();
    EXPECT_EQ(runs, attempt) << "not before its time";
    pass(1ms);
    failing_worker.run_due();
    EXPECT_EQ(runs, attempt + 1);
  }
  pass(24h);
  failing_worker.run_due();
  EXPECT_EQ(runs, 12);
  auto const dead = now_state().dead;
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead[0].attempt, 12);
  EXPECT_EQ(dead[0].failure, "not now");
}

TEST_P(Jobs, ThatAreGivenUpSayItOnceWithTheLastAttempt) {
  int runs = 0;
  add("fail", "a");
  auto kind = failing(&runs);
  kind.given_up = [this](db::Tx& tx, Job const& job) { enqueue(tx, ids_, "count", job.payload, clock_.now(), clock_.now()); };
  auto both = worker({kind, counting()});
  for (int attempt = 1; attempt <= 12; ++attempt) {
    EXPECT_TRUE(done_.empty()) << attempt;
    both.run_due();
    pass(delay_after(attempt));
  }
  both.run_due();
  EXPECT_EQ(done_, (std::vector<std::string>{"a"}));
}

TEST(Delay, GrowsToSixHours) {
  EXPECT_EQ(delay_after(1), 1min);
  EXPECT_EQ(delay_after(2), 2min);
  EXPECT_EQ(delay_after(9), 256min);
  EXPECT_EQ(delay_after(10), 6h);
  EXPECT_EQ(delay_after(1000), 6h);
}

TEST_P(Jobs, WithoutHopeAreGivenUpAtOnceAndCanBeTriedAgainByHand) {
  int runs = 0;
  auto const id = add("fail");
  worker({failing(&runs, true)}).run_due();
  EXPECT_EQ(now_state().dead.size(), 1U);
  EXPECT_FALSE(database_->write([&](db::Tx& tx) { return revive(tx, id + 1, clock_.now()); }));
  EXPECT_TRUE(database_->write([&](db::Tx& tx) { return revive(tx, id, clock_.now()); }));
  EXPECT_FALSE(database_->write([&](db::Tx& tx) { return revive(tx, id, clock_.now()); })) << "it is alive";
  worker({failing(&runs)}).run_due();
  EXPECT_EQ(runs, 2);
  EXPECT_TRUE(now_state().dead.empty());
}

TEST_P(Jobs, GivenUpLongAgoAreForgotten) {
  int runs = 0;
  add("fail");
  worker({failing(&runs, true)}).run_due();
  database_->write([&](db::Tx& tx) { EXPECT_EQ(forget_dead(tx, start), 0); });
  database_->write([&](db::Tx& tx) { EXPECT_EQ(forget_dead(tx, start + 1ms), 1); });
}

TEST_P(Jobs, StoreWhatTheyStoreTogetherWithTheirEnd) {
  add("store", "x");
  bool break_down = true;
  Kind const kind{"store", [&](Job const& job) -> Finish {
                    return [&, payload = job.payload](db::Tx& tx) {
                      tx.run("insert into setting (name, value) values ('stored', $1)", payload);
                      if (break_down) throw std::runtime_error("no");
                    };
                  }};
  auto const stored = [&] {
    return database_->read([](db::Reader& read) { return read.one<int>("select count(*) from setting where name = 'stored'"); });
  };
  EXPECT_EQ(worker({kind}).run_due(), (Worker::Done{0, 1}));
  EXPECT_EQ(stored(), 0);
  EXPECT_EQ(now_state().waiting, 1);
  break_down = false;
  pass(1min);
  EXPECT_EQ(worker({kind}).run_due(), (Worker::Done{1, 0}));
  EXPECT_EQ(stored(), 1);
  EXPECT_EQ(now_state().waiting, 0);
}

TEST_P(Jobs, OfAWorkerThatDiedAreTakenByAnotherAfterTenMinutes) {
  add("count", "left behind");
  database_->write([&](db::Tx& tx) { tx.run("update job set taken_until = $1, attempt = 1", start + 10min); });
  EXPECT_EQ(worker({counting()}).run_due(), (Worker::Done{0, 0}));
  pass(10min);
  EXPECT_EQ(worker({counting()}).run_due(), (Worker::Done{1, 0}));
}

TEST_P(Jobs, WhoseWorkerDiesInEveryAttemptAreGivenUpAndSaySoOnce) {
  int runs = 0;
  add("fail", "a");
  auto kind = failing(&runs);
  kind.given_up = [this](db::Tx& tx, Job const& job) { enqueue(tx, ids_, "count", job.payload, clock_.now(), clock_.now()); };
  auto both = worker({kind, counting()});
  auto const died_in = [&](int attempt) {
    database_->write([&](db::Tx& tx) { tx.run("update job set taken_until = $1, attempt = $2", clock_.now() + 10min, attempt); });
    pass(10min);
  };
  died_in(11);
  EXPECT_EQ(both.run_due(), (Worker::Done{1, 1})) << "the twelfth attempt fails and is told of";
  EXPECT_EQ(runs, 1);
  database_->write([&](db::Tx& tx) { tx.run("update job set state = 'waiting', due = $1", clock_.now()); });
  died_in(12);
  EXPECT_EQ(both.run_due(), (Worker::Done{1, 1}));
  EXPECT_EQ(runs, 1) << "it is not begun once more";
  EXPECT_EQ(done_, (std::vector<std::string>{"a", "a"}));
  auto const dead = now_state().dead;
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead[0].attempt, 12);
  EXPECT_EQ(both.run_due(), (Worker::Done{0, 0}));
}

TEST_P(Jobs, AreBegunOneByOneSoThatNoneLosesAnAttemptToAnother) {
  add("count", "first");
  add("count", "second");
  Kind const kind{"count", [this](Job const& job) -> Finish {
                    auto const begun = database_->read([](db::Reader& read) { return read.one<int>("select count(*) from job where attempt > 0"); });
                    EXPECT_EQ(begun, 1) << job.payload;
                    return {};
                  }};
  EXPECT_EQ(worker({kind}).run_due(), (Worker::Done{2, 0}));
}

TEST_P(Jobs, HeldTooLongStoreNothingForAnotherDidIt) {
  add("slow");
  int stored = 0;
  auto const finish = [&](db::Tx&) { ++stored; };
  Kind const quick{"slow", [&](Job const&) -> Finish { return finish; }};
  Kind const slow{"slow", [&](Job const&) -> Finish {
                    pass(11min);
                    worker({quick}).run_due();
                    EXPECT_EQ(stored, 1);
                    return finish;
                  }};
  worker({slow}).run_due();
  EXPECT_EQ(stored, 1);
}

TEST_P(Jobs, BehindASlowOneAreHeldFromTheirOwnBeginningOn) {
  add("slow");
  add("slow");
  int stored = 0;
  auto const finish = [&](db::Tx&) { ++stored; };
  Kind const quick{"slow", [&](Job const&) -> Finish { return finish; }};
  int begun = 0;
  Kind const slow{"slow", [&](Job const&) -> Finish {
                    pass(9min);
                    auto const other = ++begun == 2 ? worker({quick}).run_due() : Worker::Done{};
                    EXPECT_EQ(other, Worker::Done{}) << "nobody else takes what is in hand";
                    return finish;
                  }};
  EXPECT_EQ(worker({slow}).run_due(), (Worker::Done{2, 0}));
  EXPECT_EQ(stored, 2);
}

TEST_P(Jobs, OfTwoProgramsAreEachDoneOnce) {
  constexpr int count = 60;
  for (int i = 0; i < count; ++i) add("count", std::to_string(i));
  auto const other = db::Database::open(database_.address());
  std::mutex mutex;
  std::map<std::string, int> runs;
  Kind const kind{"count", [&](Job const& job) -> Finish {
                    std::scoped_lock const lock(mutex);
                    ++runs[job.payload];
                    return {};
                  }};
  std::thread second([&] { Worker(*other, clock_, ids_, {kind}, {}).run_due(); });
  worker({kind}).run_due();
  second.join();
  worker({kind}).run_due();
  EXPECT_EQ(runs.size(), static_cast<std::size_t>(count));
  for (auto const& [payload, times] : runs) EXPECT_EQ(times, 1) << payload;
}

TEST_P(Jobs, OfAScheduleBeginAtTheNextMomentAndHappenOnceHoweverManyWereMissed) {
  std::vector<Schedule> const schedules{every("count", 5min)};
  pass(1min);  // 09:01
  worker({counting()}, schedules).run_due();
  EXPECT_EQ(done_.size(), 0U);
  pass(4min);
  worker({counting()}, schedules).run_due();
  EXPECT_EQ(done_.size(), 1U);
  worker({counting()}, schedules).run_due();
  EXPECT_EQ(done_.size(), 1U);
  pass(3h);
  worker({counting()}, schedules).run_due();
  EXPECT_EQ(done_.size(), 2U);
}

TEST_P(Jobs, OfAScheduleHappenOnceOnTwoNodesAndAfterARestart) {
  std::vector<Schedule> const schedules{every("count", 5min)};
  worker({counting()}, schedules).run_due();
  auto const other = db::Database::open(database_.address());
  for (int round = 1; round <= 5; ++round) {
    pass(5min);
    std::atomic<int> runs = 0;
    Kind const kind{"count", [&](Job const&) -> Finish {
                      ++runs;
                      return {};
                    }};
    std::thread second([&] { Worker(*other, clock_, ids_, {kind}, schedules).run_due(); });
    worker({kind}, schedules).run_due();
    second.join();
    EXPECT_EQ(runs, 1) << round;
  }
  database_.reopen();
  worker({counting()}, schedules).run_due();
  EXPECT_TRUE(done_.empty());
}

TEST_P(Jobs, OfAScheduleDoNotPileUpWhileOneWaits) {
  std::vector<Schedule> const schedules{every("count", 5min)};
  auto idle = worker({}, schedules);
  idle.run_due();
  for (int i = 0; i < 4; ++i) {
    pass(5min);
    idle.run_due();
  }
  EXPECT_EQ(now_state().waiting, 1);
}

TEST_P(Jobs, OfEveryDayAreDueAtTheHourOfTheirTimeZone) {
  auto const nightly = daily("report", 2 * 60, [](db::Reader&) { return "Asia/Bishkek"; });  // UTC+6
  auto const next = [&](char const* now) {
    return iso(database_->read([&](db::Reader& read) { return nightly.next(read, parse_instant(now).value()); }));
  };
  EXPECT_EQ(next("2018-09-14T09:00:00Z"), "2018-09-14T20:00:00Z");
  EXPECT_EQ(next("2018-09-14T20:00:00Z"), "2018-09-15T20:00:00Z");
  EXPECT_EQ(next("2018-09-14T19:59:59Z"), "2018-09-14T20:00:00Z");
}

TEST_P(Jobs, AreDoneInTheBackgroundUntilItStops) {
  std::atomic<int> runs = 0;
  Kind const kind{"count", [&](Job const&) -> Finish {
                    ++runs;
                    return {};
                  }};
  {
    Background const background(worker({kind}));
    add("count");
    for (int i = 0; i < 500 && runs == 0; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(runs, 1);
  }
  add("count");
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(runs, 1);
}

}  // namespace birge::jobs
