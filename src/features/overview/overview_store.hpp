#pragma once

#include <string>
#include <vector>

#include "platform/db/db.hpp"

/// Where the facts of this installation come from; for this folder only.
namespace birge::overview {

struct Source {
  std::string title, address, licence, dated, note;
  std::string own_title, own_licence, own_note;  ///< in the language asked for; empty where the pack has none
};
std::vector<Source> all_sources(db::Reader& read, std::string_view language);

/// What must be printed under the maps, in a language of the pack; the same words of several layers once.
std::vector<std::string> attributions(db::Reader& read, std::string_view language);

}  // namespace birge::overview
