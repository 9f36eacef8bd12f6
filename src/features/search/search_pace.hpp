#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/base/clock.hpp"

namespace birge::search {

/// How many searches a network may make that nobody signed in from: so many at once, and then one every so often. A whole village may share one
/// network. It is kept in memory only, by a hash whose key is made anew with each start: nobody's address is stored, and a search writes nothing.
class Pace {
public:
  struct Limits {
    int at_once = 60;
    std::chrono::milliseconds one_every{1000};
    std::size_t networks = 20'000;  ///< that are remembered; past it those that waited longest are forgotten
  };
  Pace();
  explicit Pace(Limits limits);

  /// Counts a search; false where it comes too soon.
  bool allows(std::string_view network, Instant now);

private:
  struct Bucket {
    double left;
    Instant at;
  };
  double left(Bucket const& bucket, Instant now) const;
  void forget_the_full(Instant now);

  Limits limits_;
  std::string key_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace birge::search
