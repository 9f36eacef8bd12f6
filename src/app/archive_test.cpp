#include "app/archive.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <span>

#include "features/activity/activity_pack.hpp"
#include "features/activity/activity_store.hpp"
#include "features/audit/audit.hpp"
#include "features/audit/chain.hpp"
#include "features/campaign/campaign.hpp"
#include "features/evidence/evidence_store.hpp"
#include "features/place/place_pack.hpp"
#include "features/sample/sample.hpp"
#include "platform/base/pack_files.hpp"
#include "platform/base/problem.hpp"
#include "platform/db/migrations.hpp"
#include "platform/db/testing.hpp"
#include "platform/files/durable_testing.hpp"

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

/// A file that some activity has; its name.
std::string add_document(db::Database& database, files::Folder const& folder, std::int64_t id, std::string const& content) {
  evidence::Item item;
  item.id = {id};
  item.kind = "document";
  item.file = folder.put(content);
  evidence::Scene const scene{.person = {1}, .organisation = {}, .region = {}, .lead = {}, .now = now};
  database.write([&](db::Tx& tx) {
    item.activity = tx.one<evidence::ActivityId>("select min(id) from activity");
    evidence::add(tx, scene, item, "form " + std::to_string(id));
  });
  return item.file;
}

class Archive : public testing::TestWithParam<std::pair<db::Engine, db::Engine>> {
protected:
  std::string place_ = testing::TempDir() + "birge-archive-files." + std::to_string(::getpid());
  std::string file_ = place_ + ".birge";
  files::Folder const folder_{place_ + "/from"}, restored_{place_ + "/to"};
  LeftOut left_out_;
  void TearDown() override {
    std::filesystem::remove(file_);
    std::filesystem::remove_all(place_);
  }
};

}  // namespace

TEST_P(Archive, RestoresEveryRowIntoEitherEngine) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  fill(*from);
  auto const written = backup(*from, folder_, file_, now, silent, left_out_);
  db::TestDatabase to(GetParam().second, std::span<db::Migration const>{});
  auto const restored = restore(*to, restored_, file_, silent, left_out_);
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
  backup(*from, folder_, file_, now, silent, left_out_);
  EXPECT_THROW(restore(*from, restored_, file_, silent, left_out_), Problem);
}

TEST_P(Archive, HoldsTheKeyOnlyWhereItWasAskedFor) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  backup(*from, folder_, file_, now, silent, left_out_);
  EXPECT_EQ(archived_key(file_), std::nullopt);
  backup(*from, folder_, file_, now, silent, left_out_, "a key of an installation\n");
  EXPECT_EQ(archived_key(file_), "a key of an installation\n");
}

TEST_P(Archive, AndWhatItIsMadeFromAreReadableForTheirOwnerAlone) {
  namespace fs = std::filesystem;
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  auto const usual = ::umask(0022);
  // Of a backup that was killed, made before folders were closed.
  fs::create_directories(file_ + ".making");
  auto while_made = fs::perms::unknown;
  backup(
      *from, folder_, file_, now, [&](std::string const&, std::int64_t, std::int64_t) { while_made = fs::status(file_ + ".making").permissions(); },
      left_out_, "a key of an installation\n");
  ::umask(usual);
  EXPECT_EQ(while_made, fs::perms::owner_all);
  EXPECT_EQ(fs::status(file_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

namespace {

/// Changes the content of one file of an archive.
void alter(std::string const& archive, std::string const& name, std::function<void(std::string&)> const& change) {
  auto* zip = zip_open(archive.c_str(), 0, nullptr);
  zip_stat_t about;
  zip_stat(zip, name.c_str(), 0, &about);
  std::string content(about.size, '\0');
  auto* file = zip_fopen(zip, name.c_str(), 0);
  zip_fread(file, content.data(), content.size());
  zip_fclose(file);
  change(content);
  zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0), ZIP_FL_OVERWRITE);
  zip_close(zip);
}

/// What is said of a restore, empty when it is done.
std::string refusal(db::Database& database, files::Folder const& folder, std::string const& file) {
  LeftOut left_out;
  try {
    restore(database, folder, file, silent, left_out);
    return {};
  } catch (Problem const& problem) { return problem.shown.text; }
}

}  // namespace

TEST_P(Archive, WithARowThatWasAlteredIsRefused) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  fill(*from);
  backup(*from, folder_, file_, now, silent, left_out_);
  alter(file_, "tables/organisation.jsonl", [](std::string& rows) { rows.replace(rows.find("sample-velo"), 11, "sample-vole"); });
  db::TestDatabase to(GetParam().second, std::span<db::Migration const>{});
  EXPECT_EQ(refusal(*to, restored_, file_), "The table {} was not restored as it was. Do not use this database.");
}

