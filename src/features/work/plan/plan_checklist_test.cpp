#include "features/work/plan/plan_checklist.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "features/campaign/campaign.hpp"
#include "platform/db/testing.hpp"

namespace birge::work {
namespace {

using ::testing::ElementsAre;

class Checklist : public ::testing::TestWithParam<db::Engine> {
protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }

  PackFiles pack(std::string const& csv) {
    std::ofstream(folder_ + "/checklists.csv") << csv;
    return PackFiles::on_disk(folder_);
  }
  void load(PackFiles const& files) {
    database_->write([&](db::Tx& tx) {
      load_checklist(tx, files);
      campaign::touch_facts(tx);
    });
  }
  std::vector<std::string> items(std::string_view kind) {
    std::vector<std::string> names;
    for (auto const& item : database_->read([&](db::Reader& read) { return checklist(read, "kg", kind); })) names.push_back(item.name(Language::en));
    return names;
  }

  db::TestDatabase database_{GetParam()};
  std::string const folder_ = db::test_folder() + "/checklist-pack";
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Checklist, db::both_engines(), db::engine_name);

TEST_P(Checklist, IsThatOfThePackACoalitionLoaded) {
  load(pack("code,kinds,name_ky,name_ru,name_en\nflag,*,Желек,Флаг,The flag\nhall,lecture forum,Зал,Зал,The hall\n"));
  EXPECT_THAT(items("lecture"), ElementsAre("The flag", "The hall"));
  EXPECT_THAT(items("quiz_night"), ElementsAre("The flag"));
  load(pack("code,kinds,name_ky,name_ru,name_en\nhall,*,Зал,Зал,A hall\n"));
  EXPECT_THAT(items("quiz_night"), ElementsAre("A hall"));
}

TEST_P(Checklist, IsThatOfTheProgramWhereNoneWasStored) { EXPECT_FALSE(items("lecture").empty()); }

}  // namespace
}  // namespace birge::work
