#include <future>
#include <latch>
#include <thread>

#include "platform/base/problem.hpp"
#include "platform/db/engine.hpp"
#include "platform/db/testing.hpp"
#include "platform/db/writer_testing.hpp"

namespace birge::db {
namespace {

std::vector<Migration> const steps{{1, "0001_note", R"(
  create table note (id {int64} primary key, body text not null) {strict};
  create table line (note {int64} not null references note (id)) {strict};)"}};

Failure failure_of(std::function<void()> const& action) {
  try {
    action();
  } catch (Problem const& problem) { return problem.failure; }
  return Failure::gone;
}

void add(Tx& tx, int id) { tx.run("insert into note values ($1, 'x')", id); }

}  // namespace

class WriterTest : public testing::TestWithParam<Engine> {
protected:
  std::vector<std::future<void>> together(std::vector<std::function<void(Tx&)>> const& writes) { return db::together(*database_, writes); }

  std::vector<std::int64_t> notes() {
    return database_->read([](Reader& reader) { return reader.all<std::int64_t>("select id from note order by id"); });
  }
  std::int64_t revision() {
    return database_->read([](Reader& reader) { return Database::revision(reader); });
  }

  TestDatabase database_{GetParam(), steps};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, WriterTest, both_engines(), engine_name);

using Ids = std::vector<std::int64_t>;

TEST_P(WriterTest, AWriteThatFailsIsUndoneAloneInItsBatch) {
  auto results = together({[](Tx& tx) { add(tx, 1); },
                           [](Tx& tx) {
                             add(tx, 2);
                             tx.run("insert into note values (2, 'again')");
                           },
                           [](Tx& tx) {
                             add(tx, 3);
                             throw Problem(Failure::conflict, message("Somebody was faster."));
                           },
                           [](Tx& tx) { add(tx, 4); }});
  EXPECT_NO_THROW(results[0].get());
  EXPECT_THROW(results[1].get(), Error);
  EXPECT_EQ(failure_of([&] { results[2].get(); }), Failure::conflict);
  EXPECT_NO_THROW(results[3].get());
  EXPECT_EQ(notes(), (Ids{1, 4}));
}

TEST_P(WriterTest, AWriteThatIsRefusedBeforeItChangedAnythingTroublesNobody) {
  int runs = 0;
  auto results = together({[&](Tx& tx) {
                             ++runs;
                             add(tx, 1);
                           },
                           [](Tx& tx) {
                             if (tx.one<int>("select count(*) from note") == 1) throw Problem(Failure::forbidden, message("Not yours."));
                           },
                           [](Tx& tx) { add(tx, 3); }});
  EXPECT_EQ(failure_of([&] { results[1].get(); }), Failure::forbidden);
  EXPECT_EQ(notes(), (Ids{1, 3}));
  EXPECT_EQ(runs, 1);
}

TEST_P(WriterTest, WhatOneWriteKeepsTheNextKnowsUnlessItIsTakenBack) {
  static int const key = 0;
  std::vector<int> asked;
  auto const look = [&](Tx& tx) {
    auto const count = *tx.lasting<int>(&key, [&] {
      asked.push_back(tx.one<int>("select count(*) from note"));
      return std::make_shared<int const>(asked.back());
    });
    return count;
  };
  auto const change = [&](Tx& tx, int id) {
    look(tx);
    add(tx, id);
    tx.keep(&key, std::make_shared<int const>(tx.one<int>("select count(*) from note")));
  };
  together({[&](Tx& tx) { change(tx, 1); }, [&](Tx& tx) { EXPECT_EQ(look(tx), 1); }, [&](Tx& tx) { change(tx, 2); }});
  EXPECT_EQ(asked, std::vector{0});
  database_->write([&](Tx& tx) { EXPECT_EQ(look(tx), 2) << "another transaction asks again"; });
  auto results = together({[&](Tx& tx) { change(tx, 3); },
                           [&](Tx& tx) {
                             change(tx, 4);
                             throw Problem(Failure::conflict, message("Somebody was faster."));
                           },
                           [&](Tx& tx) { EXPECT_EQ(look(tx), 3); }});
  EXPECT_THROW(results[1].get(), Problem);
  EXPECT_EQ(notes(), (Ids{1, 2, 3}));
}

TEST_P(WriterTest, RowsOfManyWritesAreThereForWhoeverAsksInTheSameCommit) {
  std::vector<int> counted;
  auto const put = [](Tx& tx, int id) {
    std::string const body = "the text of a note that is told apart by its number: " + std::to_string(id);
    tx.put_row("insert into note (id, body) values ($1, $2)", id, body);
    tx.put_row("insert into line (note) values ($1)", id);
  };
  auto const count = [&](Tx& tx) { counted.push_back(tx.one<int>("select count(*) from line")); };
  together({[&](Tx& tx) { put(tx, 1); }, [&](Tx& tx) { put(tx, 2); }, count, [&](Tx& tx) { put(tx, 3); }, [&](Tx& tx) { put(tx, 4); },
            [&](Tx& tx) { tx.put("delete from note where id = $1 and id not in (select note from line)", 4); }, count});
  EXPECT_EQ(counted, (std::vector{2, 4}));
  EXPECT_EQ(database_->read([](Reader& reader) { return reader.one<std::string>("select body from note where id = 4"); }),
            "the text of a note that is told apart by its number: 4");
}

TEST_P(WriterTest, ARowThatIsRefusedHarmsOnlyItsWrite) {
  std::vector<int> tentative;
  auto const put = [&](int id) {
    return [&, id](Tx& tx) {
      tentative.push_back(tx.tentative());
      tx.put_row("insert into note (id, body) values ($1, $2)", id, "x");
    };
  };
  auto results = together({put(1), put(2), put(2), put(3)});
  results[0].get();
  results[1].get();
  EXPECT_THROW(results[2].get(), Error);
  results[3].get();
  EXPECT_EQ(notes(), (Ids{1, 2, 3}));
  ASSERT_FALSE(tentative.empty());
  EXPECT_EQ(tentative.front(), 1) << "together";
  EXPECT_EQ(tentative.back(), 0) << "each with a way back";
}

TEST_P(WriterTest, ChangesOfRowsAreMadeTogetherAndOnlyToWhatIsAsItWas) {
  for (int id = 1; id <= 4; ++id) database_->write([&](Tx& tx) { tx.put("insert into note values ($1, 'old')", id); });
  auto const change = [](int id, std::optional<std::string> const& body, std::string const& from) {
    return [=](Tx& tx) { tx.put_row_change("update note set body = coalesce($2, 'none') where id = $1 and body = $3", id, body, from); };
  };
  auto results = together(
      {change(1, "one", "old"), change(2, std::nullopt, "old"), change(3, "three", "other"), change(4, "four", "old"), change(4, "five", "old")});
  for (auto const i : {0, 1, 3}) EXPECT_NO_THROW(results[static_cast<std::size_t>(i)].get()) << i;
  for (auto const i : {2, 4}) EXPECT_EQ(failure_of([&] { results[static_cast<std::size_t>(i)].get(); }), Failure::conflict) << i;
  EXPECT_EQ(database_->read([](Reader& reader) { return reader.all<std::string>("select body from note order by id"); }),
            (std::vector<std::string>{"one", "none", "old", "four"}));
}

TEST_P(WriterTest, AChangeOfWhatIsNotAsItWasIsAConflict) {
  EXPECT_EQ(failure_of([&] { database_->write([](Tx& tx) { tx.put_for_one("update note set body = 'x' where id = $1", 7); }); }), Failure::conflict);
  auto results = together({[](Tx& tx) { add(tx, 1); },
                           [](Tx& tx) {
                             try {
                               tx.put_for_one("update note set body = 'x' where id = $1", 7);
                               tx.one<int>("select count(*) from note");
                             } catch (Error const&) {}  // ignored, which undoes it
                           },
                           [](Tx& tx) { add(tx, 2); }});
  EXPECT_THROW(results[1].get(), Error);
  EXPECT_EQ(notes(), (Ids{1, 2}));
}

TEST_P(WriterTest, ABatchIsOneCommit) {
  auto const before = revision();
  together({[](Tx& tx) { add(tx, 1); }, [](Tx& tx) { add(tx, 2); }, [](Tx& tx) { add(tx, 3); }});
  EXPECT_EQ(revision(), before + 2);  // the gate's and the batch's
}

TEST_P(WriterTest, AWriteThatChangesNothingForGoodLeavesTheRevision) {
  auto const before = revision();
  EXPECT_THROW(database_->write([](Tx& tx) {
    add(tx, 1);
    throw std::runtime_error("no");
  }),
               std::runtime_error);
  EXPECT_EQ(revision(), before);
}

TEST_P(WriterTest, AnErrorThatAWriteIgnoresUndoesIt) {
  auto results = together({[](Tx& tx) { add(tx, 1); },
                           [](Tx& tx) {
                             add(tx, 2);
                             try {
                               add(tx, 2);
                             } catch (Error const&) {}
                           },
                           [](Tx& tx) { add(tx, 3); }});
  EXPECT_THROW(results[1].get(), Error);
  EXPECT_EQ(notes(), (Ids{1, 3}));
}

TEST_P(WriterTest, AReferenceThatPointsNowhereIsRefused) {
  EXPECT_THROW(database_->write([](Tx& tx) { tx.run("insert into line values (99)"); }), Error);
}

TEST_P(WriterTest, AWriteInsideOfAWriteIsRefused) {
  EXPECT_THROW(database_->write([&](Tx&) { database_->write([](Tx& tx) { add(tx, 1); }); }), std::logic_error);
}

TEST_P(WriterTest, WhatIsNotYetCommittedIsNotSeen) {
  std::size_t seen = 9;
  database_->write([&](Tx& tx) {
    add(tx, 1);
    seen = notes().size();
  });
  EXPECT_EQ(seen, 0U);
  EXPECT_EQ(notes(), Ids{1});
}

TEST_P(WriterTest, ASnapshotStaysAsItWas) {
  auto snapshot = database_->snapshot();
  EXPECT_EQ(snapshot.reader().one<int>("select count(*) from note"), 0);
  database_->write([](Tx& tx) { add(tx, 1); });
  EXPECT_EQ(snapshot.reader().one<int>("select count(*) from note"), 0);
  EXPECT_EQ(notes(), Ids{1});
}

TEST_P(WriterTest, WhatIsDurableIsThereAfterTheProgramEnds) {
  database_->write([](Tx& tx) { add(tx, 1); });
  database_.reopen();
  EXPECT_EQ(notes(), Ids{1});
}

TEST_P(WriterTest, AFullQueueRefusesMore) {
  database_.reopen({.queue = 1});
  HeldWriter held(*database_);
  auto waiting = std::async(std::launch::async, [&] { database_->write([](Tx& tx) { add(tx, 1); }); });
  // Either the one above is in the queue already or one of these is; from then on the next is refused.
  auto refused = std::async(std::launch::async, [&] {
    for (int i = 0; i < 100; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      if (waiting.wait_for(std::chrono::seconds(0)) == std::future_status::ready) return Failure::gone;
      if (i > 10) return failure_of([&] { database_->write([](Tx& tx) { add(tx, 2); }); });
    }
    return Failure::gone;
  });
  EXPECT_EQ(refused.get(), Failure::busy);
  held.release();
  waiting.get();
  EXPECT_EQ(notes(), Ids{1});
}

TEST_P(WriterTest, AnotherProgramThatHoldsTheLockTooLongIsNamedAsTheReason) {
  auto const other = Database::open(database_.address(), {.lock_seconds = 1});
  HeldWriter held(*database_);
  EXPECT_EQ(failure_of([&] { other->write([](Tx& tx) { add(tx, 1); }); }), Failure::busy);
  held.release();
  other->write([](Tx& tx) { add(tx, 2); });
  EXPECT_EQ(notes(), Ids{2});
}

TEST_P(WriterTest, TwoProgramsWriteIntoOneDatabase) {
  auto const other = Database::open(database_.address());
  auto const before = revision();
  auto const fill = [](Database& database, int first) {
    for (int i = 0; i < 50; ++i) database.write([&](Tx& tx) { add(tx, first + i); });
  };
  auto mine = std::async(std::launch::async, [&] { fill(*database_, 0); });
  fill(*other, 1000);
  mine.get();
  EXPECT_EQ(notes().size(), 100U);
  EXPECT_EQ(revision(), before + 100);
}

TEST_P(WriterTest, ManyReadAndWriteAtOnceAndNobodySeesHalfAWrite) {
  database_->write([](Tx& tx) { add(tx, 1); });
  std::atomic<bool> done = false;
  std::atomic<int> torn = 0;
  std::vector<std::jthread> threads;
  for (int reader = 0; reader < 6; ++reader)
    threads.emplace_back([&] {
      while (!done) {
        auto taken = database_->snapshot();
        auto const first = taken.reader().one<int>("select count(*) from note where id > $1", 1);
        auto const second = taken.reader().one<int>("select count(*) from line");
        if (first != second) ++torn;
      }
    });
  std::vector<std::future<void>> writers;
  for (int writer = 0; writer < 4; ++writer)
    writers.push_back(std::async(std::launch::async, [&, writer] {
      for (int i = 0; i < 50; ++i)
        database_->write([&](Tx& tx) {
          add(tx, 10 + writer * 1000 + i);
          tx.put("insert into line values ($1)", 1);
        });
    }));
  for (auto& writer : writers) writer.get();
  done = true;
  threads.clear();
  EXPECT_EQ(torn, 0);
  EXPECT_EQ(notes().size(), 201U);
}

TEST(WriterOnSqlite, AFullDiskHarmsOnlyTheWriteThatNeedsTheSpace) {
  TestDatabase database(Engine::sqlite, steps);
  database->write([](Tx& tx) { EXPECT_GT(tx.one<int>("pragma max_page_count = 40"), 0); });
  std::string const large(400'000, 'x');
  std::latch inside(1), open(1);
  std::vector<std::future<void>> results;
  auto const start = [&](std::function<void(Tx&)> write) {
    results.push_back(std::async(std::launch::async, [&, write] { database->write([&](Tx& tx) { write(tx); }); }));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  };
  start([&](Tx&) {
    inside.count_down();
    open.wait();
  });
  inside.wait();
  start([](Tx& tx) { add(tx, 1); });
  start([&](Tx& tx) { tx.run("insert into note values (2, $1)", large); });
  start([](Tx& tx) { add(tx, 3); });
  open.count_down();
  results[0].get();
  results[1].get();
  EXPECT_EQ(failure_of([&] { results[2].get(); }), Failure::busy);
  results[3].get();
  EXPECT_EQ(database->read([](Reader& reader) { return reader.all<std::int64_t>("select id from note order by id"); }), (Ids{1, 3}));
}

TEST(WriterOnPostgres, ALostConnectionRepeatsTheBatch) {
  TestDatabase database(Engine::postgres, steps);
  int runs = 0;
  database->write([&](Tx& tx) {
    add(tx, 1);
    if (++runs == 1) tx.maybe<bool>("select pg_terminate_backend(pg_backend_pid())");
    add(tx, 2);
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(database->read([](Reader& reader) { return reader.one<int>("select count(*) from note"); }), 2);
}

TEST(WriterOnPostgres, AConflictWithAnotherServerRepeatsTheBatch) {
  TestDatabase database(Engine::postgres, steps);
  int runs = 0;
  database->write([&](Tx& tx) {
    add(tx, 1);
    if (++runs == 1) tx.run("do 'begin raise exception sqlstate ''40001''; end'");
  });
  EXPECT_EQ(runs, 2);
}

TEST(WriterOnPostgres, AWriteThatConflictsEveryTimeFailsWithoutItsNeighbours) {
  TestDatabase database(Engine::postgres, steps);
  std::latch inside(1), open(1);
  auto gate = std::async(std::launch::async, [&] {
    database->write([&](Tx&) {
      inside.count_down();
      open.wait();
    });
  });
  inside.wait();
  auto good = std::async(std::launch::async, [&] { database->write([](Tx& tx) { add(tx, 1); }); });
  auto bad = std::async(std::launch::async, [&] { database->write([](Tx& tx) { tx.run("do 'begin raise exception sqlstate ''40001''; end'"); }); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  open.count_down();
  good.get();
  EXPECT_EQ(failure_of([&] { bad.get(); }), Failure::busy);
}

TEST(WriterOnPostgres, KnowsWhetherACommitTookPlaceWhoseAnswerIsLost) {
  TestDatabase database(Engine::postgres, steps);
  auto const mine = open_postgres(database.address(), {});
  auto const committed = mine->begin_writing();
  run(*mine, "commit");
  auto const given_up = mine->begin_writing();
  run(*mine, "rollback");
  auto const other = open_postgres(database.address(), {});
  EXPECT_TRUE(other->was_committed(committed));
  EXPECT_FALSE(other->was_committed(given_up));
}

TEST(ReaderOnPostgres, AConnectionTheServerEndedIsReplaced) {
  TestDatabase database(Engine::postgres, steps, {.readers = 1});
  EXPECT_THROW(database->read([](Reader& reader) { reader.one<bool>("select pg_terminate_backend(pg_backend_pid())"); }), Error);
  EXPECT_EQ(database->read([](Reader& reader) { return reader.one<int>("select count(*) from note"); }), 0);
}

}  // namespace birge::db
