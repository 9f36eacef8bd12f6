#include "features/overview/overview_store.hpp"

namespace birge::overview {

std::vector<Source> all_sources(db::Reader& read, std::string_view language) {
  return read.all<Source>(
      "select s.title, s.address, s.licence, s.dated, s.note, coalesce(t.title, ''), coalesce(t.licence, ''), coalesce(t.note, '') from source s"
      " left join source_text t on t.source = s.key and t.language = $1 order by s.dated desc, s.key",
      language);
}

std::vector<std::string> attributions(db::Reader& read, std::string_view language) {
  return read.all<std::string>(
      "select distinct coalesce(t.attribution, m.attribution) from map_layer m left join map_layer_text t on t.layer = m.layer and t.language = $1 order by 1",
      language);
}

}  // namespace birge::overview
