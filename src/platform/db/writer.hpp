#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "platform/db/database.hpp"

namespace birge::db {

/// The one thread that changes the database. What waits is taken as a batch: one commit for all, so that the price of a durable commit is
/// shared, and where a commit is slow, all who write again at once share the next one. Where a write fails, it goes alone. A write may so be
/// carried out more than once, the last time for good.
class Writer {
public:
  using Open = std::function<std::unique_ptr<Connection>()>;
  Writer(std::unique_ptr<Connection> connection, Open open, Options const& options);
  ~Writer();  ///< after everything that waits is done
  Writer(Writer const&) = delete;
  Writer& operator=(Writer const&) = delete;

  /// Returns once the change is durable; throws what `change` threw, or Problem when it could not be made durable.
  void apply(std::function<void(Tx&)> const& change);

private:
  struct Item {
    std::function<void(Tx&)> const& change;
    std::exception_ptr error = nullptr;
    bool done = false;
    std::condition_variable finished = {};
  };
  using Batch = std::vector<Item*>;

  void wait_for(Item& item);
  void work();
  Batch next();
  void carry_out(Batch const& batch);
  bool repeat_until_settled(Batch const& batch);
  std::string begin();
  void finish();
  void end(std::string const& transaction, bool changed);
  bool attempt(Batch const& batch);
  bool attempt_plainly(Batch const& batch);
  bool apply_one(Item& item, bool alone);
  void commit(std::string const& transaction);
  void connect();
  bool happened(std::string const& transaction);

  std::unique_ptr<Connection> connection_;
  Memory memory_;  ///< of the transaction under way
  Open open_;
  std::size_t queue_limit_;
  std::size_t batch_limit_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Item*> queue_;
  bool stopping_ = false;
  std::size_t last_batch_ = 0;                            ///< how many were in it
  std::chrono::steady_clock::duration commit_took_ = {};  ///< the latest
  Item* culprit_ = nullptr;                               ///< the write whose error cost the whole transaction
  std::jthread thread_;
};

}  // namespace birge::db
