#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>

#include "app/app.hpp"
#include "platform/http/server.hpp"

/// Whole pages without a socket: what remains of a request when nothing is sent. DATA names a folder made by `birge init --sample`; without it
/// they are left out.
namespace birge {

namespace {

app::App* example() {
  static std::unique_ptr<app::App> const made = [] {
    auto const* folder = std::getenv("DATA");
    if (!folder) return std::unique_ptr<app::App>();
    auto const nothing = [](std::string const&) { return std::optional<std::string>(); };
    auto config = Config::load("", false, nothing, {{"data", folder}, {"public_address", "http://127.0.0.1:8080"}, {"now", "2026-10-20T06:00:00Z"}});
    auto clock = app::make_clock(config);
    auto database = app::open_database(config, false);
    return std::make_unique<app::App>(std::move(config), std::move(clock), std::move(database));
  }();
  return made.get();
}

http::Message asking_for(std::string path, bool compressed) {
  http::Message message;
  message.target = message.path = std::move(path);
  if (compressed) message.headers.emplace_back("accept-encoding", "br");
  return message;
}

/// The first activity in the list, as a visitor would open it.
std::string an_activity(app::App& app) {
  auto const page = app.answer(asking_for("/ky/activities", false)).body;
  auto const row = page.find("class=\"row");
  auto const begin = page.find("/ky/activities/", row);
  return page.substr(begin, page.find('"', begin) - begin);
}

void draw(benchmark::State& state, std::string const& path, bool compressed) {
  auto* app = example();
  if (!app) return state.SkipWithError("DATA names no folder");
  auto const message = asking_for(path.empty() ? an_activity(*app) : path, compressed);
  std::size_t bytes = 0;
  for (auto _ : state) {
    auto const finished = http::finish(message, app->answer(message));
    bytes = finished.body.size();
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}

BENCHMARK_CAPTURE(draw, agenda, "/ky/activities", false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw, agenda_br, "/ky/activities", true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw, activity, "", false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw, activity_br, "", true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw, figures, "/ky/figures", false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(draw, figures_br, "/ky/figures", true)->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace birge
