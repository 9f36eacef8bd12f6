#include "features/activity/activity_latest.hpp"

#include <gmock/gmock.h>

#include "features/activity/activity_testing.hpp"
#include "features/activity/activity_whole.hpp"
#include "platform/db/writer_testing.hpp"

namespace birge::activity {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::World;

class LastChange : public ::testing::TestWithParam<db::Engine> {
protected:
  World world{GetParam()};
  std::optional<Instant> of(EditionId edition) {
    return world.database().read([&](db::Reader& read) { return last_change(read, edition); });
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, LastChange, db::both_engines(), db::engine_name);

TEST_P(LastChange, IsThatOfTheLatestActivityOfItsEdition) {
  auto const edition = world.edition().id, other = world.facts().edition("2017")->id;
  auto const before = of(other);
  auto const started = world.clock().now();
  auto const id = world.add(world.plain());
  EXPECT_EQ(of(edition), started);
  world.clock().set(started + std::chrono::minutes(5));
  auto const stored = world.find(id);
  auto changed = stored;
  changed.village = "Ат-Башы";
  world.replace(changed, stored);
  EXPECT_EQ(of(edition), started + std::chrono::minutes(5));
  world.clock().set(started - std::chrono::hours(2));
  world.add(world.plain());
  EXPECT_EQ(of(edition), started + std::chrono::minutes(5)) << "a clock that was set back changes nothing";
  EXPECT_EQ(of(other), before);
  world.clock().set(started + std::chrono::minutes(9));
  auto const gone = world.find(id);
  Activity const* const list[] = {&gone};
  world.database().write([&](db::Tx& tx) { remove(tx, world.facts(), list, world.clock().now()); });
  EXPECT_EQ(of(edition), world.clock().now()) << "the figures changed when it was taken out";
  EXPECT_THAT(world.wrong_tallies(), IsEmpty());
}

TEST_P(LastChange, IsTheLatestOfThoseThatMeetInOneCommit) {
  auto const started = world.clock().now();
  auto const add_at = [&](int minutes) {
    return [&, minutes](db::Tx& tx) {
      Saver saver(tx, world.ids(), world.facts(), started + std::chrono::minutes(minutes));
      saver.add(world.plain(), "test");
      saver.finish();
    };
  };
  for (auto& result : db::together(world.database(), {add_at(1), add_at(3), add_at(2)})) result.get();
  EXPECT_EQ(of(world.edition().id), started + std::chrono::minutes(3));
}

TEST_P(LastChange, ThatIsWrongIsFoundAndMadeAnew) {
  world.add(world.plain());
  auto const right = of(world.edition().id);
  for (auto const* damage : {"update edition_change set at = at - 1", "delete from edition_change"}) {
    world.database().write([&](db::Tx& tx) { tx.connection().script(damage); });
    EXPECT_THAT(world.wrong_tallies(), Contains(HasSubstr("edition_change of " + std::to_string(world.edition().id.value))));
    world.database().write([&](db::Tx& tx) { rebuild_tallies(tx, world.facts()); });
    EXPECT_THAT(world.wrong_tallies(), IsEmpty());
    EXPECT_EQ(of(world.edition().id), right);
  }
}

}  // namespace
}  // namespace birge::activity
