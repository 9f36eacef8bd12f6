#include <algorithm>
#include <limits>

#include "platform/db/testing.hpp"

namespace birge::db {
namespace {

std::vector<Migration> const steps{{1, "0001_thing", R"(
  create table thing (id {int64} primary key, name text, amount {real}, picture {bytes}, day text, other {int64}) {strict};
  insert into thing (id, name, amount, day) values (1, 'один', 1.5, '2018-09-14'), (2, 'эки', 2.5, '2018-09-15'), (3, null, null, null);)"}};

struct Thing {
  std::int64_t id;
  std::optional<std::string> name;
};

}  // namespace

class Statement : public testing::TestWithParam<Engine> {
protected:
  template <class T, class... Arguments>
  T one(Literal sql, Arguments const&... arguments) {
    return database_->read([&](Reader& reader) { return reader.one<T>(sql, arguments...); });
  }
  template <class... Arguments>
  void refused(Literal sql, Arguments const&... arguments) {
    EXPECT_THROW(database_->write([&](Tx& tx) { tx.run(sql, arguments...); }), Error) << sql.text();
  }
  TestDatabase database_{GetParam(), steps};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Statement, both_engines(), engine_name);

TEST_P(Statement, WithAWrongNumberOfColumnsIsRefused) {
  EXPECT_THROW(one<Thing>("select id, name, day from thing"), Error);
  EXPECT_THROW(one<Thing>("select id from thing"), Error);
  refused("select id from thing");
}

TEST_P(Statement, WithAWrongNumberOfArgumentsIsRefused) {
  EXPECT_THROW(one<int>("select id from thing where id = $1"), Error);
  EXPECT_THROW(one<int>("select id from thing where id = $1", 1, 2), Error);
  EXPECT_THROW(one<int>("select id from thing where id = $2", 1, 2), Error);
}

TEST_P(Statement, FollowedByAnotherIsRefused) {
  refused("delete from thing where id = 1; delete from thing");
  EXPECT_EQ(one<int>("select count(*) from thing"), 3);
  EXPECT_EQ(one<int>("select 1; "), 1);
}

TEST_P(Statement, ThatIsEmptyIsRefused) { refused("-- nothing"); }

TEST_P(Statement, OfAReaderChangesNothing) {
  EXPECT_THROW(one<int>("insert into thing (id) values (9) returning id"), Error);
  EXPECT_THROW(one<int>("delete from thing where id = 1 returning id"), Error);
  EXPECT_EQ(one<int>("select count(*) from thing"), 3);
}

TEST_P(Statement, WithAZeroByteInATextIsRefused) { refused("update thing set name = $1", std::string("a\0b", 3)); }

TEST_P(Statement, ReadAsAnotherTypeIsRefused) {
  EXPECT_THROW(one<std::int64_t>("select name from thing where id = 1"), Error);
  EXPECT_THROW(one<std::string>("select id from thing where id = 1"), Error);
  EXPECT_THROW(one<std::int64_t>("select amount from thing where id = 1"), Error);
  EXPECT_THROW(one<double>("select name from thing where id = 1"), Error);
  EXPECT_THROW(one<Day>("select name from thing where id = 1"), Error);
}

TEST_P(Statement, GivingNullWhereAValueMustBeIsRefused) {
  EXPECT_THROW(one<std::string>("select name from thing where id = 3"), Error);
  EXPECT_THROW(one<double>("select amount from thing where id = 3"), Error);
}

TEST_P(Statement, GivingANumberThatDoesNotFitItsFieldIsRefused) {
  EXPECT_THROW(one<std::int16_t>("select cast(40000 as bigint) from thing where id = 1"), Error);
  EXPECT_THROW(one<std::uint32_t>("select cast(-1 as bigint) from thing where id = 1"), Error);
}

TEST_P(Statement, AgainstAConstraintSaysSo) {
  try {
    database_->write([](Tx& tx) { tx.run("insert into thing (id) values ($1)", 1); });
    FAIL();
  } catch (Error const& error) { EXPECT_EQ(error.kind, Error::Kind::constraint) << error.what(); }
}

TEST_P(Statement, CarriesWholeNumbersOf64Bits) {
  for (auto const number : {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(), std::int64_t{0}, std::int64_t{-1},
                            std::int64_t{1} << 53 | 1}) {
    database_->write([&](Tx& tx) { tx.run("update thing set other = $1 where id = 1", number); });
    EXPECT_EQ(one<std::int64_t>("select other from thing where id = 1"), number);
    EXPECT_EQ(one<int>("select count(*) from thing where other = $1", number), 1);
  }
}

TEST_P(Statement, CarriesTextRealsBytesAndNothing) {
  std::string const bytes("\0\x01\xff\"'\\", 6);
  database_->write([&](Tx& tx) {
    tx.run("insert into thing (id, name, amount, picture, day) values ($1, $2, $3, $4, $5)", 10, "Ысык-Көл ' \" \\ $1 ?", 0.1,
           std::as_bytes(std::span(bytes)), Day{17788});
    tx.run("insert into thing (id, name, amount, picture, day) values ($1, $2, $3, $4, $5)", 11, "", std::optional<double>(), std::nullopt,
           std::optional<Day>());
  });
  EXPECT_EQ(one<std::string>("select name from thing where id = 10"), "Ысык-Көл ' \" \\ $1 ?");
  EXPECT_EQ(one<double>("select amount from thing where id = 10"), 0.1);
  EXPECT_EQ(one<std::string>("select picture from thing where id = 10"), bytes);
  EXPECT_EQ(one<Day>("select day from thing where id = 10"), Day{17788});
  EXPECT_EQ(one<std::optional<std::string>>("select name from thing where id = 11"), "");
  EXPECT_EQ(one<std::optional<double>>("select amount from thing where id = 11"), std::nullopt);
  EXPECT_EQ(one<std::optional<std::string>>("select picture from thing where id = 11"), std::nullopt);
  EXPECT_EQ(one<std::optional<Day>>("select day from thing where id = 11"), std::nullopt);
}

TEST_P(Statement, TakesArgumentsByNumberNotByAppearance) {
  EXPECT_EQ(one<std::string>("select name from thing where day = $2 and id = $1", 2, "2018-09-15"), "эки");
  EXPECT_EQ(one<int>("select count(*) from thing where id = $2 or id = $1 or id = $2", 1, 2), 2);
}

TEST_P(Statement, AsksWithDaysLimitsCastsAndPairs) {
  EXPECT_EQ(one<std::int64_t>("select id from thing where day >= $1 order by day limit $2", Day{17789}, 1), 2);
  EXPECT_EQ(one<int>("select count(*) from thing where (day, id) > ($1, $2)", "2018-09-14", 1), 1);
  EXPECT_EQ(one<int>("select count(*) from thing where cast($1 as bigint) is null or id = $1", std::optional<std::int64_t>()), 3);
  EXPECT_EQ(one<int>("select count(*) from thing where cast($1 as bigint) is null or id = $1", std::optional<std::int64_t>(2)), 1);
  EXPECT_EQ(one<int>("select count(*) from thing where cast($1 as text) is null or name = $1", std::optional<std::string>("эки")), 1);
  EXPECT_EQ(one<std::int64_t>("select coalesce(other, $1) from thing where id = 1", std::int64_t{1} << 40), std::int64_t{1} << 40);
  EXPECT_EQ(one<std::int64_t>("select coalesce($1, 0) + id from thing where id = 1", std::int64_t{1} << 40), (std::int64_t{1} << 40) + 1);
  EXPECT_EQ(one<int>("select id in ($1, $2) from thing where id = 2", 2, 5), 1);
}

TEST_P(Statement, PreparedWithANullTakesANumberLater) {
  database_->write([](Tx& tx) {
    for (auto const& other : {std::optional<std::int64_t>(), std::optional<std::int64_t>(5)})
      tx.run("update thing set other = $1, name = $2 where id = $3", other, std::optional<std::string>(), 1);
    EXPECT_EQ(tx.one<std::int64_t>("select other from thing where id = 1"), 5);
  });
}

TEST_P(Statement, SumsAndAveragesLikeTheOtherEngine) {
  database_->write([](Tx& tx) { tx.run("update thing set other = id * 5000000000"); });
  EXPECT_EQ(one<std::int64_t>("select sum(other) from thing"), 30000000000);
  EXPECT_EQ(one<double>("select avg(other) from thing"), 1e10);
  EXPECT_EQ(one<double>("select avg(id) from thing where id < 3"), 1.5);
  EXPECT_EQ(one<double>("select sum(amount) from thing"), 4.0);
  EXPECT_EQ(one<std::int64_t>("select -sum(other) from thing"), -30000000000);
  EXPECT_EQ(one<std::int64_t>("select sum(other) - sum(other) from thing"), 0);
  EXPECT_EQ(one<bool>("select max(id) > 2 from thing"), true);
}

TEST_P(Statement, ComparesTextByteByByte) {
  database_->write([](Tx& tx) {
    int id = 20;
    for (auto const* name : {"b", "B", "a-c", "ab", "Ё", "е", "я", "a/b"}) tx.run("insert into thing (id, name) values ($1, $2)", ++id, name);
  });
  auto const names = database_->read([](Reader& reader) { return reader.all<std::string>("select name from thing where id > 20 order by name"); });
  auto sorted = names;
  std::ranges::sort(sorted);
  EXPECT_EQ(names, sorted);
}

TEST_P(Statement, ReturningRowsRunsOnceAndToItsEnd) {
  database_->write([](Tx& tx) {
    auto const ids = tx.all<std::int64_t>("insert into thing (id) values (31), (32) returning id");
    EXPECT_EQ(ids, (std::vector<std::int64_t>{31, 32}));
    // Only the first row is wanted, yet every row is changed.
    EXPECT_TRUE(tx.maybe<std::int64_t>("update thing set other = coalesce(other, 0) + 1 returning id"));
  });
  EXPECT_EQ(one<std::int64_t>("select sum(other) from thing"), 5);
  EXPECT_EQ(one<int>("select count(*) from thing"), 5);
}

TEST_P(Statement, TellsHowManyRowsItChanged) {
  database_->write([](Tx& tx) {
    EXPECT_EQ(tx.run("update thing set other = 1 where id <= $1", 2), 2);
    EXPECT_EQ(tx.run("update thing set other = 1 where id = $1", 99), 0);
    EXPECT_EQ(tx.run("delete from thing"), 3);
  });
}

TEST_P(Statement, MayBeAskedAgainWhileItsRowsAreRead) {
  database_->read([](Reader& reader) {
    std::vector<std::int64_t> seen;
    reader.each<std::int64_t>(
        "select id from thing where id > $1 order by id",
        [&](std::int64_t id) {
          seen.push_back(id);
          for (auto const inner : reader.all<std::int64_t>("select id from thing where id > $1 order by id", id)) seen.push_back(inner * 10);
        },
        0);
    EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 20, 30, 2, 30, 3}));
  });
}

