#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "platform/db/db.hpp"

namespace birge::db {

/// Connections that only read, opened when first wanted and kept with their prepared statements.
class ReaderPool {
public:
  using Open = std::function<std::unique_ptr<Connection>()>;
  ReaderPool(Open open, int limit) : open_(std::move(open)), limit_(limit) {}

  /// A connection inside a snapshot; waits while all are taken. Problem(busy) when none comes free for half a minute.
  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection) noexcept;

private:
  std::unique_ptr<Connection> idle_or_new();

  Open open_;
  int limit_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;  ///< the last one given back is the next one taken: its caches are warm
  int opened_ = 0;
};

}  // namespace birge::db
