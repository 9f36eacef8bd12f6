#include "app/app.hpp"
#include "app/commands.hpp"
#include "features/activity/activity_store.hpp"
#include "features/campaign/campaign.hpp"
#include "platform/db/migrations.hpp"

namespace birge::app {

int migrate(Context const& context) {
  auto const database = open_database(context.config, false);
  auto const steps = database->migrate(db::embedded_migrations());
  context.terminal.done(steps == 0
                            ? std::string(context.say("The database is up to date."))
                            : context.say.plural("{} step taken; the database is up to date.", "{} steps taken; the database is up to date.", steps));
  return 0;
}

int doctor(Context const& context, bool repair) {
  auto const database = open_database(context.config, false);
  if (!database->up_to_date(db::embedded_migrations())) {
    context.terminal.problem(context.say("The database is from an older version. Run: birge migrate"));
    return found_something;
  }
  auto const differences = database->read([](db::Reader& read) { return activity::check_tallies(read, *campaign::facts(read)); });
  for (auto const& difference : differences) context.terminal.warning(difference);
  if (differences.empty()) {
    context.terminal.done(context.say("All sums agree with the activities."));
    return 0;
  }
  if (!repair) {
    context.terminal.problem(context.say("Sums differ from the activities. Run: birge doctor --repair"));
    return found_something;
  }
  database->write([](db::Tx& tx) { activity::rebuild_tallies(tx, *campaign::facts(tx)); });
  context.terminal.done(context.say("All sums were made anew from the activities."));
  return 0;
}

}  // namespace birge::app
