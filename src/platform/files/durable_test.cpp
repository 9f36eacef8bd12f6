#include "platform/files/durable.hpp"

#include <gmock/gmock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fstream>
#include <system_error>

#include "platform/files/durable_testing.hpp"

namespace {

thread_local std::vector<std::string>* synced = nullptr;

}  // namespace

extern "C" int fsync(int number) {
  if (synced) {
    std::error_code error;
    auto const path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(number), error);
    if (!error) synced->push_back(path.string());
  }
  return static_cast<int>(::syscall(SYS_fsync, number));
}

namespace birge::files {

testing::Synced::Synced() { synced = &paths_; }
testing::Synced::~Synced() { synced = nullptr; }

namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

std::string content_of(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

class DurableFile : public ::testing::Test {
protected:
  fs::path const place_ = fs::canonical(::testing::TempDir()) / ("birge-durable." + std::to_string(::getpid()));
  fs::path const path_ = place_ / "file", unfinished_ = place_ / "file.new";
  void SetUp() override { fs::create_directories(place_); }
  void TearDown() override { fs::remove_all(place_); }
};

TEST_F(DurableFile, ThatCannotTakeItsPlaceLeavesThatAloneAndNothingBehind) {
  fs::create_directories(path_ / "full");
  EXPECT_THROW(write_in_place(unfinished_, path_, "new"), std::system_error);
  EXPECT_TRUE(fs::exists(path_ / "full"));
  EXPECT_FALSE(fs::exists(unfinished_));
  fs::create_directories(unfinished_);
  EXPECT_THROW(write_in_place(unfinished_, place_ / "other", "new"), std::system_error);
  EXPECT_THROW(make_folder(place_ / "file" / "full" / std::string(300, 'x')), std::system_error);
}

TEST_F(DurableFile, IsOnTheDiskBeforeItTakesItsPlaceAndItsNameIsToo) {
  std::ofstream(path_) << "old";
  testing::Synced const synced;
  write_in_place(unfinished_, path_, "new");
  EXPECT_THAT(synced.paths(), ElementsAre(unfinished_, place_));
  EXPECT_EQ(content_of(path_), "new");
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(DurableFile, ThatALibraryWroteIsPutOnTheDiskAsWell) {
  std::ofstream(unfinished_) << "new";
  testing::Synced const synced;
  put_in_place(unfinished_, path_);
  EXPECT_THAT(synced.paths(), ElementsAre(unfinished_, place_));
  EXPECT_EQ(content_of(path_), "new");
}

TEST_F(DurableFile, LiesInAFolderOfItsOwnerAloneThatIsThereAfterAPowerFailureToo) {
  testing::Synced const synced;
  make_folder(place_ / "folder");
  make_folder(place_ / "folder");
  EXPECT_THAT(synced.paths(), ElementsAre(place_));
  EXPECT_EQ(fs::status(place_ / "folder").permissions(), fs::perms::owner_all);
}

}  // namespace
}  // namespace birge::files
