#include "platform/files/folder.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "platform/base/problem.hpp"

namespace birge::files {
namespace {

class FileFolder : public ::testing::Test {
protected:
  std::filesystem::path const place_ = std::filesystem::path(::testing::TempDir()) / ("birge-files." + std::to_string(::getpid()));
  Folder const folder_{place_ / "files"};
  void TearDown() override { std::filesystem::remove_all(place_); }
  static Folder::Names none() { return {}; }
};

TEST_F(FileFolder, GivesBackWhatWasPutUnderItsHash) {
  auto const name = folder_.put("сүрөт");
  EXPECT_TRUE(is_name(name));
  EXPECT_EQ(name, name_of("сүрөт"));
  EXPECT_EQ(folder_.put("сүрөт"), name) << "twice is once";
  EXPECT_EQ(folder_.get(name), "сүрөт");
  EXPECT_EQ(folder_.list().size(), 1u);
  EXPECT_EQ(folder_.check(name), Folder::Health::whole);
}

TEST_F(FileFolder, KnowsNoNameThatIsNoHash) {
  std::ofstream(place_.string() + "-secret") << "secret";
  for (auto const* name : {"", "../../etc/passwd", "/etc/passwd", "ab", "..", "lock"}) EXPECT_FALSE(folder_.get(name)) << name;
  EXPECT_FALSE(folder_.get(name_of("nothing")));
  std::filesystem::remove(place_.string() + "-secret");
}

TEST_F(FileFolder, TellsWhatWasChangedOrIsGone) {
  auto const name = folder_.put("picture");
  std::ofstream(folder_.where(name)) << "another";
  EXPECT_EQ(folder_.check(name), Folder::Health::damaged);
  std::filesystem::remove(folder_.where(name));
  EXPECT_EQ(folder_.check(name), Folder::Health::missing);
}

TEST_F(FileFolder, KeepsWhatSomethingStillNames) {
  auto const one = folder_.put("one"), two = folder_.put("two");
  EXPECT_TRUE(folder_.remove_unless({one, two}, [&] { return Folder::Names{two}; }));
  EXPECT_FALSE(folder_.get(one));
  EXPECT_TRUE(folder_.get(two));
}

TEST_F(FileFolder, RemovesNothingWhileSomebodyAdds) {
  auto const name = folder_.put("one");
  {
    auto const adding = folder_.hold();
    EXPECT_FALSE(folder_.remove_unless({name}, none));
    EXPECT_TRUE(folder_.get(name));
  }
  EXPECT_TRUE(folder_.remove_unless({name}, none));
  EXPECT_FALSE(folder_.get(name));
}

TEST_F(FileFolder, FindsAndRemovesWhatAnInterruptedWriteLeft) {
  auto const name = folder_.put("one");
  auto const left = folder_.where(name).parent_path() / ("." + name + ".1.1");
  std::ofstream(left) << "half";
  auto const list = folder_.list();
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list.front().name, left.filename());
  EXPECT_TRUE(folder_.remove_unless({list.front().name}, none));
  EXPECT_FALSE(std::filesystem::exists(left));
}

TEST_F(FileFolder, SaysSoWhereItCannotWrite) {
  std::filesystem::create_directories(place_);
  std::ofstream(place_ / "files") << "a file where the folder should be";
  EXPECT_THROW(folder_.put("one"), Problem);
}

}  // namespace
}  // namespace birge::files
