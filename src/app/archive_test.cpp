#include "app/archive.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <span>

#include "features/activity/activity_pack.hpp"
#include "features/activity/activity_store.hpp"
#include "features/audit/audit.hpp"
#include "features/audit/chain.hpp"
#include "features/campaign/campaign.hpp"
#include "features/place/place_pack.hpp"
#include "features/sample/sample.hpp"
#include "platform/base/pack_files.hpp"
#include "platform/base/problem.hpp"
#include "platform/db/migrations.hpp"
#include "platform/db/testing.hpp"

namespace birge::app {

namespace {

Progress const silent = [](std::string const&, std::int64_t, std::int64_t) {};
Instant const now = parse_instant("2026-10-20T06:00:00Z").value();

void fill(db::Database& database) {
  FixedClock const clock(now);
  IdMaker ids(clock, 1);
  auto const pack = PackFiles::embedded("kg");
  database.write([&](db::Tx& tx) {
    place::load_pack(tx, ids, pack);
    campaign::load_pack(tx, ids, pack, now);
    campaign::touch_facts(tx);
    sample::Options options;
    options.today = campaign::facts(tx)->today(now);
    options.campaign_from = sample::campaign_from(options.today);
    options.activities = 60;
    sample::load(tx, ids, options, now);
    for (int i = 1; i <= 5; ++i) audit::record(tx, audit::Entry(audit::Who::command_line(), "loaded", {"edition", i}, now));
  });
}

class Archive : public testing::TestWithParam<std::pair<db::Engine, db::Engine>> {
protected:
  std::string place_ = testing::TempDir() + "birge-archive-files." + std::to_string(::getpid());
  std::string file_ = place_ + ".birge";
  files::Folder const folder_{place_ + "/from"}, restored_{place_ + "/to"};
  std::vector<std::string> missing_;
  void TearDown() override {
    std::filesystem::remove(file_);
    std::filesystem::remove_all(place_);
  }
};

}  // namespace

TEST_P(Archive, RestoresEveryRowIntoEitherEngine) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  fill(*from);
  auto const written = backup(*from, folder_, file_, now, silent, missing_);
  db::TestDatabase to(GetParam().second, std::span<db::Migration const>{});
  auto const restored = restore(*to, restored_, file_, silent);
  EXPECT_EQ(written, restored);
  auto const differences = to->read([](db::Reader& read) { return activity::check_tallies(read, *campaign::facts(read)); });
  EXPECT_TRUE(differences.empty());
  auto const kept = from->read([](db::Reader& read) { return audit::head(read); });
  auto const log = to->read([&](db::Reader& read) { return audit::check_chain(read, kept); });
  EXPECT_EQ(log.entries, 5);
  EXPECT_EQ(log.faults_in_all, 0);
  auto const activities = to->read([](db::Reader& read) { return read.one<std::int64_t>("select count(*) from activity"); });
  EXPECT_EQ(activities, 60);
}

INSTANTIATE_TEST_SUITE_P(BetweenEngines, Archive,
                         testing::Values(std::pair(db::Engine::sqlite, db::Engine::sqlite), std::pair(db::Engine::sqlite, db::Engine::postgres),
                                         std::pair(db::Engine::postgres, db::Engine::sqlite), std::pair(db::Engine::postgres, db::Engine::postgres)));

TEST_P(Archive, IsRefusedByADatabaseThatHoldsSomething) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  fill(*from);
  backup(*from, folder_, file_, now, silent, missing_);
  EXPECT_THROW(restore(*from, restored_, file_, silent), Problem);
}

TEST_P(Archive, HoldsTheKeyOnlyWhereItWasAskedFor) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  backup(*from, folder_, file_, now, silent, missing_);
  EXPECT_EQ(archived_key(file_), std::nullopt);
  backup(*from, folder_, file_, now, silent, missing_, "a key of an installation\n");
  EXPECT_EQ(archived_key(file_), "a key of an installation\n");
}

TEST_P(Archive, ThatIsNoArchiveIsRefused) {
  std::ofstream(file_) << "no archive";
  db::TestDatabase to(GetParam().second, std::span<db::Migration const>{});
  EXPECT_THROW(restore(*to, restored_, file_, silent), Problem);
}

TEST_P(Archive, CutShortIsRefusedAndLeavesNothingBehind) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  fill(*from);
  backup(*from, folder_, file_, now, silent, missing_);
  std::filesystem::resize_file(file_, std::filesystem::file_size(file_) / 2);
  db::TestDatabase to(GetParam().second, std::span<db::Migration const>{});
  EXPECT_THROW(restore(*to, restored_, file_, silent), Problem);
}

}  // namespace birge::app
