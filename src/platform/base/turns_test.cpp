#include "platform/base/turns.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <thread>

namespace birge {

TEST(ShortTurns, AreGrantedToAThreadAndThoseItBeginsWhereTheKernelKnowsThem) {
  std::thread([] {
    auto const before = length_of_turn();
    take_short_turns();
    auto const expected = before.count() == 0 ? before : std::chrono::nanoseconds(short_turn);  // a kernel that says no length grants none
    EXPECT_EQ(length_of_turn(), expected);
    std::thread([&] { EXPECT_EQ(length_of_turn(), expected); }).join();
  }).join();
}

TEST(Turns, OfAThreadThatWaitsForThemStayAsLongAndAreInheritedUntilItSaysOtherwise) {
  std::thread([] {
    take_short_turns();
    auto const length = length_of_turn();
    wait_for_turns();
    EXPECT_EQ(sched_getscheduler(0), SCHED_BATCH);
    EXPECT_EQ(length_of_turn(), length);
    std::thread([&] {
      EXPECT_EQ(sched_getscheduler(0), SCHED_BATCH);
      take_usual_turns();
      EXPECT_EQ(sched_getscheduler(0), SCHED_OTHER);
      EXPECT_EQ(length_of_turn(), length);
    }).join();
  }).join();
}

}  // namespace birge
