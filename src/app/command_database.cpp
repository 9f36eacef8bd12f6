#include "app/app.hpp"
#include "app/commands.hpp"
#include "features/activity/activity_store.hpp"
#include "features/activity/tally/tally_closing.hpp"
#include "features/audit/audit.hpp"
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

namespace {

bool sums_hold(Context const& context, db::Database& database, bool repair) {
  auto const differences = database.read([](db::Reader& read) { return activity::check_tallies(read, *campaign::facts(read)); });
  for (auto const& difference : differences) context.terminal.warning(difference);
  if (differences.empty()) {
    context.terminal.done(context.say("All sums agree with the activities."));
    return true;
  }
  if (!repair) {
    context.terminal.problem(context.say("Sums differ from the activities. Run: birge doctor --repair"));
    return false;
  }
  auto const now = make_clock(context.config)->now();
  database.write([&](db::Tx& tx) {
    activity::rebuild_tallies(tx, *campaign::facts(tx));
    audit::record(tx, audit::Entry(audit::Who::command_line(), "sums_rebuilt", audit::Object("database"), now));
  });
  context.terminal.done(context.say("All sums were made anew from the activities."));
  return true;
}

/// The figures of closed editions, with the corrections since, must be what the activities say now.
bool closings_hold(Context const& context, db::Database& database) {
  auto const differences = database.read([](db::Reader& read) { return activity::check_closings(read, *campaign::facts(read)); });
  for (auto const& difference : differences) context.terminal.warning(difference);
  if (differences.empty()) {
    context.terminal.done(context.say("The figures of closed editions and their corrections agree with the activities."));
    return true;
  }
  context.terminal.problem(
      context.say("The figures of a closed edition and its corrections do not add up to what the activities say. Look at who changed the "
                  "database, or open the edition again and close it anew."));
  return false;
}

}  // namespace

int doctor(Context const& context, DoctorOptions const& options) {
  auto const database = open_database(context.config, false);
  if (!database->up_to_date(db::embedded_migrations())) {
    context.terminal.problem(context.say("The database is from an older version. Run: birge migrate"));
    return found_something;
  }
  bool well = sums_hold(context, *database, options.repair);
  well = closings_hold(context, *database) && well;
  well = audit_holds(context, *database, options.audit_head) && well;
  well = files_well(context, *database) && well;
  well = jobs_well(context, *database) && well;
  return well ? 0 : found_something;
}

}  // namespace birge::app
