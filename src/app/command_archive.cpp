#include <filesystem>
#include <system_error>

#include "app/app.hpp"
#include "app/archive.hpp"
#include "app/commands.hpp"
#include "features/account/account_change.hpp"
#include "features/account/secret_key.hpp"
#include "platform/base/problem.hpp"

namespace birge::app {

namespace {

Progress shown(Context const& context, std::string what) {
  return
      [&context, what = std::move(what)](std::string const&, std::int64_t done, std::int64_t total) { context.terminal.progress(what, done, total); };
}

void tell(Context const& context, std::vector<TableProof> const& proofs) {
  context.terminal.end_progress();
  std::int64_t rows = 0;
  for (auto const& proof : proofs) {
    rows += proof.rows;
    context.terminal.line(proof.checksum + "  " + std::to_string(proof.rows) + "  " + proof.name);
  }
  context.terminal.line(context.say.plural("{} row in all.", "{} rows in all.", rows));
}

}  // namespace

int backup(Context const& context, BackupOptions const& options) {
  auto const& file = options.file;
  std::error_code unknown;
  if (std::filesystem::is_directory(file, unknown)) throw Problem(Failure::bad_input, message("{} is a folder. Name a file in it.", file));
  // What is there may be the only good backup.
  if (!options.replace && std::filesystem::exists(file, unknown))
    throw Problem(Failure::conflict, message("There is a file {} already. Choose another name, or add --replace to write over it.", file));
  auto const database = open_database(context.config, false);
  LeftOut left_out;
  auto const key = options.with_key ? account::key_file(context.config) : std::nullopt;
  auto const proofs = backup(*database, files::Folder::of(context.config), file, make_clock(context.config)->now(),
                             shown(context, std::string(context.say("Backing up"))), left_out, key);
  tell(context, proofs);
  context.terminal.done(context.say("The backup is in {}.", file));
  if (key) context.terminal.warning(context.say("The key is in it too: whoever has the archive can make the codes of every authenticator app."));
  if (!left_out.missing.empty())
    context.terminal.problem(context.say.plural("{} stored file is missing on the disk and is not in the backup. Run: birge doctor",
                                                "{} stored files are missing on the disk and are not in the backup. Run: birge doctor",
                                                static_cast<std::int64_t>(left_out.missing.size())));
  if (!left_out.damaged.empty())
    context.terminal.problem(context.say.plural("{} stored file was changed from outside and is not in the backup. Run: birge doctor",
                                                "{} stored files were changed from outside and are not in the backup. Run: birge doctor",
                                                static_cast<std::int64_t>(left_out.damaged.size())));
  return left_out.empty() ? 0 : found_something;
}

int restore(Context const& context, std::string const& file) {
  // Before a database is made: a name with a typing error leaves none behind.
  std::error_code unknown;
  if (!std::filesystem::exists(file, unknown) && !unknown) throw Problem(Failure::bad_input, message("There is no file {}.", file));
  auto const database = open_database(context.config, true);
  LeftOut left_out;
  auto const proofs = restore(*database, files::Folder::of(context.config), file, shown(context, std::string(context.say("Restoring"))), left_out);
  tell(context, proofs);
  // Sessions of the day of the backup may have been ended since, and whoever holds the archive must not be in with them.
  database->write([](db::Tx& tx) { account::end_all_sessions(tx); });
  if (auto const key = archived_key(file); key && account::restore_key_file(context.config, *key))
    context.terminal.line(context.say("The key came with the archive and is in the data folder now."));
  context.terminal.done(context.say("Restored, and every table proved equal to the archive."));
  if (left_out.empty()) return 0;
  context.terminal.problem(context.say.plural("{} file is damaged in the archive and was not restored. Run: birge doctor",
                                              "{} files are damaged in the archive and were not restored. Run: birge doctor",
                                              static_cast<std::int64_t>(left_out.damaged.size())));
  return found_something;
}

}  // namespace birge::app
