#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/id.hpp"
#include "platform/db/database.hpp"

/// Work that is done after the request that wants it: e-mails, reminders, what happens every night. A job is a row, written in the
/// transaction of the change it belongs to, so neither is there without the other. It is done at least once; what it stores is stored
/// exactly once, together with the end of the job.
namespace birge::jobs {

struct Job {
  std::int64_t id = 0;
  std::string kind;
  std::string payload;
  int attempt = 1;  ///< 1 for the first
};

/// Puts a job into the queue, not to be done before `due`.
std::int64_t enqueue(db::Tx& tx, IdMaker& ids, std::string_view kind, std::string_view payload, Instant due, Instant now);

/// The same unless such a job with this payload waits already and nobody works on it.
void enqueue_once(db::Tx& tx, IdMaker& ids, std::string_view kind, std::string_view payload, Instant due, Instant now);

/// Thrown by a handler when trying again would not help. The text is for whoever runs the machine; it names nobody.
class Hopeless : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// What a job stores when its work is done, in the transaction that ends it. May be empty.
using Finish = std::function<void(db::Tx&)>;
/// Does what is slow, outside of every transaction, for ten minutes at most. Whatever it throws is tried again, after a minute at first and six hours
/// at last; after twelve attempts, also such as never came to an end, or Hopeless, the job is a dead letter that `birge doctor` shows.
using Handler = std::function<Finish(Job const&)>;

struct Kind {
  std::string name;
  Handler handler;
  /// Called in the transaction that makes the job a dead letter, so that whoever waits for it can be told.
  std::function<void(db::Tx&, Job const&)> given_up = {};
};

/// Something that happens regularly: it enqueues the job of its name, unless the last one still waits.
struct Schedule {
  std::string name;
  std::function<Instant(db::Reader&, Instant now)> next;  ///< the first moment after `now`
  /// Whether there is anything to do; empty: always. Once its moment has come it is asked for until there is, so that nothing is written for nothing.
  std::function<bool(db::Reader&)> wanted = {};
};
/// Every so often, counted from midnight UTC; see Schedule::wanted.
Schedule every(std::string name, std::chrono::minutes interval, std::function<bool(db::Reader&)> wanted = {});
/// Once a day, that many minutes after midnight in a time zone of the IANA database, which is asked for each time.
Schedule daily(std::string name, int minutes, std::function<std::string(db::Reader&)> time_zone);

/// How long to wait after an attempt that failed: 1, 2, 4 ... minutes, six hours at most.
std::chrono::milliseconds delay_after(int attempt);

/// Takes jobs that are due and does them. Several workers, in one program or in many on one database, share the work.
class Worker {
public:
  Worker(db::Database& database, Clock const& clock, IdMaker& ids, std::vector<Kind> kinds, std::vector<Schedule> schedules)
      : database_(database), clock_(clock), ids_(ids), kinds_(std::move(kinds)), schedules_(std::move(schedules)) {}

  struct Done {
    int done = 0, failed = 0;
    bool operator==(Done const&) const = default;
  };
  /// Does what is due until nothing is, or `stop` says so. Jobs of a kind that this worker does not know stay where they are.
  Done run_due(std::function<bool()> const& stop = [] { return false; });

private:
  bool anything_due();
  std::optional<Job> take();
  void keep_schedules(db::Tx& tx, Instant now);
  bool carry_out(Job const& job);
  void failed(Job const& job, bool hopeless, std::string_view why);

  db::Database& database_;
  Clock const& clock_;
  IdMaker& ids_;
  std::vector<Kind> kinds_;
  std::vector<Schedule> schedules_;
};

/// For `birge doctor`, `birge jobs` and tests.
struct DeadLetter {
  std::int64_t id = 0;
  std::string kind;
  int attempt = 0;
  std::string failure;
  Instant created{};
};
struct State {
  std::int64_t waiting = 0;
  std::int64_t late = 0;  ///< due for more than an hour
  std::vector<DeadLetter> dead;
};
State state(db::Reader& read, Instant now);
/// Gives a dead letter another chance from the first attempt on; false when there is none with that id.
bool revive(db::Tx& tx, std::int64_t id, Instant now);
/// Deletes dead letters that were enqueued before a moment; how many.
std::int64_t forget_dead(db::Tx& tx, Instant before);

}  // namespace birge::jobs
