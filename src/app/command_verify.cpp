#include "app/app.hpp"
#include "app/commands.hpp"
#include "features/audit/audit.hpp"
#include "features/campaign/campaign_guide.hpp"
#include "platform/db/migrations.hpp"

namespace birge::app {

namespace {

void verify_guide(Context const& context, VerifyOptions const& options, db::Database& database, IdMaker& ids, Day day, Day today, Instant now) {
  database.write([&](db::Tx& tx) {
    campaign::record_guide_check(tx, ids, {options.contact, day, options.by, options.how, options.note, !options.dead}, today);
    audit::record(tx, audit::Entry(audit::Who::command_line(), "checked", audit::Object("guide_line"), now)
                          .with("code", audit::Value::pack_code(options.contact))
                          .with("day", day)
                          .with("works", !options.dead));
  });
  context.terminal.done(context.say("Recorded: {} in the guide was checked on {} by {}.", options.contact, day, options.by));
}

}  // namespace

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
  if (database->read([&](db::Reader& read) { return campaign::in_guide(read, options.contact); })) {
    verify_guide(context, options, *database, ids, *day, today, clock->now());
    return 0;
  }
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
