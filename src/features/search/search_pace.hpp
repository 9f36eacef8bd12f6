#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/base/clock.hpp"
#include "platform/http/request.hpp"

namespace birge::search {

/// How many searches somebody may make: so many at once, and then one every so often. A visitor is a network, which a whole village or the telephones
/// of a town may share; whoever is signed in is counted alone. It is kept in memory only, by a hash whose key is made anew with each start: nobody's address is stored,
/// and a search writes nothing.
class Pace {
public:
  struct Limits {
    int at_once = 60;
    std::chrono::milliseconds one_every{200};
    std::size_t remembered = 20'000;  ///< so many networks and people; past it those that waited longest are forgotten
  };
  Pace();
  explicit Pace(Limits limits);

  /// Counts a search; false where it comes too soon.
  bool allows(std::string_view who, Instant now);

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

/// Counts the search that a request is; throws Problem(too_many) where it comes too soon.
void keep_pace(Pace& pace, Request& request);

}  // namespace birge::search
