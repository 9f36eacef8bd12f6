#include "platform/http/workers.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <system_error>

#include "platform/base/turns.hpp"

namespace birge::http {
namespace {

/// As many as may share one commit. A thread that is idle costs a few pages of memory.
constexpr std::size_t most_waiting_threads = 256;

}  // namespace

Workers::Workers(int working, std::size_t waiting) : most_waiting_(waiting), most_working_(std::max(working, 1)) {
  std::lock_guard const lock(mutex_);
  for (int i = 0; i < most_working_; ++i) threads_.emplace_back([this] { take_tasks(); });
}

Workers::~Workers() {
  {
    std::lock_guard const lock(mutex_);
    closing_ = true;
    tasks_.clear();
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();  // none is added any more
}

bool Workers::offer(Task& task) {
  std::unique_lock lock(mutex_);
  // A task that a worker takes at once does not wait, so a bound of zero still serves.
  if (tasks_.size() >= most_waiting_ + static_cast<std::size_t>(std::max(most_working_ - working_, 0))) return false;
  tasks_.push_back(&task);
  call_one(lock);
  return true;
}

std::size_t Workers::waiting() const {
  std::lock_guard const lock(mutex_);
  return tasks_.size();
}

void Workers::waiting_begins() noexcept {
  std::unique_lock lock(mutex_);
  --working_;
  call_one(lock);
}

void Workers::waiting_ends() noexcept {
  std::lock_guard const lock(mutex_);
  ++working_;
}

bool Workers::one_more() { return !tasks_.empty() && working_ < most_working_; }

/// Under load every worker is busy and takes the next task by itself: no system call then.
void Workers::call_one(std::unique_lock<std::mutex>& lock) {
  if (!one_more() || closing_) return;
  if (idle_ > 0) {
    lock.unlock();
    wake_.notify_one();
  } else if (threads_.size() < static_cast<std::size_t>(most_working_) + most_waiting_threads) {
    add_thread();
  }
}

void Workers::add_thread() {
  try {
    threads_.emplace_back([this] {
      take_usual_turns();  // the io thread, which may begin it, waits for its own
      take_tasks();
    });
  } catch (std::system_error const& error) {
    spdlog::warn("there is no further thread: {}", error.what());  // those that there are go on
  }
}

void Workers::take_tasks() {
  Waiting::lent_by(*this);
  std::unique_lock lock(mutex_);
  for (;;) {
    while (!one_more() && !closing_) {
      ++idle_;
      wake_.wait(lock);
      --idle_;
    }
    if (closing_) return;
    Task& task = *tasks_.front();
    tasks_.pop_front();
    ++working_;
    lock.unlock();
    task.work();
    lock.lock();
    --working_;
  }
}

}  // namespace birge::http
