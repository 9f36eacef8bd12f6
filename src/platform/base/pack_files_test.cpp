#include "platform/base/pack_files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "platform/base/problem.hpp"

namespace birge {
namespace {

class PackFolder : public testing::Test {
protected:
  PackFolder() : folder_(std::filesystem::temp_directory_path() / ("birge_pack_" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_ / "pack" / "maps");
    std::ofstream(folder_ / "pack" / "maps" / "region.csv") << "code\nosh\n";
    std::ofstream(folder_ / "secret.csv") << "secret";
  }
  ~PackFolder() override { std::filesystem::remove_all(folder_); }
  PackFiles pack() const { return PackFiles::on_disk((folder_ / "pack").string()); }
  std::filesystem::path folder_;
};

TEST_F(PackFolder, NamesThatLeadOutOfThePackAreNotRead) {
  for (auto const* name : {"../secret.csv", "maps/../../secret.csv", "/etc/passwd", "maps//region.csv", "", ".", ".."})
    EXPECT_FALSE(pack().read(name)) << name;
}

TEST_F(PackFolder, ReadsAFileInASubfolder) { EXPECT_EQ(pack().read("maps/region.csv"), "code\nosh\n"); }

TEST_F(PackFolder, AFileThatIsNotThereIsNothingButARequiredOneIsAProblem) {
  EXPECT_FALSE(pack().read("places.csv"));
  EXPECT_THROW(pack().require("places.csv"), Problem);
}

TEST_F(PackFolder, AFolderInPlaceOfAFileIsAProblem) { EXPECT_THROW(pack().read("maps"), Problem); }

TEST(PackFiles, AnUnknownCountryIsAProblem) {
  EXPECT_THROW(PackFiles::embedded("atlantis"), Problem);
  EXPECT_THROW(PackFiles::embedded(""), Problem);
  EXPECT_THROW(PackFiles::embedded("kg/maps"), Problem);
}

TEST(PackFiles, AFolderThatIsNotThereIsAProblem) { EXPECT_THROW(PackFiles::on_disk("/nowhere/at/all"), Problem); }

}  // namespace
}  // namespace birge