TEST_P(Statement, LeftHalfReadDoesNotDisturbTheNext) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_THROW(database_->read([](Reader& reader) {
      reader.each<std::int64_t>("select id from thing order by id", [](std::int64_t) { throw std::runtime_error("enough"); });
    }),
                 std::runtime_error);
    EXPECT_EQ(database_->read([](Reader& reader) { return reader.maybe<std::int64_t>("select id from thing order by id"); }), 1);
    database_->write([](Tx& tx) { tx.run("update thing set other = 1"); });
  }
}

TEST_P(Statement, JoinedFromClausesIsAsked) {
  database_->read([](Reader& reader) {
    Sql sql("select id, name from thing where id > ?", 0);
    sql.add("and (day >= ?", Day{17788}).add("or name = ?)", std::string("эки")).add("order by id limit ?", 5);
    auto const things = reader.all<Thing>(sql);
    ASSERT_EQ(things.size(), 2U);
    EXPECT_EQ(things[1].name, "эки");
  });
}

TEST_P(Statement, PutManyTimesStoresEveryRow) {
  database_->write([](Tx& tx) {
    for (int i = 100; i < 3100; ++i) tx.put("insert into thing (id, name) values ($1, $2)", i, std::to_string(i));
    EXPECT_EQ(tx.one<int>("select count(*) from thing"), 3003);
  });
  EXPECT_EQ(one<std::string>("select name from thing where id = 3099"), "3099");
}

TEST_P(Statement, PutThatFailsUndoesTheWrite) {
  EXPECT_THROW(database_->write([](Tx& tx) {
    for (const int id : {50, 51, 1, 52}) tx.put("insert into thing (id) values ($1)", id);
  }),
               Error);
  EXPECT_EQ(one<int>("select count(*) from thing"), 3);
}

TEST_P(Statement, IsForgottenWhenThereAreTooManyAndStillWorks) {
  database_->read([](Reader& reader) {
    for (int i = 1; i < 600; ++i) {
      Sql sql("select id from thing where id = ?", 1);
      for (int j = 0; j < i; ++j) sql.add(" ");
      ASSERT_EQ(reader.one<int>(sql), 1);
    }
  });
  EXPECT_EQ(one<int>("select id from thing where id = $1", 1), 1);
}

}  // namespace birge::db
