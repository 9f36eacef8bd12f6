#include "platform/db/migrations.hpp"

#include "platform/base/problem.hpp"
#include "platform/db/testing.hpp"

namespace birge::db {
namespace {

Migration const first{1, "0001_person", "create table person (id {int64} primary key, name text not null) {strict};"};
Migration const second{2, "0002_visit", R"(
  create table visit (id {int64} primary key, person {int64} not null references person (id), note text not null default '{}') {strict};
  create index visit_of_person on visit (person);)"};
Migration const broken{3, "0003_broken", "create table fine (id {int64}) {strict}; create table fine (id {int64}) {strict};"};

}  // namespace

class Migrations : public testing::TestWithParam<Engine> {
protected:
  Failure refused(std::vector<Migration> const& steps) {
    try {
      database_->migrate(steps);
    } catch (Problem const& problem) {
      EXPECT_FALSE(problem.shown.empty());
      return problem.failure;
    }
    return Failure::gone;
  }
  int tables(std::string const& name) {
    return database_->read([&](Reader& reader) {
      return GetParam() == Engine::sqlite ? reader.one<int>("select count(*) from sqlite_master where name = $1", name)
                                          : reader.one<int>("select count(*) from pg_class where relname = $1", name);
    });
  }
  TestDatabase database_{GetParam(), std::vector<Migration>{}};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Migrations, both_engines(), engine_name);

TEST_P(Migrations, OfANewerProgramAreRefused) {
  database_->migrate(std::vector{first, second});
  EXPECT_EQ(refused({first}), Failure::conflict);
  EXPECT_THROW(database_->up_to_date(std::vector{first}), Problem);
}

TEST_P(Migrations, ChangedAfterTheyLandedAreRefused) {
  database_->migrate(std::vector{first});
  auto changed = first;
  changed.sql = "create table person (id {int64} primary key) {strict};";
  EXPECT_EQ(refused({changed}), Failure::conflict);
}

TEST_P(Migrations, ThatFailLeaveTheDatabaseAsItWas) {
  EXPECT_EQ(refused({first, second, broken}), Failure::internal);
  EXPECT_EQ(tables("person"), 0);
  EXPECT_EQ(tables("fine"), 0);
  EXPECT_EQ(database_->migrate(std::vector{first, second}), 2);
}

TEST_P(Migrations, ThatBreakAReferenceAreRefused) {
  database_->migrate(std::vector{first, second});
  database_->write([](Tx& tx) {
    tx.run("insert into person values (1, 'a')");
    tx.run("insert into visit (id, person) values (1, 1)");
  });
  EXPECT_EQ(refused({first, second, {3, "0003_empty", "delete from person;"}}), Failure::internal);
}

TEST_P(Migrations, AreTakenOnce) {
  EXPECT_FALSE(database_->up_to_date(std::vector{first, second}));
  EXPECT_EQ(database_->migrate(std::vector{first}), 1);
  EXPECT_EQ(database_->migrate(std::vector{first, second}), 1);
  EXPECT_EQ(database_->migrate(std::vector{first, second}), 0);
  EXPECT_TRUE(database_->up_to_date(std::vector{first, second}));
  EXPECT_EQ(database_->read([](Reader& reader) { return reader.all<std::string>("select name from migration order by number"); }),
            (std::vector<std::string>{"0001_person", "0002_visit"}));
}

TEST_P(Migrations, GrowTheRevision) {
  auto const before = database_->read([](Reader& reader) { return Database::revision(reader); });
  database_->migrate(std::vector{first});
  EXPECT_GT(database_->read([](Reader& reader) { return Database::revision(reader); }), before);
}

TEST_P(Migrations, RebuildATableThatOthersReferTo) {
  database_->migrate(std::vector{first, second});
  database_->write([](Tx& tx) {
    tx.run("insert into person values (1, 'a')");
    tx.run("insert into visit (id, person) values (1, 1)");
  });
  Migration const rebuild{3, "0003_rebuild",
                          GetParam() == Engine::sqlite ? R"(
    create table new_person (id {int64} primary key, name text not null, born text) {strict};
    insert into new_person select id, name, null from person;
    drop table person;
    alter table new_person rename to person;)"
                                                       : "alter table person add column born text;"};
  EXPECT_EQ(database_->migrate(std::vector{first, second, rebuild}), 1);
  EXPECT_EQ(database_->read([](Reader& reader) { return reader.one<int>("select count(*) from visit join person on person.id = visit.person"); }), 1);
  EXPECT_THROW(database_->write([](Tx& tx) { tx.run("insert into visit (id, person) values (2, 9)"); }), Error);
}

TEST_P(Migrations, OfTheBinaryRunOnAnEmptyDatabase) {
  auto const embedded = embedded_migrations();
  EXPECT_EQ(database_->migrate(embedded), static_cast<int>(embedded.size()));
  EXPECT_TRUE(database_->up_to_date(embedded));
}

TEST(MigrationText, WithAnUnknownWordIsRefused) { EXPECT_THROW(migration_text("a {datetime}", Engine::sqlite), std::logic_error); }

TEST(MigrationText, HasTheWordsOfItsEngine) {
  auto const* const sql = "create table a (i {int64}, b {bytes}, r {real}, t text default '{}') {strict};";
  EXPECT_EQ(migration_text("create table a (i {int64} primary key) {keyed};", Engine::sqlite),
            "create table a (i integer primary key) strict, without rowid;");
  EXPECT_EQ(migration_text("create table a (i {int64} primary key) {keyed};", Engine::postgres), "create table a (i bigint primary key) ;");
  EXPECT_EQ(migration_text(sql, Engine::sqlite), "create table a (i integer, b blob, r real, t text default '{}') strict;");
  EXPECT_EQ(migration_text(sql, Engine::postgres), "create table a (i bigint, b bytea, r double precision, t text default '{}') ;");
}

TEST(EmbeddedMigrations, AreNumberedFromOneWithoutGaps) {
  auto const migrations = embedded_migrations();
  ASSERT_FALSE(migrations.empty());
  for (std::size_t i = 0; i < migrations.size(); ++i) EXPECT_EQ(migrations[i].number, static_cast<int>(i) + 1);
}

}  // namespace birge::db
