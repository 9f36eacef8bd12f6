#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/campaign/campaign.hpp"

/// The guide of the country pack (guide.csv): how forced labour is recognised, and what is good to know before somebody leaves to work abroad.
namespace birge::campaign {

/// One sentence of it, as the pack has it.
struct GuideLine {
  std::string part;  ///< sign, advice
  std::string code;
  std::string source;                        ///< key of a source of the pack that has a date
  std::map<std::string, std::string> texts;  ///< by language code; never empty
  bool operator==(GuideLine const&) const = default;
};

/// The same with what a reader must know of it.
struct GuideEntry {
  GuideLine line;
  std::string title, address, dated;          ///< of its source
  std::map<std::string, std::string> titles;  ///< by language code, where the pack says it in that language
  std::optional<Day> checked;                 ///< the latest check that found it right
  std::string checked_by;
};

/// The guide of a pack; empty where it has none. Throws Problem naming the row that does not fit, or whose source has no date.
std::vector<GuideLine> read_guide(PackFiles const& files, std::vector<std::string> const& languages);
/// Brings the guide to what the pack says. A check is of words and their source: where they change, it goes. True when something changed.
bool save_guide(db::Tx& tx, std::vector<GuideLine> const& lines);

/// Every line in the order of the pack, but for those that the latest check found wrong: they are shown to nobody.
std::shared_ptr<std::vector<GuideEntry> const> guide(db::Reader& read);

/// What somebody found of a line of the guide, or of all lines of a part.
struct GuideCheck {
  std::string what;  ///< code of a line, or a part
  Day day;
  std::string by_whom, how, note;
  bool right = true;
};
/// Whether the guide has such a line or part.
bool in_guide(db::Reader& read, std::string_view what);
/// Throws Problem for what is not in the guide, a day after `today`, and where it is not said who checked it or how.
void record_guide_check(db::Tx& tx, IdMaker& ids, GuideCheck const& check, Day today);

}  // namespace birge::campaign
