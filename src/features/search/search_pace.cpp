#include "features/search/search_pace.hpp"

#include <algorithm>

#include "features/account/account_secrets.hpp"

namespace birge::search {

Pace::Pace() : Pace(Limits{}) {}
Pace::Pace(Limits limits) : limits_(limits), key_(account::new_secret()) {}

bool Pace::allows(std::string_view network, Instant now) {
  auto const hash = account::signature(key_, "pace of searches", network);
  std::scoped_lock const lock(mutex_);
  if (buckets_.size() >= limits_.networks && !buckets_.contains(hash)) forget_the_full(now);
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
  if (buckets_.size() >= limits_.networks) buckets_.clear();
}

}  // namespace birge::search
