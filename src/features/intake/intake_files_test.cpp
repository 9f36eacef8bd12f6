#include "features/intake/intake_files.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "platform/files/durable_testing.hpp"

namespace birge::intake {
namespace {

namespace fs = std::filesystem;

class IntakeFiles : public ::testing::Test {
protected:
  std::string const place_ = fs::canonical(::testing::TempDir()) / ("birge-uploads." + std::to_string(::getpid()));
  Config const config_ = Config::load("", false, [](std::string const&) { return std::nullopt; }, {{"data", place_}});
  Files const files_{config_};
  RunId const run_{4711};
  void TearDown() override { fs::remove_all(place_); }
};

/// The upload goes as soon as the good rows are stored: a power failure must not take the others.
TEST_F(IntakeFiles, AreOnTheDiskWhenTheyAreSaved) {
  files::testing::Synced const synced;
  files_.save(run_, Files::What::refused, "Парад;парад планет\n");
  auto const path = files_.path(run_, Files::What::refused);
  EXPECT_THAT(synced.paths(), ::testing::IsSupersetOf({path + ".new", place_ + "/imports", place_}));
  EXPECT_EQ(files_.read(run_, Files::What::refused), "Парад;парад планет\n");
  EXPECT_THAT(files_.runs(), ::testing::ElementsAre(run_));
}

}  // namespace
}  // namespace birge::intake
