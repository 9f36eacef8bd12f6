#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/db/database.hpp"

/// Only for tests: fresh databases on both engines. A test that touches SQL runs on each of them:
///
///   class PlaceStore : public testing::TestWithParam<db::Engine> {
///   protected:
///     db::TestDatabase database_{GetParam()};              // the schema of the binary, and nothing in it
///   };
///   INSTANTIATE_TEST_SUITE_P(BothEngines, PlaceStore, db::both_engines(), db::engine_name);
///
///   TEST_P(PlaceStore, KnowsNoPlaceAtFirst) {
///     database_->read([](db::Reader& reader) { EXPECT_TRUE(places(reader).empty()); });
///   }
///
/// PostgreSQL: a server of our own, started when the first test wants it and gone with the process, sorted by Russian rules rather than
/// by bytes. Under tests/with_postgres several processes share one.
/// Where PostgreSQL is not installed these tests fail; they are not skipped.
namespace birge::db {

inline auto both_engines() { return testing::Values(Engine::sqlite, Engine::postgres); }
std::string engine_name(testing::TestParamInfo<Engine> const& info);

class TestDatabase {
public:
  /// With the migrations of the binary. They run once per process and engine; each test gets a copy.
  explicit TestDatabase(Engine engine, Options const& options = {});
  TestDatabase(Engine engine, std::span<Migration const> migrations, Options const& options = {});
  ~TestDatabase();
  TestDatabase(TestDatabase const&) = delete;
  TestDatabase& operator=(TestDatabase const&) = delete;

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  std::string const& address() const { return address_; }  ///< for another Database or program on the same data

  void close() { database_.reset(); }  ///< as when the program ends
  void reopen(Options const& options = {}) {
    database_.reset();
    database_ = Database::open(address_, options);
  }

private:
  std::string address_;
  std::unique_ptr<Database> database_;
};

/// A fresh folder for this test process's files; removed when the process ends.
std::string test_folder();
/// The address of a PostgreSQL database with that name on the server of the tests. Starts the server when needed.
std::string test_server(std::string const& database);

}  // namespace birge::db
