#include "app/app.hpp"
#include "app/commands.hpp"
#include "features/activity/activity_pack.hpp"
#include "features/audit/audit.hpp"
#include "features/campaign/campaign.hpp"
#include "features/place/place_pack.hpp"
#include "features/sample/sample.hpp"
#include "features/work/plan/plan_checklist.hpp"
#include "platform/base/pack_files.hpp"
#include "platform/db/migrations.hpp"

namespace birge::app {

namespace {

void load_sample(db::Tx& tx, IdMaker& ids, InitOptions const& options, int edition, Instant now) {
  sample::Options chosen;
  chosen.today = campaign::facts(tx)->today(now);
  // Further editions, for measuring, lie a year apart before the first.
  chosen.campaign_from = sample::campaign_from(chosen.today).plus(-365 * edition);
  chosen.slug = edition == 0 ? "sample" : "sample-" + std::to_string(chosen.campaign_from.year());
  chosen.activities = options.sample_size;
  chosen.seed += static_cast<std::uint64_t>(edition);
  sample::load(tx, ids, chosen, now);
}

}  // namespace

int init(Context const& context, InitOptions const& options) {
  auto const clock = make_clock(context.config);
  auto const machine_clock = system_clock();
  auto const database = open_database(context.config, true);
  database->migrate(db::embedded_migrations());
  bool const loaded = database->read([](db::Reader& read) { return !campaign::Store(read).setting("country").empty(); });
  if (loaded && options.if_needed) return 0;
  IdMaker ids(*machine_clock, take_node(*database));
  auto const pack = options.pack_folder.empty() ? PackFiles::embedded(options.country) : PackFiles::on_disk(options.pack_folder);
  auto const now = clock->now();
  if (options.sample) context.terminal.progress(context.say("Sample data"), 0, options.sample_editions);
  // Pack and sample together: whoever stops a first start finds nothing half done, and the next one begins anew.
  database->write([&](db::Tx& tx) {
    place::load_pack(tx, ids, pack);
    campaign::load_pack(tx, ids, pack, now);
    work::load_checklist(tx, pack);
    campaign::touch_facts(tx);
    activity::load_pack(tx, ids, pack, *campaign::facts(tx), now);
    audit::record(tx, audit::Entry(audit::Who::command_line(), "pack_loaded", audit::Object("country_pack"), now));
    if (options.sample) load_sample(tx, ids, options, 0, now);
  });
  for (int edition = 1; options.sample && edition < options.sample_editions; ++edition) {
    context.terminal.progress(context.say("Sample data"), edition, options.sample_editions);
    database->write([&](db::Tx& tx) { load_sample(tx, ids, options, edition, now); });
  }
  context.terminal.end_progress();
  context.terminal.done(context.say("The country pack {} is loaded.", pack.name()));
  if (options.sample)
    context.terminal.done(context.say("The sample edition is loaded: invented organisations and activities, for trying things out."));
  return 0;
}

}  // namespace birge::app
