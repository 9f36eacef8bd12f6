#pragma once

#include <string>
#include <vector>

#include "platform/db/db.hpp"

/// Where the facts of this installation come from; for this folder only.
namespace birge::overview {

struct Source {
  std::string title, address, licence, dated, note;
};
std::vector<Source> all_sources(db::Reader& read);

/// What must be printed under the maps, once for each layer.
std::vector<std::string> attributions(db::Reader& read);

}  // namespace birge::overview
