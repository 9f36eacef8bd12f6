#include "features/work/plan/plan_checklist.hpp"

#include "platform/sheet/records.hpp"

namespace birge::work {

std::string const& ChecklistItem::name(Language language) const {
  auto const found = names.find(std::string(birge::code(language)));
  return found == names.end() || found->second.empty() ? names.begin()->second : found->second;
}

std::vector<ChecklistItem> checklist_of(PackFiles const& files) {
  auto const csv = files.read("checklists.csv");
  if (!csv) return {};
  sheet::Records const table(files.name() + "checklists.csv", *csv);
  std::vector<ChecklistItem> items;
  for (auto const& row : table)
    items.push_back({row["code"], row["kinds"], {{"ky", row["name_ky"]}, {"ru", row["name_ru"]}, {"en", row["name_en"]}}});
  return items;
}

}  // namespace birge::work
