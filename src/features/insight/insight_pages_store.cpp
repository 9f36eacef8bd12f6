#include "features/insight/insight_pages_store.hpp"

namespace birge::insight {

namespace {

struct Held {
  campaign::EditionId edition;
  std::string dimension, key;
};

}  // namespace

std::unordered_map<campaign::EditionId, Width> widths(db::Reader& read) {
  std::unordered_map<campaign::EditionId, Width> widths;
  read.each<Held>("select edition, dimension, key from tally where region = 0 and dimension in ('district', 'organisation') and held > 0",
                  [&](Held&& row) {
                    auto& width = widths[row.edition];
                    if (row.dimension == "organisation") ++width.organisations;
                    // Only a district's key is a bare number: what was held somewhere in a region, online or nationwide reached no known district.
                    else if (row.key.find_first_not_of("0123456789") == std::string::npos) ++width.districts;
                  });
  return widths;
}

}  // namespace birge::insight
