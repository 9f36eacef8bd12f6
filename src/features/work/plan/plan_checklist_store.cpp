#include <algorithm>

#include "features/work/plan/plan_checklist.hpp"
#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"
#include "platform/db/version.hpp"

namespace birge::work {

namespace {

/// The list of a pack that came in before lists were stored: it is in the program, if anywhere.
std::vector<ChecklistItem> from_the_program(std::string_view country) {
  try {
    return checklist_of(PackFiles::embedded(country));
  } catch (Problem const&) { return {}; }
}

std::vector<ChecklistItem> stored(db::Reader& read) {
  struct Row {
    std::string code, kinds, ky, ru, en;
  };
  std::vector<ChecklistItem> items;
  read.each<Row>("select code, kinds, name_ky, name_ru, name_en from checklist_item order by position", [&](Row&& row) {
    items.push_back({std::move(row.code), std::move(row.kinds), {{"ky", std::move(row.ky)}, {"ru", std::move(row.ru)}, {"en", std::move(row.en)}}});
  });
  return items;
}

std::shared_ptr<std::vector<ChecklistItem> const> whole(db::Reader& read, std::string_view country) {
  static db::Kept<std::vector<ChecklistItem>> kept(place::facts_version);
  return kept.get(read, [&](db::Reader& from, std::string const&) {
    auto items = stored(from);
    return std::make_shared<std::vector<ChecklistItem> const>(items.empty() ? from_the_program(country) : std::move(items));
  });
}

}  // namespace

void load_checklist(db::Tx& tx, PackFiles const& files) {
  tx.run("delete from checklist_item");
  int position = 0;
  for (auto const& item : checklist_of(files))
    tx.put("insert into checklist_item (code, position, kinds, name_ky, name_ru, name_en) values ($1, $2, $3, $4, $5, $6)", item.code, position++,
           item.kinds, item.names.at("ky"), item.names.at("ru"), item.names.at("en"));
}

std::vector<ChecklistItem> checklist(db::Reader& read, std::string_view country, std::string_view kind) {
  std::vector<ChecklistItem> items;
  std::ranges::copy_if(*whole(read, country), std::back_inserter(items), [&](ChecklistItem const& item) {
    auto const kinds = split(item.kinds, ' ');
    return std::ranges::find(kinds, "*") != kinds.end() || std::ranges::find(kinds, kind) != kinds.end();
  });
  return items;
}

std::string checklist_item_name(db::Reader& read, std::string_view country, std::string_view code, Language language) {
  auto const all = whole(read, country);
  auto const found = std::ranges::find(*all, code, &ChecklistItem::code);
  return found == all->end() ? std::string() : found->name(language);
}

}  // namespace birge::work
