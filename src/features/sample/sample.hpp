#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "features/activity/activity.hpp"

/// The sample edition: invented organisations and activities over all regions and kinds, with results of every quality, for trying Birge out.
/// Never part of a real installation.
namespace birge::sample {

struct Options {
  std::string slug = "sample";
  Day campaign_from;  ///< its hundred days begin here
  Day today;          ///< what is before has happened; what is later is planned
  int activities = 400;
  std::uint64_t seed = 100;  ///< the same seed makes the same edition
};

/// The first day of a campaign whose fortieth day is `today`.
inline Day campaign_from(Day today) { return today.plus(-39); }

/// Makes the edition, its organisations (those of an earlier call are used again) and its activities.
campaign::EditionId load(db::Tx& tx, IdMaker& ids, Options const& options, Instant now);

}  // namespace birge::sample
