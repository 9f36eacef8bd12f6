#include "features/search/search_pace.hpp"

#include <algorithm>

#include "features/account/account.hpp"
#include "features/account/account_secrets.hpp"
#include "features/account/throttle.hpp"

namespace birge::search {

Pace::Pace() : Pace(Limits{}) {}
Pace::Pace(Limits limits) : limits_(limits), key_(account::new_secret()) {}

bool Pace::allows(std::string_view who, Instant now) {
  auto const hash = account::signature(key_, "pace of searches", who);
  std::scoped_lock const lock(mutex_);
  if (buckets_.size() >= limits_.remembered && !buckets_.contains(hash)) forget_the_full(now);
  auto& bucket = buckets_.try_emplace(hash, Bucket{static_cast<double>(limits_.at_once), now}).first->second;
  bucket.left = left(bucket, now);
  bucket.at = now;
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}

/// A clock that was set back gives nothing and takes nothing.
double Pace::left(Bucket const& bucket, Instant now) const {
  auto const passed = std::max<double>(static_cast<double>((now - bucket.at).count()), 0);
  return std::min<double>(bucket.left + passed / static_cast<double>(limits_.one_every.count()), limits_.at_once);
}

/// Who may search as if never seen before need not be remembered. Where all of them are busy everything is forgotten: better a few searches too
/// many than memory without a bound.
void Pace::forget_the_full(Instant now) {
  std::erase_if(buckets_, [&](auto const& entry) { return left(entry.second, now) >= limits_.at_once; });
  if (buckets_.size() >= limits_.remembered) buckets_.clear();
}

void keep_pace(Pace& pace, Request& request) {
  auto const* person = account::maybe_person(request);
  if (pace.allows(person ? "person " + id_text(person->id) : account::network_of(request.message.peer), request.now)) return;
  request.retry_after = std::chrono::minutes(1);
  throw Problem(Failure::too_many, message("There were too many searches at once. Try again in a minute."));
}

}  // namespace birge::search
