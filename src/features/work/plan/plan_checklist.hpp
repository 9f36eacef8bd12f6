#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "features/place/place.hpp"
#include "platform/base/pack_files.hpp"
#include "platform/db/db.hpp"
#include "platform/i18n/say.hpp"

/// What to think of before an activity of a kind: from the country pack (checklists.csv), not verified by any office.
namespace birge::work {

struct ChecklistItem {
  std::string code;
  std::string kinds;  ///< codes with spaces between; *: every kind
  std::map<std::string, std::string> names;
  std::string const& name(Language language) const;
};

/// The items of a kind in the order of the pack that was loaded; none where it has no list.
std::vector<ChecklistItem> checklist(db::Reader& read, std::string_view country, std::string_view kind);

/// What an item of it is called; nothing where there is none of that code any more.
std::string checklist_item_name(db::Reader& read, std::string_view country, std::string_view code, Language language);

/// The list of a pack; empty where it has none. Throws Problem where its file cannot be read.
std::vector<ChecklistItem> checklist_of(PackFiles const& files);
/// Stores the list of a pack in the place of the one before it. place::facts_version is to be touched afterwards.
void load_checklist(db::Tx& tx, PackFiles const& files);

}  // namespace birge::work
