#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "platform/jobs/jobs.hpp"

namespace birge::jobs {

/// A thread that looks every second for what is due and does it, beside the server.
class Background {
public:
  explicit Background(Worker worker) : worker_(std::move(worker)), thread_([this](std::stop_token const& stop) { work(stop); }) {}
  ~Background() = default;  ///< asks the thread to stop and waits for the job in hand
  Background(Background const&) = delete;
  Background& operator=(Background const&) = delete;

  /// Nothing is begun any more; what is in hand is not waited for.
  void ask_to_stop() { thread_.request_stop(); }

private:
  void work(std::stop_token const& stop);

  Worker worker_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;  ///< last, so that it ends first
};

}  // namespace birge::jobs
