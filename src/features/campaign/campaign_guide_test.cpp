#include "features/campaign/campaign_guide.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "platform/base/problem.hpp"
#include "platform/db/testing.hpp"

namespace birge::campaign {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Day day(char const* iso) { return Day::parse(iso).value(); }

class CampaignGuide : public ::testing::TestWithParam<db::Engine> {
protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_);
    database_->write([](db::Tx& tx) {
      tx.run(
          "insert into source (key, title, address, licence, dated, note) values ('ministry', 'Advice', 'https://ministry.example', 'facts', '2024', '')");
    });
  }

  /// What a pack says whose guide has these rows.
  std::vector<GuideLine> lines(std::string const& rows) {
    std::ofstream(folder_ + "/sources.csv") << "key,dated\nministry,2024\nrumour,\n";
    std::ofstream(folder_ + "/guide.csv") << "part,code,source,text_ky,text_ru,text_en\n" << rows;
    return read_guide(PackFiles::on_disk(folder_), {"ky", "ru", "en"});
  }
  bool load(std::string const& rows) {
    auto const read = lines(rows);
    return database_->write([&](db::Tx& tx) {
      bool const changed = save_guide(tx, read);
      touch_facts(tx);
      return changed;
    });
  }
  void check(GuideCheck const& check) {
    database_->write([&](db::Tx& tx) { record_guide_check(tx, ids_, check, day("2026-11-21")); });
  }
  std::vector<GuideEntry> shown() {
    return database_->read([](db::Reader& read) { return *guide(read); });
  }
  std::vector<std::string> codes() {
    std::vector<std::string> all;
    for (auto const& entry : shown()) all.push_back(entry.line.code);
    return all;
  }

  db::TestDatabase database_{GetParam()};
  FixedClock clock_{parse_instant("2026-11-21T06:00:00Z").value()};
  IdMaker ids_{clock_, 0};
  std::string const folder_ = db::test_folder() + "/guide-pack";
  std::string const wages_ = "sign,wages,ministry,Айлык,Оплата,The pay\n";
  std::string const copies_ = "advice,copies,ministry,Көчүрмө,Копии,Copies\n";
};
INSTANTIATE_TEST_SUITE_P(BothEngines, CampaignGuide, db::both_engines(), db::engine_name);

TEST_P(CampaignGuide, ALineWithoutADatedSourceIsRefused) {
  EXPECT_THROW(lines("sign,wages,nobody,Айлык,Оплата,The pay\n"), Problem);
  EXPECT_THROW(lines("sign,wages,rumour,Айлык,Оплата,The pay\n"), Problem);
}

TEST_P(CampaignGuide, ALineThatALanguageLacksOrThatStandsTwiceOrNowhereIsRefused) {
  EXPECT_THROW(lines("sign,wages,ministry,Айлык,,The pay\n"), Problem);
  EXPECT_THROW(lines(wages_ + wages_), Problem);
  EXPECT_THROW(lines("rumour,wages,ministry,Айлык,Оплата,The pay\n"), Problem);
  EXPECT_THROW(lines("sign,advice,ministry,Айлык,Оплата,The pay\n"), Problem) << "a check of it would be one of the whole part";
}

TEST_P(CampaignGuide, APackWithoutOneHasNone) {
  std::filesystem::remove(folder_ + "/guide.csv");
  EXPECT_THAT(read_guide(PackFiles::on_disk(folder_), {"ky"}), IsEmpty());
}

TEST_P(CampaignGuide, ThatOfTheProgramHasElevenSignsAndOnlyAdviceWithASource) {
  auto const all = read_guide(PackFiles::embedded("kg"), {"ky", "ru", "en"});
  EXPECT_EQ(std::ranges::count(all, "sign", &GuideLine::part), 11);
  EXPECT_GE(std::ranges::count(all, "advice", &GuideLine::part), 5);
}

TEST_P(CampaignGuide, ComesInTheOrderOfThePackWithItsSource) {
  EXPECT_TRUE(load(copies_ + wages_));
  EXPECT_FALSE(load(copies_ + wages_)) << "the same again changes nothing";
  EXPECT_THAT(codes(), ElementsAre("copies", "wages"));
  EXPECT_EQ(shown()[0].title, "Advice");
  EXPECT_EQ(shown()[0].dated, "2024");
  EXPECT_FALSE(shown()[0].checked);
  EXPECT_TRUE(load(wages_ + copies_));
  EXPECT_THAT(codes(), ElementsAre("wages", "copies"));
  EXPECT_TRUE(load(wages_));
  EXPECT_THAT(codes(), ElementsAre("wages"));
}

TEST_P(CampaignGuide, ACheckOfWhatIsNotThereOrOfAnotherDayOrByNobodyIsRefused) {
  load(wages_);
  EXPECT_THROW(check({"debt", day("2026-11-20"), "Ministry", "read", ""}), Problem);
  EXPECT_THROW(check({"wages", day("2026-11-22"), "Ministry", "read", ""}), Problem);
  EXPECT_THROW(check({"wages", day("2026-11-20"), " ", "read", ""}), Problem);
  EXPECT_THROW(check({"wages", day("2026-11-20"), "Ministry", "", ""}), Problem);
  EXPECT_FALSE(shown()[0].checked);
}

TEST_P(CampaignGuide, ACheckIsOfALineOrOfAllOfItsPart) {
  load(wages_ + "sign,debt,ministry,Карыз,Долг,A debt\n" + copies_);
  check({"copies", day("2026-11-19"), "Ministry", "read it over", ""});
  EXPECT_FALSE(shown()[0].checked);
  EXPECT_EQ(shown()[2].checked, day("2026-11-19"));
  check({"sign", day("2026-11-20"), "UNODC", "read it over", ""});
  EXPECT_EQ(shown()[0].checked, day("2026-11-20"));
  EXPECT_EQ(shown()[1].checked_by, "UNODC");
  EXPECT_EQ(shown()[2].checked, day("2026-11-19"));
}

TEST_P(CampaignGuide, WhatWasFoundWrongIsShownToNobodyUntilALaterCheck) {
  load(wages_ + copies_);
  check({"copies", day("2026-11-19"), "Ministry", "read it over", "", false});
  EXPECT_THAT(codes(), ElementsAre("wages"));
  check({"copies", day("2026-11-20"), "Ministry", "asked again", ""});
  EXPECT_THAT(codes(), ElementsAre("wages", "copies"));
}

TEST_P(CampaignGuide, ACheckIsOfTheWordsThatWereChecked) {
  load(wages_ + copies_);
  check({"wages", day("2026-11-19"), "Ministry", "read it over", ""});
  check({"copies", day("2026-11-19"), "Ministry", "read it over", ""});
  load("sign,wages,ministry,Айлык,Оплата,Your pay is held back\n" + copies_);
  ASSERT_THAT(shown(), SizeIs(2));
  EXPECT_FALSE(shown()[0].checked);
  EXPECT_TRUE(shown()[1].checked);
}

}  // namespace
}  // namespace birge::campaign
