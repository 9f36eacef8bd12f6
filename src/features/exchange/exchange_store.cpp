#include "features/exchange/exchange_store.hpp"

namespace birge::exchange {

std::string edition_state(db::Reader& read, activity::EditionId edition) {
  struct State {
    std::int64_t activities, changed, versions, closings, closed;
  };
  auto const state = read.one<State>(
      "select count(*), cast(coalesce(max(changed), 0) as bigint), cast(coalesce(sum(version), 0) as bigint),"
      " (select count(*) from edition_closing where edition = $1), (select count(*) from edition_closing where edition = $1 and reopened is null)"
      " from activity where edition = $1",
      edition);
  return std::to_string(state.activities) + "/" + std::to_string(state.changed) + "/" + std::to_string(state.versions) + "/" +
         std::to_string(state.closings) + "/" + std::to_string(state.closed);
}

}  // namespace birge::exchange
