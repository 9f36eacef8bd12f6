#include "features/exchange/exchange_store.hpp"

namespace birge::exchange {

std::string edition_state(db::Reader& read, activity::EditionId edition) {
  struct State {
    std::int64_t activities, changed, versions;
  };
  auto const state = read.one<State>(
      "select count(*), cast(coalesce(max(changed), 0) as bigint), cast(coalesce(sum(version), 0) as bigint) from activity where edition = "
      "$1",
      edition);
  return std::to_string(state.activities) + "/" + std::to_string(state.changed) + "/" + std::to_string(state.versions);
}

}  // namespace birge::exchange
