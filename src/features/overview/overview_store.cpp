#include "features/overview/overview_store.hpp"

namespace birge::overview {

std::vector<Source> all_sources(db::Reader& read) {
  return read.all<Source>("select title, address, licence, dated, note from source order by dated desc, key");
}

std::vector<std::string> attributions(db::Reader& read, std::string_view language) {
  return read.all<std::string>(
      "select distinct coalesce(t.attribution, m.attribution) from map_layer m left join map_layer_text t on t.layer = m.layer and t.language = $1 order by 1",
      language);
}

}  // namespace birge::overview
