#include "platform/db/sqlite_log.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "platform/db/testing.hpp"

namespace birge::db {
namespace {

constexpr int small = 40;             ///< pages after which the log is carried over
constexpr int too_long = 10 * small;  ///< pages at which the writing connection does all by itself
constexpr int bound = 2 * too_long;   ///< pages of the longest log, should it not succeed at once; what is written is several times as long
constexpr int page = 4096 + 24;       ///< bytes of a page in the log

class SqliteLogTest : public testing::Test {
protected:
  SqliteLogTest() : path_(test_folder() + "/" + testing::UnitTest::GetInstance()->current_test_info()->name() + ".db"), writing_(open()) {
    run(writing_, "pragma journal_mode = wal; pragma wal_autocheckpoint = 0; pragma synchronous = off; create table line (words text not null)");
  }
  ~SqliteLogTest() override {
    for (auto* database : {reading_, writing_}) sqlite3_close(database);
    std::filesystem::remove(path_);
  }

  sqlite3* open() const {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(path_.c_str(), &database), SQLITE_OK);
    return database;
  }
  static void run(sqlite3* database, char const* sql) { ASSERT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sql; }
  void write(int times) {
    for (int i = 0; i < times; ++i) run(writing_, "insert into line values ('written down ' || hex(zeroblob(3000)))");
  }
  int lines() const {
    int count = 0;
    auto const read = [](void* into, int, char** values, char**) {
      *static_cast<int*>(into) = std::stoi(values[0]);
      return 0;
    };
    auto* const database = open();
    EXPECT_EQ(sqlite3_exec(database, "select count(*) from line where words like 'written down %'", read, &count, nullptr), SQLITE_OK);
    sqlite3_close(database);
    return count;
  }
  auto log_bytes() const { return std::filesystem::file_size(path_ + "-wal"); }
  /// What the file of the database itself holds, without its log.
  bool in_the_file() const {
    std::ifstream file(path_, std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(file), {}};
    return bytes.find("written down") != std::string::npos;
  }

  std::string path_;
  sqlite3* writing_;
  sqlite3* reading_ = nullptr;
};

TEST_F(SqliteLogTest, IsCarriedOverWhileTheConnectionStaysOpen) {
  LogCarrier const carrier(writing_, path_, small);
  write(5);
  EXPECT_FALSE(in_the_file());
  write(60);
  for (auto const until = std::chrono::steady_clock::now() + std::chrono::seconds(10); !in_the_file() && std::chrono::steady_clock::now() < until;)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(in_the_file());
  EXPECT_EQ(lines(), 65);
}

TEST_F(SqliteLogTest, DoesNotGrowWithoutEndUnderWritesWithoutAPause) {
  LogCarrier const carrier(writing_, path_, small);
  write(2000);  // of several pages each
  EXPECT_LT(log_bytes(), static_cast<std::uintmax_t>(bound * page));
  EXPECT_EQ(lines(), 2000);
}

TEST_F(SqliteLogTest, KeepsWhatSomebodyReadsAndBeginsAnewAfterwards) {
  LogCarrier const carrier(writing_, path_, small);
  write(1);
  reading_ = open();
  run(reading_, "begin; select count(*) from line");
  write(300);
  auto const held_up = log_bytes();
  EXPECT_GT(held_up, static_cast<std::uintmax_t>(too_long * page));
  run(reading_, "commit");
  write(300);
  EXPECT_LE(log_bytes(), held_up + static_cast<std::uintmax_t>(too_long * page));
  EXPECT_EQ(lines(), 601);
}

TEST_F(SqliteLogTest, TheWritingConnectionDoesItWhereNoOtherCanBeOpened) {
  LogCarrier const carrier(writing_, test_folder() + "/no-such-folder/of.db", small);
  write(1000);
  EXPECT_TRUE(in_the_file());
  EXPECT_LT(log_bytes(), static_cast<std::uintmax_t>(bound * page));
}

}  // namespace
}  // namespace birge::db
