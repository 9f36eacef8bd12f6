#include "platform/db/pool.hpp"

#include <chrono>

#include "platform/base/problem.hpp"

namespace birge::db {

std::unique_ptr<Connection> ReaderPool::take() {
  for (;;) {
    auto connection = idle_or_new();
    if (connection && connection->usable()) {
      try {
        connection->begin_reading();
        return connection;
      } catch (Error const&) {
        // A connection that does not even begin is not worth keeping; a fresh one says what is wrong.
      }
    }
    if (!connection) {
      try {
        connection = open_();
        connection->begin_reading();
        return connection;
      } catch (...) {
        give_back(nullptr);
        throw;
      }
    }
    connection.reset();
    give_back(nullptr);
  }
}

/// An idle connection, or null as leave to open one.
std::unique_ptr<Connection> ReaderPool::idle_or_new() {
  std::unique_lock lock(mutex_);
  auto const free = freed_.wait_for(lock, std::chrono::seconds(30), [&] { return !idle_.empty() || opened_ < limit_; });
  if (!free) throw Problem(Failure::busy, message("Too many people are reading at this moment. Please try again shortly."));
  if (idle_.empty()) {
    ++opened_;
    return nullptr;
  }
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) noexcept {
  if (connection) {
    try {
      connection->end_reading();
    } catch (...) { connection.reset(); }
  }
  {
    std::scoped_lock const lock(mutex_);
    if (connection) idle_.push_back(std::move(connection));
    else --opened_;
  }
  freed_.notify_one();
}

}  // namespace birge::db
