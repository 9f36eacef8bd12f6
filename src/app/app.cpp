#include "app/app.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "app/routes.hpp"
#include "features/account/secret_key.hpp"
#include "features/account/session.hpp"
#include "platform/db/migrations.hpp"

namespace birge::app {

std::string_view version() { return BIRGE_VERSION; }

namespace {

void make_folder(std::string const& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw Problem(Failure::internal, message("The folder {} cannot be made or written to. Choose another with DATA=.", folder),
                  folder + ": " + error.message());
}

int node_of(db::Database& database, Process process) {
  database.migrate(db::embedded_migrations());
  return take_node(database, process);
}

}  // namespace

int workers_of(Config const& config) {
  auto const chosen = static_cast<int>(config.number("workers"));
  return chosen > 0 ? chosen : static_cast<int>(std::max(2U, std::thread::hardware_concurrency()));
}

std::unique_ptr<db::Database> open_database(Config const& config, bool create) {
  auto address = config.text("database");
  db::Options options;
  options.create = create;
  options.readers = config.number("workers") > 0 ? workers_of(config) + 1 : std::max(6, workers_of(config) + 1);
  if (address.empty()) {
    if (create) make_folder(config.text("data"));
    address = "sqlite:" + config.text("data") + "/birge.db";
  }
  return db::Database::open(address, options);
}

std::unique_ptr<Clock> make_clock(Config const& config) {
  auto const& start = config.text("now");
  if (start.empty()) return system_clock();
  auto const instant = parse_instant(start);
  if (!instant)
    throw Problem(Failure::bad_input, message("The setting “now” is “{}”, which is no moment. Write it like 2018-09-14T09:00:00Z.", start));
  return clock_starting_at(*instant);
}

App::App(Config config, std::unique_ptr<Clock> clock, std::unique_ptr<db::Database> database, Process process)
    : config_(std::move(config)),
      clock_(std::move(clock)),
      machine_clock_(system_clock()),
      database_(std::move(database)),
      ids_(*machine_clock_, node_of(*database_, process)),
      services_{*clock_, config_, *database_, ids_},
      router_(app::routes()) {
  account::prepare(*database_, machine_clock_->now());
  account::seal_stored_secrets(*database_, config_);
}

std::span<Route const> App::routes() const { return app::routes(); }

}  // namespace birge::app
