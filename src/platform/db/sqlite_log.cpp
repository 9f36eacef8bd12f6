#include "platform/db/sqlite_log.hpp"

#include <spdlog/spdlog.h>

#include <memory>
#include <utility>

namespace birge::db {
namespace {

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

}  // namespace

LogCarrier::LogCarrier(sqlite3* writing, std::string path, int worth)
    : writing_(writing), path_(std::move(path)), worth_(worth), long_(3 * worth), little_(worth / 2), too_long_(10 * worth), patience_(worth / 4) {
  sqlite3_wal_hook(writing_, &LogCarrier::after_commit, this);
}

LogCarrier::~LogCarrier() {
  sqlite3_wal_hook(writing_, nullptr, nullptr);
  {
    std::scoped_lock const lock(mutex_);
    stopping_ = true;
  }
  asked_.notify_one();
  if (thread_.joinable()) thread_.join();
}

int LogCarrier::after_commit(void* object, sqlite3*, char const*, int pages) {
  static_cast<LogCarrier*>(object)->grown(pages);
  return SQLITE_OK;
}

void LogCarrier::grown(int pages) {
  std::unique_lock lock(mutex_);
  if (pages < carried_) carried_ = 0;  // it began anew
  if (pages < tried_) tried_ = 0;
  auto const left = pages - carried_;
  bool const is_long = pages >= long_;
  bool const by_itself = pages >= too_long_ || (is_long && left < little_ && !wanted_);
  if (by_itself && pages >= tried_ + patience_) {
    done_.wait(lock, [this] { return !wanted_; });
    tried_ = pages;
    lock.unlock();
    return carry(writing_);
  }
  if (wanted_ || alone_ || left < (is_long ? little_ : worth_)) return;
  wanted_ = true;
  if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
  asked_.notify_one();
}

void LogCarrier::work() {
  sqlite3* handle = nullptr;
  auto const code = sqlite3_open_v2(path_.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<sqlite3, Close> const database(handle);
  bool const usable = code == SQLITE_OK && sqlite3_exec(handle, "pragma synchronous = full", nullptr, nullptr, nullptr) == SQLITE_OK;
  if (!usable) spdlog::warn("the log of the database cannot be carried over beside the writes: {}", sqlite3_errmsg(handle));
  for (std::unique_lock lock(mutex_);;) {
    asked_.wait(lock, [this] { return wanted_ || stopping_; });
    if (stopping_) return;
    if (usable) {
      lock.unlock();
      carry(handle);
      lock.lock();
    }
    alone_ = !usable;
    wanted_ = false;
    done_.notify_one();
  }
}

/// As much as can be carried over without keeping anybody from reading or writing. What fails (a full disk does) stays in the log, where it is safe.
void LogCarrier::carry(sqlite3* database) {
  int pages = 0;
  int carried = 0;
  auto const code = sqlite3_wal_checkpoint_v2(database, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &carried);
  if (code != SQLITE_OK) return;
  std::scoped_lock const lock(mutex_);
  carried_ = carried;
}

}  // namespace birge::db
