#include "platform/jobs/background.hpp"

#include <spdlog/spdlog.h>

namespace birge::jobs {

void Background::work(std::stop_token const& stop) {
  using namespace std::chrono_literals;
  while (!stop.stop_requested()) {
    auto pause = 1s;
    try {
      worker_.run_due([&stop] { return stop.stop_requested(); });
    } catch (std::exception const& error) {
      // The database is away or too busy; the jobs are still there when it is back.
      spdlog::warn("jobs wait: {}", error.what());
      pause = 10s;
    }
    std::unique_lock lock(mutex_);
    stopped_.wait_for(lock, stop, pause, [] { return false; });
  }
}

}  // namespace birge::jobs
