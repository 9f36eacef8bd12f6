#include "platform/http/workers.hpp"

#include <algorithm>

namespace birge::http {

Workers::Workers(int threads, std::size_t waiting) : most_waiting_(waiting) {
  for (int i = 0; i < std::max(threads, 1); ++i) threads_.emplace_back([this] { take_tasks(); });
}

Workers::~Workers() {
  {
    std::lock_guard const lock(mutex_);
    closing_ = true;
    tasks_.clear();
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

bool Workers::offer(Task& task) {
  bool wake = false;
  {
    std::lock_guard const lock(mutex_);
    // A task that an idle worker takes at once does not wait, so a bound of zero still serves.
    if (tasks_.size() >= most_waiting_ + static_cast<std::size_t>(idle_)) return false;
    tasks_.push_back(&task);
    wake = idle_ > 0;
  }
  // Under load every worker is busy and takes the next task by itself: no system call then.
  if (wake) wake_.notify_one();
  return true;
}

std::size_t Workers::waiting() const {
  std::lock_guard const lock(mutex_);
  return tasks_.size();
}

void Workers::take_tasks() {
  std::unique_lock lock(mutex_);
  for (;;) {
    while (tasks_.empty() && !closing_) {
      ++idle_;
      wake_.wait(lock);
      --idle_;
    }
    if (closing_) return;
    Task& task = *tasks_.front();
    tasks_.pop_front();
    lock.unlock();
    task.work();
    lock.lock();
  }
}

}  // namespace birge::http
