#include "features/activity/tally/tally_closing.hpp"
#include "features/insight/insight_closing.hpp"

namespace birge::insight {

void freeze(db::Tx& tx, campaign::Facts const& facts, campaign::EditionId edition, Day today) {
  activity::freeze(tx, edition);
  auto const keep_late = [&](std::int64_t region, std::string_view dimension, Line const& line) {
    if (line.unreported > 0)
      tx.run("update frozen_tally set unreported = $5 where edition = $1 and region = $2 and dimension = $3 and key = $4", edition, region, dimension,
             line.key, line.unreported);
  };
  Filter filter;
  filter.edition = edition;
  auto const keep_scope = [&](std::int64_t region) {
    auto const now = figures(tx, facts, filter, today);
    keep_late(region, "total", now.total);
    for (auto const& [dimension, lines] : now.by)
      for (auto const& line : lines) keep_late(region, dimension, line);
  };
  keep_scope(0);
  for (auto const* region : facts.places->regions()) {
    filter.place = region->id;
    keep_scope(region->id.value);
  }
}

}  // namespace birge::insight
