#include "features/account/allowance.hpp"

#include <algorithm>

#include "features/account/account.hpp"
#include "features/account/account_secrets.hpp"
#include "features/account/throttle.hpp"

namespace birge::account {

Allowance::Allowance(Limits limits) : limits_(limits), key_(new_secret()) {}

bool Allowance::allows(std::string_view who, Instant now) {
  auto const hash = signature(key_, "allowance", who);
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
double Allowance::left(Bucket const& bucket, Instant now) const {
  auto const passed = std::max<double>(static_cast<double>((now - bucket.at).count()), 0);
  return std::min<double>(bucket.left + passed / static_cast<double>(limits_.one_every.count()), limits_.at_once);
}

/// Who may ask as if never seen before need not be remembered. Where all of them are busy everything is forgotten: better a few too many
/// than memory without a bound.
void Allowance::forget_the_full(Instant now) {
  std::erase_if(buckets_, [&](auto const& entry) { return left(entry.second, now) >= limits_.at_once; });
  if (buckets_.size() >= limits_.remembered) buckets_.clear();
}

void spend(Allowance& allowance, Request& request, Message const& too_soon) {
  auto const* person = maybe_person(request);
  if (allowance.allows(person ? "person " + id_text(person->id) : network_of(request.message.peer), request.now)) return;
  request.retry_after = std::chrono::minutes(1);
  throw Problem(Failure::too_many, too_soon);
}

}  // namespace birge::account
