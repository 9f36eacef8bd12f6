#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace birge::http {

/// Threads that take tasks in the order they came. Knows nothing of sockets.
class Workers {
public:
  class Task {
  public:
    virtual void work() noexcept = 0;

  protected:
    ~Task() = default;
  };

  Workers(int threads, std::size_t waiting);
  /// Finishes the tasks that run; those that wait are dropped.
  ~Workers();

  /// False when too many tasks wait already. The task must live until it has run.
  bool offer(Task& task);
  std::size_t waiting() const;

private:
  void take_tasks();

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task*> tasks_;
  std::size_t const most_waiting_;
  int idle_ = 0;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace birge::http
