#include <spdlog/spdlog.h>

#include <algorithm>

#include "platform/jobs/jobs.hpp"

namespace birge::jobs {

using namespace std::chrono_literals;

namespace {

constexpr int attempts_at_most = 12;
constexpr auto hold = 10min;  // the longest that a handler may take

}  // namespace

std::int64_t enqueue(db::Tx& tx, IdMaker& ids, std::string_view kind, std::string_view payload, Instant due, Instant now) {
  auto const id = ids.next();
  tx.put("insert into job (id, kind, payload, state, due, taken_until, attempt, failure, created) values ($1, $2, $3, 'waiting', $4, 0, 0, '', $5)",
         id, kind, payload, due, now);
  return id;
}

void enqueue_once(db::Tx& tx, IdMaker& ids, std::string_view kind, std::string_view payload, Instant due, Instant now) {
  auto const waits =
      tx.maybe<std::int64_t>("select id from job where state = 'waiting' and kind = $1 and payload = $2 and attempt = 0 limit 1", kind, payload);
  if (!waits) enqueue(tx, ids, kind, payload, due, now);
}

Worker::Done Worker::run_due(std::function<bool()> const& stop) {
  Done all;
  while (!stop() && anything_due()) {
    auto const job = take();
    if (!job) break;  // another worker was faster
    ++(carry_out(*job) ? all.done : all.failed);
  }
  return all;
}

/// Asked on a snapshot, so that an idle worker never disturbs the writer.
bool Worker::anything_due() {
  auto const now = clock_.now();
  return database_.read([&](db::Reader& read) {
    for (auto const& schedule : schedules_) {
      auto const due = read.maybe<Instant>("select due from job_schedule where name = $1", schedule.name);
      if (!due || (*due <= now && (!schedule.wanted || schedule.wanted(read)))) return true;
    }
    db::Sql sql("select id from job where state = 'waiting' and due <= ? and taken_until <= ? and (kind = ''", now, now);
    for (auto const& kind : kinds_) sql.add(" or kind = ?", kind.name);
    return read.maybe<std::int64_t>(sql.add(") limit 1")).has_value();
  });
}

void Worker::keep_schedules(db::Tx& tx, Instant now) {
  for (auto const& schedule : schedules_) {
    auto const due = tx.maybe<Instant>("select due from job_schedule where name = $1", schedule.name);
    if (due && (*due > now || (schedule.wanted && !schedule.wanted(tx)))) continue;
    tx.run("insert into job_schedule (name, due) values ($1, $2) on conflict (name) do update set due = excluded.due", schedule.name,
           schedule.next(tx, now));
    // Seen for the first time it begins at its next moment. However long nobody worked, what was missed happens once.
    bool const waits = tx.one<int>("select count(*) from job where kind = $1 and state = 'waiting'", schedule.name) > 0;
    if (due && !waits) enqueue(tx, ids_, schedule.name, "", now, now);
  }
}

/// One at a time: its hold begins when its work does, and when it takes the program down with it no other job loses an attempt.
std::optional<Job> Worker::take() {
  auto const now = clock_.now();
  return database_.write([&](db::Tx& tx) {
    keep_schedules(tx, now);
    db::Sql sql(
        "update job set taken_until = ?, attempt = attempt + 1 where id = (select id from job where state = 'waiting' and due <= ?"
        " and taken_until <= ? and (kind = ''",
        now + hold, now, now);
    for (auto const& kind : kinds_) sql.add(" or kind = ?", kind.name);
    sql.add(") order by due, id limit 1");
    if (tx.engine() == db::Engine::postgres) sql.add(" for update skip locked");
    return tx.maybe<Job>(sql.add(") returning id, kind, payload, attempt"));
  });
}

bool Worker::carry_out(Job const& job) {
  // Of an attempt that fails the worker learns; of one that ends the program, or outlasts the hold, only this number tells.
  if (job.attempt > attempts_at_most) {
    failed(job, true, "the last attempt never ended: the program stopped during it, or it took longer than ten minutes");
    return false;
  }
  auto const kind = std::ranges::find(kinds_, job.kind, &Kind::name);
  try {
    auto const finish = kind->handler(job);
    database_.write([&](db::Tx& tx) {
      // Held too long, it may be somebody else's by now; then what it would store is theirs to store.
      if (tx.run("delete from job where id = $1 and attempt = $2 and state = 'waiting'", job.id, job.attempt) != 1) return;
      if (finish) finish(tx);
    });
    return true;
  } catch (Hopeless const& error) { failed(job, true, error.what()); } catch (std::exception const& error) {
    failed(job, false, error.what());
  }
  return false;
}

void Worker::failed(Job const& job, bool hopeless, std::string_view why) {
  constexpr std::size_t told = 300;
  bool const dead = hopeless || job.attempt >= attempts_at_most;
  spdlog::warn("job {} of kind {} failed in attempt {}{}: {}", id_text(job.id), job.kind, job.attempt, dead ? " and is given up" : "", why);
  auto const due = clock_.now() + delay_after(job.attempt);
  auto const kind = std::ranges::find(kinds_, job.kind, &Kind::name);
  database_.write([&](db::Tx& tx) {
    auto const ours = tx.run(
        "update job set state = $3, due = $4, taken_until = 0, failure = $5, attempt = $6 where id = $1 and attempt = $2 and state = 'waiting'",
        job.id, job.attempt, dead ? "dead" : "waiting", due, why.substr(0, told), std::min(job.attempt, attempts_at_most));
    if (dead && ours == 1 && kind->given_up) kind->given_up(tx, job);
  });
}

State state(db::Reader& read, Instant now) {
  State state;
  state.waiting = read.one<std::int64_t>("select count(*) from job where state = 'waiting'");
  state.late = read.one<std::int64_t>("select count(*) from job where state = 'waiting' and due < $1", now - 1h);
  state.dead = read.all<DeadLetter>("select id, kind, attempt, failure, created from job where state = 'dead' order by id limit 100");
  return state;
}

bool revive(db::Tx& tx, std::int64_t id, Instant now) {
  return tx.run("update job set state = 'waiting', attempt = 0, due = $2, taken_until = 0 where id = $1 and state = 'dead'", id, now) == 1;
}

std::int64_t forget_dead(db::Tx& tx, Instant before) { return tx.run("delete from job where state = 'dead' and created < $1", before); }

}  // namespace birge::jobs
