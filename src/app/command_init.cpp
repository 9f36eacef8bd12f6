#include "app/app.hpp"
#include "app/commands.hpp"
#include "features/campaign/campaign_pack.hpp"
#include "features/place/place_pack.hpp"
#include "platform/base/pack_files.hpp"
#include "platform/db/migrations.hpp"

namespace birge::app {

int init(Context const& context, InitOptions const& options) {
  auto const machine_clock = system_clock();
  auto const database = open_database(context.config, true);
  database->migrate(db::embedded_migrations());
  bool const loaded = database->read([](db::Reader& read) { return !campaign::Store(read).setting("country").empty(); });
  if (loaded && options.if_needed) return 0;
  IdMaker ids(*machine_clock, take_node(*database));
  auto const pack = options.pack_folder.empty() ? PackFiles::embedded(options.country) : PackFiles::on_disk(options.pack_folder);
  database->write([&](db::Tx& tx) {
    place::load_pack(tx, ids, pack);
    campaign::load_pack(tx, ids, pack);
    campaign::touch_facts(tx, ids);
  });
  context.terminal.done(context.say("The country pack {} is loaded.", pack.name()));
  return 0;
}

}  // namespace birge::app
