#pragma once

#include <cstddef>
#include <cstdint>

namespace birge::sample {

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine, which the standard library's distributions do not promise.
class Dice {
public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  int below(std::size_t n) { return n == 0 ? 0 : static_cast<int>(next() % n); }
  int between(int low, int high) { return low + below(static_cast<std::size_t>(high - low) + 1); }
  bool percent(int chance) { return below(100) < chance; }
  template <class List>
  auto const& pick(List const& list) {
    return list[static_cast<std::size_t>(below(list.size()))];
  }

private:
  std::uint64_t state_;
};

}  // namespace birge::sample
