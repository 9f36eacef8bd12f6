#pragma once

#include <sqlite3.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

/// Only inside this folder: what carries SQLite's write-ahead log over into the database.
namespace birge::db {

/// Carries the log of one connection over on a thread and a connection of its own, while that connection goes on writing. SQLite's own way does it
/// inside of a commit, so that everybody who saves at that moment waits until thousands of pages are copied and the disk has them.
///
/// The log begins anew only when all of it is carried over and nobody has written since, which never happens while many write without a pause. So when
/// it has become long, the writing connection carries the little that is left over itself.
class LogCarrier {
public:
  /// `writing` must outlive this; its hook for the log is set. `path` is that of its database. `worth` is how many pages the log must have grown by.
  LogCarrier(sqlite3* writing, std::string path, int worth);
  ~LogCarrier();
  LogCarrier(LogCarrier const&) = delete;
  LogCarrier& operator=(LogCarrier const&) = delete;

private:
  static int after_commit(void* object, sqlite3*, char const*, int pages);
  void grown(int pages);
  void work();
  void carry(sqlite3* database);

  sqlite3* writing_;
  std::string path_;
  int worth_;     ///< pages, as the limits that follow
  int long_;      ///< here the writing connection helps to let the log begin anew,
  int little_;    ///< when no more is left than is copied in a few milliseconds
  int too_long_;  ///< here it does all by itself
  int patience_;  ///< before it tries again: somebody who still reads can hold the log up
  std::mutex mutex_;
  std::condition_variable asked_, done_;
  int carried_ = 0;      ///< pages of the log that the database holds
  bool wanted_ = false;  ///< the thread shall carry over, or does
  bool alone_ = false;   ///< the thread cannot; the writing connection does it when the log is too long
  bool stopping_ = false;
  int tried_ = 0;       ///< length of the log when the writing connection last carried it over itself
  std::thread thread_;  ///< begun when the log is first long enough: most commands write too little for it
};

}  // namespace birge::db
