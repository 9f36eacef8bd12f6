#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/i18n/say.hpp"

/// What to think of before an activity of a kind: from the country pack (checklists.csv), not verified by any office.
namespace birge::work {

struct ChecklistItem {
  std::string code;
  std::string kinds;  ///< codes with spaces between; *: every kind
  std::map<std::string, std::string> names;
  std::string const& name(Language language) const;
};

/// The items of a kind in the pack's order; none where the pack has no list. The pack in the binary is read once.
std::vector<ChecklistItem> checklist(std::string_view country, std::string_view kind);

/// Reads a pack's file. Throws Problem naming the row that cannot be read.
std::vector<ChecklistItem> read_checklists(std::string_view csv);

}  // namespace birge::work
