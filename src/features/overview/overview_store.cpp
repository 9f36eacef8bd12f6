#include "features/overview/overview_store.hpp"

namespace birge::overview {

std::vector<Source> all_sources(db::Reader& read) {
  return read.all<Source>("select title, address, licence, dated, note from source order by dated desc, key");
}

std::vector<std::string> attributions(db::Reader& read) {
  return read.all<std::string>("select distinct attribution from map_layer order by attribution");
}

}  // namespace birge::overview
