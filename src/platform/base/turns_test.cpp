#include "platform/base/turns.hpp"

#include <gtest/gtest.h>

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

}  // namespace birge
