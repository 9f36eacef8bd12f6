#include "features/account/allowance.hpp"

#include <gtest/gtest.h>

namespace birge::account {
namespace {

using namespace std::chrono_literals;

TEST(Allowance, RefusesAfterABurstAndGivesOneBackEverySecond) {
  Allowance allowance({3, 1000ms, 10});
  Instant const now(1h);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(allowance.allows("192.0.2.1", now));
  EXPECT_FALSE(allowance.allows("192.0.2.1", now));
  EXPECT_TRUE(allowance.allows("192.0.2.2", now)) << "another network is not slowed down";
  EXPECT_FALSE(allowance.allows("192.0.2.1", now + 900ms));
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(allowance.allows("192.0.2.1", now + 2s));
  EXPECT_FALSE(allowance.allows("192.0.2.1", now - 1h)) << "a clock that was set back gives nothing";
}

TEST(Allowance, RemembersSoManyOnly) {
  Allowance allowance({1, 1000ms, 4});
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(allowance.allows("192.0.2." + std::to_string(i), Instant(1h)));
}

}  // namespace
}  // namespace birge::account
