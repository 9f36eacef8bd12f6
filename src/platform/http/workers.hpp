#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "platform/base/waiting.hpp"

namespace birge::http {

/// Threads that take tasks in the order they came. Knows nothing of sockets.
///
/// Only so many work at a time. One that waits for a commit does not count as working: another takes the next task meanwhile, and there are more
/// threads the more of them wait, up to a bound.
class Workers : private Waiting::Lender {
public:
  class Task {
  public:
    virtual void work() noexcept = 0;

  protected:
    ~Task() = default;
  };

  /// At most `working` threads work at a time, and `waiting` tasks wait for one.
  Workers(int working, std::size_t waiting);
  /// Finishes the tasks that run; those that wait are dropped.
  ~Workers();

  /// False when too many tasks wait already. The task must live until it has run.
  bool offer(Task& task);
  std::size_t waiting() const;

private:
  void waiting_begins() noexcept override;
  void waiting_ends() noexcept override;
  void take_tasks();
  bool one_more();  ///< whether there is leave and work for another thread; under the lock
  void call_one(std::unique_lock<std::mutex>& lock);
  void add_thread();

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task*> tasks_;
  std::size_t const most_waiting_;
  int const most_working_;
  int working_ = 0;  ///< for some moments more than most_working_: who is done with waiting goes on at once
  int idle_ = 0;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace birge::http
