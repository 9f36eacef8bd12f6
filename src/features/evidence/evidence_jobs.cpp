#include "features/evidence/evidence_jobs.hpp"

#include "features/evidence/evidence_store.hpp"

namespace birge::evidence {

namespace {

constexpr int sheets_at_once = 500;
/// A file younger than this may belong to a form that is being stored.
constexpr std::chrono::hours settled{24};

files::Folder::Names named(db::Database& database) {
  return database.read([](db::Reader& read) { return Store(read).files(); });
}

}  // namespace

void remove_files(Services const& services, std::vector<std::string> const& files) {
  files::Folder::of(services.config).remove_unless(files, [&] { return named(services.database); });
}

jobs::Kind upkeep(Services const& services) {
  return {"evidence_upkeep", [&services](jobs::Job const&) -> jobs::Finish {
            auto const now = services.clock.now();
            auto const sheets = services.database.read([&](db::Reader& read) { return Store(read).sheets_to_delete(now, sheets_at_once); });
            if (!sheets.empty()) services.database.write([&](db::Tx& tx) { return delete_sheets(tx, sheets, now); });
            auto const names = named(services.database);
            std::vector<std::string> unnamed;
            for (auto const& file : files::Folder::of(services.config).list())
              if (file.age >= settled && !names.contains(file.name)) unnamed.push_back(file.name);
            remove_files(services, unnamed);
            return {};
          }};
}

jobs::Schedule upkeep_daily() { return jobs::every("evidence_upkeep", std::chrono::hours(24)); }

Inventory inventory(db::Reader& read, files::Folder const& folder) {
  Inventory found;
  auto const names = Store(read).files();
  for (auto const& name : names) {
    switch (folder.check(name)) {
      case files::Folder::Health::whole: ++found.whole; break;
      case files::Folder::Health::missing: found.missing.push_back(name); break;
      case files::Folder::Health::damaged: found.damaged.push_back(name); break;
    }
  }
  for (auto const& file : folder.list())
    if (!names.contains(file.name)) ++found.unnamed;
  return found;
}

}  // namespace birge::evidence
