#include "features/work/work_checklist.hpp"

#include <algorithm>

#include "platform/base/pack_files.hpp"
#include "platform/base/text.hpp"
#include "platform/sheet/records.hpp"

namespace birge::work {

std::string const& ChecklistItem::name(Language language) const {
  auto const found = names.find(std::string(birge::code(language)));
  return found == names.end() ? names.begin()->second : found->second;
}

std::vector<ChecklistItem> read_checklists(std::string_view csv) {
  sheet::Records const table("checklists.csv", std::string(csv));
  std::vector<ChecklistItem> items;
  for (auto const& row : table)
    items.push_back({row["code"], row["kinds"], {{"ky", row["name_ky"]}, {"ru", row["name_ru"]}, {"en", row["name_en"]}}});
  return items;
}

std::vector<ChecklistItem> checklist(std::string_view country, std::string_view kind) {
  static auto const read = [](std::string_view pack) {
    auto const file = PackFiles::embedded(pack).read("checklists.csv");
    return file ? read_checklists(*file) : std::vector<ChecklistItem>{};
  };
  static std::string const first(country);
  static auto const kept = read(first);
  auto items = country == first ? kept : read(country);
  std::erase_if(items, [&](ChecklistItem const& item) {
    auto const kinds = split(item.kinds, ' ');
    return std::ranges::find(kinds, "*") == kinds.end() && std::ranges::find(kinds, kind) == kinds.end();
  });
  return items;
}

}  // namespace birge::work
