#include <fmt/core.h>

#include <atomic>
#include <csignal>
#include <list>
#include <memory>
#include <thread>

#include "app/app.hpp"
#include "app/commands.hpp"
#include "app/jobs.hpp"
#include "platform/base/text.hpp"
#include "platform/base/turns.hpp"
#include "platform/http/server.hpp"
#include "platform/jobs/background.hpp"

namespace birge::app {

namespace {

std::vector<std::string> list(std::string_view commas) {
  std::vector<std::string> parts;
  for (auto const part : split(commas, ','))
    if (auto const name = trim(part); !name.empty()) parts.emplace_back(name);
  return parts;
}

http::ServerOptions options_of(Config const& config) {
  http::ServerOptions options;
  options.address = config.text("address");
  options.port = static_cast<std::uint16_t>(config.number("port"));
  options.workers = workers_of(config);
  options.limits.take_bodies_of(static_cast<std::size_t>(config.number("body_limit_mb")) * 1024 * 1024);
  options.trusted_proxies = list(config.text("trusted_proxies"));
  return options;
}

/// Answers /metrics on a loopback port of its own, so that it never stands beside public pages.
std::unique_ptr<http::Server> metrics_server(std::uint16_t port, http::Server const& measured) {
  http::ServerOptions options;
  options.port = port;
  options.workers = 1;
  return std::make_unique<http::Server>(options, [&measured](http::Message const& message) {
    if (message.path == "/metrics") return http::text(measured.metrics(), "text/plain; version=0.0.4; charset=utf-8");
    return http::short_error(message.path, http::Status::not_found, "Metrics are at /metrics");
  });
}

Reply unavailable(http::Message const& message, char const* why) {
  auto reply = http::short_error(message.path, http::Status::service_unavailable, why);
  reply.cache_control = "no-store";
  return reply.header("Retry-After", "1");
}

/// Waits for SIGINT or SIGTERM on a thread of its own; both were blocked before any thread began.
std::thread stop_on_signal(sigset_t const& signals, std::vector<http::Server*> servers, std::atomic<bool>& stopping) {
  return std::thread([signals, servers = std::move(servers), &stopping] {
    int signal = 0;
    sigwait(&signals, &signal);
    stopping = true;
    for (auto* server : servers) server->stop();
  });
}

}  // namespace

int serve(Context const& context, ServeOptions const& options) {
  take_short_turns();
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  auto database = open_database(context.config, true);
  std::optional<App> birge;  // outlives the server, whose last requests may take longer than its stop waits
  std::atomic<App*> app{nullptr};
  std::atomic<bool> stopping{false};
  http::Server server(options_of(context.config), [&app, &stopping](http::Message const& message) {
    auto* ready = app.load();
    if (!ready) return unavailable(message, "Birge is starting. Please try again in a moment.");
    // Requests in flight are still answered; only whoever sends us more of them is told to look elsewhere.
    if (stopping && message.path == "/readyz") return unavailable(message, "Birge is stopping.");
    return ready->answer(message);
  });
  auto const own = fmt::format("http://{}:{}", context.config.text("address"), server.port());
  auto config = context.config;
  if (config.text("public_address").empty()) config.set("public_address", own);
  birge.emplace(std::move(config), make_clock(context.config), std::move(database), Process::server);
  app = &*birge;
  std::list<jobs::Background> background;
  for (auto& worker : workers(birge->services())) background.emplace_back(std::move(worker));

  std::unique_ptr<http::Server> metrics;
  std::vector<http::Server*> all{&server};
  std::thread metrics_thread;
  if (auto const port = context.config.number("metrics_port"); port != 0) {
    metrics = metrics_server(static_cast<std::uint16_t>(port), server);
    all.push_back(metrics.get());
    metrics_thread = std::thread([&metrics] { metrics->run(); });
  }
  auto waiting = stop_on_signal(signals, all, stopping);
  if (!options.quiet) {
    context.terminal.done(context.say("Birge is at {}", own + "/"));
    std::fflush(stdout);
  }
  server.run();
  if (metrics_thread.joinable()) metrics_thread.join();
  waiting.join();
  for (auto& worker : background) worker.ask_to_stop();
  background.clear();
  app = nullptr;
  return 0;
}

}  // namespace birge::app
