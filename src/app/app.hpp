#pragma once

#include <memory>
#include <span>
#include <string>

#include "app/node_store.hpp"
#include "features/account/account_store.hpp"
#include "features/account/allowance.hpp"
#include "platform/base/clock.hpp"
#include "platform/base/config.hpp"
#include "platform/base/id.hpp"
#include "platform/db/database.hpp"
#include "platform/http/request.hpp"
#include "platform/http/router.hpp"

namespace birge::app {

/// What build this is: part of every ETag, shown by --version.
std::string_view version();

/// How many threads answer requests: the setting, or as many as there are processor cores, two at least. More would only take the cores from each other,
/// and whoever came last waits longest; who waits for a commit lends its place to another.
int workers_of(Config const& config);

/// Opens the database a configuration names; `create` makes the data folder and an empty database where there is none. Throws Problem.
std::unique_ptr<db::Database> open_database(Config const& config, bool create);

/// The clock a configuration asks for: the machine's, or one that starts at the setting `now`.
std::unique_ptr<Clock> make_clock(Config const& config);

/// Owns everything a running Birge needs and answers requests. One per process.
class App {
public:
  /// Brings the schema up to date. Throws Problem when the database cannot be used.
  App(Config config, std::unique_ptr<Clock> clock, std::unique_ptr<db::Database> database, Process process = Process::command);

  /// Answers one request, whatever happens; safe from any thread.
  Reply answer(http::Message const& message);

  Services const& services() const { return services_; }
  std::span<Route const> routes() const;

private:
  Reply route(http::Message const& message);
  Reply handle(http::Message const& message, http::Router::Found const& found);
  Reply call(Request& request, Route const& route);
  Reply call_as(Request& request, Route const& route, std::optional<account::Session> const& session);

  Config config_;
  std::unique_ptr<Clock> clock_;
  std::unique_ptr<Clock> machine_clock_;  ///< of the ids: they must differ also when `clock_` starts at the same moment each time
  std::unique_ptr<db::Database> database_;
  IdMaker ids_;
  Services services_;
  http::Router router_;
  account::Allowance searches_{{.at_once = 60, .one_every = std::chrono::milliseconds(200)}};
};

}  // namespace birge::app
