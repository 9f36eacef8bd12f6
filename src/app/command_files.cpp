#include "app/app.hpp"
#include "app/commands.hpp"
#include "features/evidence/evidence_jobs.hpp"

namespace birge::app {

bool files_well(Context const& context, db::Database& database) {
  auto const& say = context.say;
  auto const folder = files::Folder::of(context.config);
  auto const found = database.read([&](db::Reader& read) { return evidence::inventory(read, folder); });
  for (auto const& name : found.missing) context.terminal.warning(say("A file is missing: {}", folder.where(name).string()));
  for (auto const& name : found.damaged) context.terminal.warning(say("A file was changed from outside: {}", folder.where(name).string()));
  if (found.unnamed > 0)
    context.terminal.line(say.plural("{} file belongs to nothing; it is removed within two days.",
                                     "{} files belong to nothing; they are removed within two days.", found.unnamed));
  if (found.missing.empty() && found.damaged.empty()) {
    context.terminal.done(say.plural("{} stored file is whole.", "{} stored files are whole.", found.whole));
    return true;
  }
  context.terminal.problem(say("Stored files are missing or damaged. Take them from a backup: they lie in its folder “files” under the same names."));
  return false;
}

}  // namespace birge::app
