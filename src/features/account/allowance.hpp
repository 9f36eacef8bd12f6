#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/base/clock.hpp"
#include "platform/http/request.hpp"

namespace birge::account {

/// How often somebody may ask for what costs much: so many times at once, and then once every so often. A visitor is a network, which a whole village or
/// the telephones of a town may share; whoever is signed in is counted alone. It is kept in memory only, by a hash whose key is made anew with each
/// start: nobody's address is stored, and asking writes nothing.
class Allowance {
public:
  struct Limits {
    int at_once;
    std::chrono::milliseconds one_every;
    std::size_t remembered = 20'000;  ///< so many networks and people; past it those that waited longest are forgotten
  };
  explicit Allowance(Limits limits);

  /// Counts once; false where it comes too soon.
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

/// Counts a request of a person or a network; throws Problem(too_many) with these words where it comes too soon.
void spend(Allowance& allowance, Request& request, Message const& too_soon);

}  // namespace birge::account
