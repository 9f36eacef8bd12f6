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
  auto known = false;  // to the system, which some that stand for a kernel do not
  std::thread([&] {
    sched_param const none{};
    known = sched_setscheduler(0, SCHED_BATCH, &none) == 0;
  }).join();
  auto const waiting = known ? SCHED_BATCH : SCHED_OTHER;
  std::thread([&] {
    take_short_turns();
    auto const length = length_of_turn();
    wait_for_turns();
    EXPECT_EQ(sched_getscheduler(0), waiting);
    EXPECT_EQ(length_of_turn(), length);
    std::thread([&] {
      EXPECT_EQ(sched_getscheduler(0), waiting);
      take_usual_turns();
      EXPECT_EQ(sched_getscheduler(0), SCHED_OTHER);
      EXPECT_EQ(length_of_turn(), length);
    }).join();
  }).join();
}

}  // namespace birge
