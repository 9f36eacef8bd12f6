#include "app/app.hpp"
#include "app/archive.hpp"
#include "app/commands.hpp"
#include "features/account/account_change.hpp"

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

int backup(Context const& context, std::string const& file) {
  auto const database = open_database(context.config, false);
  auto const proofs = backup(*database, file, make_clock(context.config)->now(), shown(context, std::string(context.say("Backing up"))));
  tell(context, proofs);
  context.terminal.done(context.say("The backup is in {}.", file));
  return 0;
}

int restore(Context const& context, std::string const& file) {
  auto const database = open_database(context.config, true);
  auto const proofs = restore(*database, file, shown(context, std::string(context.say("Restoring"))));
  tell(context, proofs);
  // Sessions of the day of the backup may have been ended since, and whoever holds the archive must not be in with them.
  database->write([](db::Tx& tx) { account::end_all_sessions(tx); });
  context.terminal.done(context.say("Restored, and every table proved equal to the archive."));
  return 0;
}

}  // namespace birge::app
