#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <latch>
#include <thread>
#include <vector>

#include "platform/db/database.hpp"

/// Only for tests: writes that meet in one commit.
namespace birge::db {

/// Keeps the writer busy until it is released, so that what arrives meanwhile becomes one batch.
class HeldWriter {
public:
  explicit HeldWriter(Database& database) {
    held_ = std::async(std::launch::async, [this, &database] {
      database.write([this](Tx&) {
        inside_.count_down();
        open_.wait();
      });
    });
    inside_.wait();
  }
  ~HeldWriter() {
    if (held_.valid()) open_.count_down();  // a test that failed must not wait for ever
  }
  HeldWriter(HeldWriter const&) = delete;
  HeldWriter& operator=(HeldWriter const&) = delete;
  void release() {
    open_.count_down();
    held_.get();
  }

private:
  std::latch inside_{1}, open_{1};
  std::future<void> held_;
};

/// Carries out writes that share one commit, in this order; the futures are ready and give their errors.
inline std::vector<std::future<void>> together(Database& database, std::vector<std::function<void(Tx&)>> const& writes) {
  HeldWriter held(database);
  std::vector<std::future<void>> results;
  for (auto const& write : writes) {
    results.push_back(std::async(std::launch::async, [&database, &write] { database.write([&](Tx& tx) { write(tx); }); }));
    std::this_thread::sleep_for(std::chrono::milliseconds(10));  // so that they arrive in this order
  }
  held.release();
  for (auto& result : results) result.wait();
  return results;
}

}  // namespace birge::db