TEST_P(Archive, WithAChecksumThatWasAlteredIsRefused) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  fill(*from);
  backup(*from, folder_, file_, now, silent, left_out_);
  alter(file_, "manifest.json", [](std::string& text) {
    auto& digit = text[text.find("\"checksum\":\"", text.find("\"organisation\"")) + 12];
    digit = digit == '0' ? '1' : '0';
  });
  db::TestDatabase to(GetParam().second, std::span<db::Migration const>{});
  EXPECT_EQ(refusal(*to, restored_, file_), "The table {} was not restored as it was. Do not use this database.");
}

TEST_P(Archive, LeavesOutAFileThatWasChangedAndHasTheRest) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  fill(*from);
  auto const whole = add_document(*from, folder_, 1, "whole"), changed = add_document(*from, folder_, 2, "changed");
  auto const gone = add_document(*from, folder_, 3, "gone");
  std::ofstream(folder_.where(changed)) << "something else";
  std::filesystem::remove(folder_.where(gone));
  auto const written = backup(*from, folder_, file_, now, silent, left_out_);
  EXPECT_THAT(left_out_.damaged, testing::ElementsAre(changed));
  EXPECT_THAT(left_out_.missing, testing::ElementsAre(gone));
  db::TestDatabase to(GetParam().second, std::span<db::Migration const>{});
  LeftOut nothing;
  EXPECT_EQ(restore(*to, restored_, file_, silent, nothing), written);
  EXPECT_TRUE(nothing.empty());
  EXPECT_EQ(restored_.get(whole), "whole");
  EXPECT_EQ(restored_.get(changed), std::nullopt);
}

TEST_P(Archive, WithAFileThatWasAlteredIsRestoredWithoutIt) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  fill(*from);
  auto const whole = add_document(*from, folder_, 1, "whole"), changed = add_document(*from, folder_, 2, "changed");
  backup(*from, folder_, file_, now, silent, left_out_);
  EXPECT_TRUE(left_out_.empty());
  alter(file_, "files/" + changed, [](std::string& content) { content = "something else"; });
  db::TestDatabase to(GetParam().second, std::span<db::Migration const>{});
  restore(*to, restored_, file_, silent, left_out_);
  EXPECT_THAT(left_out_.damaged, testing::ElementsAre(changed));
  EXPECT_EQ(restored_.get(whole), "whole");
  EXPECT_EQ(restored_.get(changed), std::nullopt);
  EXPECT_EQ(to->read([](db::Reader& read) { return read.one<std::int64_t>("select count(*) from activity"); }), 60);
}

TEST_P(Archive, ThatLacksAFileIsRefused) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  fill(*from);
  auto const name = add_document(*from, folder_, 1, "whole");
  backup(*from, folder_, file_, now, silent, left_out_);
  auto* zip = zip_open(file_.c_str(), 0, nullptr);
  zip_delete(zip, static_cast<zip_uint64_t>(zip_name_locate(zip, ("files/" + name).c_str(), 0)));
  zip_close(zip);
  db::TestDatabase to(GetParam().second, std::span<db::Migration const>{});
  EXPECT_EQ(refusal(*to, restored_, file_), "The archive is damaged: it does not have all of its files.");
}

TEST_P(Archive, IsOnTheDiskWhenItIsMade) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  files::testing::Synced const synced;
  backup(*from, folder_, file_, now, silent, left_out_);
  auto const file = std::filesystem::canonical(file_);
  EXPECT_THAT(synced.paths(), testing::IsSupersetOf({file.string() + ".making/archive", file.parent_path().string()}));
}

TEST_P(Archive, OfADatabaseThatIsNotUpToDateIsNotMade) {
  auto const all = db::embedded_migrations();
  db::TestDatabase from(GetParam().first, std::span(all).first(all.size() - 1));
  EXPECT_THROW(backup(*from, folder_, file_, now, silent, left_out_), Problem);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_P(Archive, ThatIsNoArchiveIsRefused) {
  std::ofstream(file_) << "no archive";
  db::TestDatabase to(GetParam().second, std::span<db::Migration const>{});
  EXPECT_EQ(refusal(*to, restored_, file_), "{} is not a backup of Birge.");
}

TEST_P(Archive, CutShortIsToldToBeCutOff) {
  db::TestDatabase from(GetParam().first, db::embedded_migrations());
  fill(*from);
  backup(*from, folder_, file_, now, silent, left_out_);
  std::filesystem::resize_file(file_, std::filesystem::file_size(file_) / 2);
  db::TestDatabase to(GetParam().second, std::span<db::Migration const>{});
  EXPECT_EQ(refusal(*to, restored_, file_), "{} is cut off: its end is missing. Copy it again, or take an earlier backup.");
}

}  // namespace birge::app
