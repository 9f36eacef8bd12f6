#include "platform/db/database.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "platform/base/problem.hpp"
#include "platform/db/engine.hpp"
#include "platform/db/testing.hpp"

namespace birge::db {
namespace {

std::vector<Migration> const steps{{1, "0001_note", "create table note (id {int64} primary key, body text not null) {strict};"}};

std::string shown_when_opening(std::string const& address, Options const& options = {}) {
  try {
    Database::open(address, options);
  } catch (Problem const& problem) { return problem.shown.text; }
  return "it opened";
}

}  // namespace

TEST(OpeningADatabase, OfAnUnknownKindIsRefusedWithoutRepeatingTheAddress) {
  EXPECT_EQ(shown_when_opening("mysql://root:secret@host"), "The address of the database must begin with sqlite: or postgres://.");
  EXPECT_EQ(shown_when_opening("sqlite:"), "The address of the database must begin with sqlite: or postgres://.");
}

TEST(OpeningADatabase, ThatIsNoDatabaseIsRefused) {
  auto const path = test_folder() + "/letter";
  std::ofstream(path) << "Dear Sir or Madam, this is a letter and surely not a database, however long one looks at it.";
  EXPECT_EQ(shown_when_opening("sqlite:" + path), "The file {} is not a database.");
}

TEST(OpeningADatabase, InAFolderThatIsNotThereIsRefused) {
  EXPECT_EQ(shown_when_opening("sqlite:" + test_folder() + "/none/birge.db"), "The folder of the database {} does not exist.");
  EXPECT_EQ(shown_when_opening("sqlite:" + test_folder()), "{} is a folder, not a database.");
}

TEST(OpeningADatabase, WhereNothingMayBeWrittenIsRefused) {
  // A folder where not even root makes files.
  EXPECT_EQ(shown_when_opening("sqlite:/sys/birge.db"), "The database {} cannot be made: this user may not write there.");
}

TEST(OpeningADatabase, InAFolderThatCannotBeLookedIntoIsRefused) {
  // A path too long for the system is as hidden as a folder without the right to enter it, also for root.
  auto const hidden = "sqlite:" + test_folder() + "/" + std::string(300, 'x') + "/birge.db";
  EXPECT_EQ(shown_when_opening(hidden, {.create = false}), "The database {} cannot be opened.");
}

TEST(OpeningADatabase, ThatMustBeThereAlreadyIsRefusedWhenItIsNot) {
  EXPECT_EQ(shown_when_opening("sqlite:" + test_folder() + "/new.db", {.create = false}), "There is no database at {}.");
}

TEST(OpeningADatabase, OnAServerThatDoesNotAnswerIsRefused) {
  EXPECT_EQ(shown_when_opening("postgres://birge:secret@127.0.0.1:1/birge"), "The database server cannot be reached.");
}

TEST(OpeningADatabase, WithAWrongPasswordIsRefused) {
  open_postgres(test_server("postgres"), {})
      ->script("do 'begin create role guest login password ''right''; exception when duplicate_object then null; end'");
  auto const server = test_server("postgres");
  auto const port = server.substr(server.find("port=") + 5, server.find('&', server.find("port=")) - server.find("port=") - 5);
  EXPECT_EQ(shown_when_opening("postgres://guest:wrong@127.0.0.1:" + port + "/postgres"),
            "The database server refuses the user, the password or the name of the database.");
  EXPECT_EQ(shown_when_opening("postgres://guest:right@127.0.0.1:" + port + "/postgres"), "it opened");
}

TEST(OpeningADatabase, ThatTheServerDoesNotHaveIsRefused) {
  EXPECT_EQ(shown_when_opening(test_server("no_such_database")), "The database server refuses the user, the password or the name of the database.");
}

TEST(OpeningADatabase, WithAnAddressThatCannotBeReadIsRefused) {
  EXPECT_EQ(shown_when_opening("postgres://[::1/x?a=b"), "The address of the database server cannot be read.");
}

TEST(SqliteFile, IsReadableOnlyByItsOwner) {
  auto const path = test_folder() + "/private.db";
  Database::open("sqlite:" + path)->migrate(steps);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST(SqliteFile, IsSetUpAsTheDataRulesSay) {
  TestDatabase database(Engine::sqlite, steps);
  database->write([](Tx& tx) {
    EXPECT_EQ(tx.one<std::string>("pragma journal_mode"), "wal");
    EXPECT_EQ(tx.one<int>("pragma synchronous"), 2);
    EXPECT_EQ(tx.one<int>("pragma foreign_keys"), 1);
    EXPECT_EQ(tx.one<int>("pragma secure_delete"), 1);
    EXPECT_EQ(tx.one<int>("pragma trusted_schema"), 0);
  });
  database->read([](Reader& reader) {
    EXPECT_EQ(reader.one<int>("pragma query_only"), 1);
    EXPECT_EQ(reader.one<int>("pragma foreign_keys"), 1);
  });
  EXPECT_THROW(database->read([](Reader& reader) { reader.one<std::string>("select \"no such column\" from note"); }), Error);
}

TEST(PostgresServer, OfTheTestsDoesNotSortByBytes) {
  TestDatabase database(Engine::postgres, steps);
  EXPECT_EQ(database->read([](Reader& reader) { return reader.one<bool>("select cast('B' as text) > cast('a' as text)"); }), true);
  EXPECT_EQ(database->read([](Reader& reader) {
    return reader.one<std::string>("select cast(datlocprovider as text) from pg_database where datname = current_database()");
  }),
            "i");
}

TEST(PostgresSession, IsSetUpAsTheDataRulesSay) {
  TestDatabase database(Engine::postgres, steps);
  database->read([](Reader& reader) {
    EXPECT_EQ(reader.one<std::string>("select current_setting('transaction_isolation')"), "repeatable read");
    EXPECT_EQ(reader.one<std::string>("select current_setting('transaction_read_only')"), "on");
  });
  database->write([](Tx& tx) { EXPECT_EQ(tx.one<std::string>("select current_setting('synchronous_commit')"), "on"); });
}

class DatabaseTest : public testing::TestWithParam<Engine> {
protected:
  TestDatabase database_{GetParam(), steps, {.readers = 1}};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, DatabaseTest, both_engines(), engine_name);

TEST_P(DatabaseTest, AFailedQuestionDoesNotSpoilTheConnection) {
  EXPECT_THROW(database_->read([](Reader& reader) { reader.one<int>("select nonsense from note"); }), Error);
  EXPECT_EQ(database_->read([](Reader& reader) { return reader.one<int>("select count(*) from note"); }), 0);
}

TEST_P(DatabaseTest, ASnapshotWithoutQuestionsIsGivenBack) {
  for (int i = 0; i < 3; ++i) database_->snapshot();
  EXPECT_EQ(database_->read([](Reader& reader) { return reader.one<int>("select count(*) from note"); }), 0);
}

TEST_P(DatabaseTest, EachTestStartsEmpty) {
  EXPECT_EQ(database_->read([](Reader& reader) { return reader.one<int>("select count(*) from note"); }), 0);
  database_->write([](Tx& tx) { tx.run("insert into note values (1, 'x')"); });
}

TEST_P(DatabaseTest, WhatIsWrittenIsRead) {
  auto const id = database_->write([](Tx& tx) { return tx.one<std::int64_t>("insert into note values ($1, $2) returning id", 7, "x"); });
  EXPECT_EQ(id, 7);
  EXPECT_EQ(database_->read([](Reader& reader) { return reader.one<std::string>("select body from note where id = $1", 7); }), "x");
}

TEST(MemoryDatabase, IsReadWhileItIsWritten) {
  auto const database = Database::open("sqlite::memory:");
  database->migrate(steps);
  database->write([&](Tx& tx) {
    tx.run("insert into note values (1, 'x')");
    EXPECT_EQ(database->read([](Reader& reader) { return reader.one<int>("select count(*) from note"); }), 0);
  });
}

}  // namespace birge::db
