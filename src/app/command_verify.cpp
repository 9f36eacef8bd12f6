#include "app/app.hpp"
#include "app/commands.hpp"
#include "features/audit/audit.hpp"
#include "features/campaign/campaign.hpp"
#include "platform/db/migrations.hpp"

namespace birge::app {

int verify(Context const& context, VerifyOptions const& options) {
  auto const clock = make_clock(context.config);
  auto const database = open_database(context.config, false);
  database->migrate(db::embedded_migrations());
  auto const machine_clock = system_clock();
  IdMaker ids(*machine_clock, take_node(*database));
  auto const facts = database->read([](db::Reader& read) { return campaign::facts(read); });
  auto const today = facts->today(clock->now());
  auto const day = options.day.empty() ? std::optional(today) : Day::parse(options.day);
  if (!day) throw Problem(Failure::bad_input, message("“{}” is not a date. Write it like 2018-09-14.", options.day));
  database->write([&](db::Tx& tx) {
    campaign::record_check(tx, ids, options.contact, *day, options.by, options.how, !options.dead, options.note, today);
    audit::record(tx, audit::Entry(audit::Who::command_line(), "checked", audit::Object("help_number"), clock->now())
                          .with("day", *day)
                          .with("works", !options.dead));
  });
  context.terminal.done(context.say("Recorded: {} was checked on {} by {}.", options.contact, *day, options.by));
  return 0;
}

}  // namespace birge::app
