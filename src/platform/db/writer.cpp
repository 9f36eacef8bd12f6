#include "platform/db/writer.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "platform/base/waiting.hpp"
#include "platform/db/engine.hpp"

namespace birge::db {
namespace {

constexpr int attempts = 6;
constexpr auto slow_commit = std::chrono::milliseconds(4);  ///< longer than a disk that is made for databases takes for many writes

/// 20 ms, 40 ms, ... up to 640 ms: a server that restarts is back after that more often than not.
void pause_before(int attempt) { std::this_thread::sleep_for(std::chrono::milliseconds(10 << std::min(attempt, 6))); }

}  // namespace

void roll_back(Connection& connection) noexcept {
  try {
    if (connection.in_transaction()) run(connection, "rollback");
  } catch (std::exception const& error) { spdlog::warn("rollback failed: {}", error.what()); }
}

std::optional<Problem> problem_of(Error const& error) {
  switch (error.kind) {
    case Error::Kind::busy:
      return Problem(Failure::busy, message("Another program is writing to this database for too long. Please try again shortly."), error.what());
    case Error::Kind::full: return Problem(Failure::busy, message("The disk of the server is full, so nothing was saved."), error.what());
    case Error::Kind::connection: return Problem(Failure::busy, message("The database cannot be reached. Please try again shortly."), error.what());
    case Error::Kind::retry:
      return Problem(Failure::busy, message("Others changed the same data over and over. Please try again shortly."), error.what());
    case Error::Kind::overtaken:
      return Problem(Failure::conflict, message("Somebody else changed this meanwhile. Open the page again to see what is there now."), error.what());
    case Error::Kind::constraint:
    case Error::Kind::other: break;
  }
  return std::nullopt;
}

Writer::Writer(std::unique_ptr<Connection> connection, Open open, Options const& options)
    : connection_(std::move(connection)),
      open_(std::move(open)),
      queue_limit_(static_cast<std::size_t>(options.queue)),
      batch_limit_(static_cast<std::size_t>(std::max(options.batch, 1))),
      thread_([this] { work(); }) {}

Writer::~Writer() {
  {
    std::scoped_lock const lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
}

void Writer::apply(std::function<void(Tx&)> const& change) {
  if (std::this_thread::get_id() == thread_.get_id()) throw std::logic_error("a write inside a write");
  Item item{change};
  wait_for(item);
  if (!item.error) return;
  try {
    std::rethrow_exception(item.error);
  } catch (Error const& error) {
    if (auto problem = problem_of(error)) throw *problem;
    throw;
  }
}

void Writer::wait_for(Item& item) {
  Waiting const waiting;  // whoever lent this thread has others work meanwhile, so that many writes meet in one commit
  std::unique_lock lock(mutex_);
  if (queue_.size() >= queue_limit_)
    throw Problem(Failure::busy, message("Too many people are saving at this moment. Please try again shortly."), "the queue of writes is full");
  queue_.push_back(&item);
  arrived_.notify_one();
  item.finished.wait(lock, [&] { return item.done; });
}

void Writer::work() {
  for (;;) {
    auto const batch = next();
    if (batch.empty()) return;
    carry_out(batch);
    // Told under the lock: an item lives on the stack of its caller, who may be gone right after.
    std::scoped_lock const lock(mutex_);
    for (auto* item : batch) {
      item->done = true;
      item->finished.notify_one();
    }
  }
}

/// Where a commit is dear, those who were just answered are waited for, half as long as a commit takes: taken at once, the first to come back would
/// have a commit for itself, and everybody else would wait for it. Whoever writes alone waits for nobody.
Writer::Batch Writer::next() {
  std::unique_lock lock(mutex_);
  auto const expected = std::min(last_batch_ + queue_.size(), batch_limit_);
  arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  if (commit_took_ >= slow_commit) arrived_.wait_for(lock, commit_took_ / 2, [&] { return stopping_ || queue_.size() >= expected; });
  auto const count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), batch_limit_));
  Batch batch(queue_.begin(), queue_.begin() + count);
  queue_.erase(queue_.begin(), queue_.begin() + count);
  last_batch_ = batch.size();
  return batch;
}

void Writer::carry_out(Batch const& batch) {
  if (repeat_until_settled(batch) || batch.size() == 1) return;
  // One write took the others' transaction down with it (a full disk does): they go again, each on its own.
  auto const* culprit = culprit_;
  for (auto* item : batch)
    if (item != culprit) repeat_until_settled({item});
}

/// False when the writes of the batch should be tried one by one; each item's error tells how it ended otherwise.
bool Writer::repeat_until_settled(Batch const& batch) {
  for (int tries = 1;; ++tries) {
    culprit_ = nullptr;
    for (auto* item : batch) item->error = nullptr;
    try {
      connect();
      return attempt(batch);
    } catch (Error const& error) {
      if (connection_) roll_back(*connection_);
      bool const again = error.kind == Error::Kind::retry || error.kind == Error::Kind::connection;
      if (again && tries < attempts) {
        spdlog::warn("a batch of {} writes is repeated: {}", batch.size(), error.what());
        pause_before(tries);
        continue;
      }
      for (auto* item : batch) item->error = std::current_exception();
      // Nobody may write while another program does; everything else may be the fault of one of them.
      return error.kind == Error::Kind::busy || error.kind == Error::Kind::connection;
    } catch (...) {
      if (connection_) roll_back(*connection_);
      for (auto* item : batch) item->error = std::current_exception();
      return true;
    }
  }
}

std::string Writer::begin() {
  memory_.clear();
  return connection_->begin_writing();
}

void Writer::finish() { Tx(*connection_, &memory_).end_now(); }

void Writer::end(std::string const& transaction, bool changed) {
  if (!changed) roll_back(*connection_);
  else commit(transaction);
}

/// Most writes succeed, or are refused before they changed anything: without a savepoint for each, and without waiting for what is enqueued, a batch
/// takes much less. False where one of them failed half-way; everything is taken back then, and goes again with a way back for each.
bool Writer::attempt_plainly(Batch const& batch) {
  auto const transaction = begin();
  bool changed = false;
  try {
    for (auto* item : batch) {
      Tx tx(*connection_, &memory_, true);
      try {
        item->change(tx);
        changed = true;
      } catch (Error const&) { throw; } catch (...) {
        if (tx.wrote()) throw;
        // SQLite ends a transaction by itself after some errors, which the write may have kept to itself.
        if (connection_->engine() == Engine::sqlite && !connection_->in_transaction()) throw;
        item->error = std::current_exception();
      }
    }
    if (changed) {
      finish();
      connection_->settle();
    }
  } catch (Error const& error) {
    if (error.kind == Error::Kind::retry || error.kind == Error::Kind::connection) throw;
    // Others come of what people do at the same time; these of a statement that is wrong, and only the log tells.
    bool const of_people = error.kind == Error::Kind::overtaken || error.kind == Error::Kind::constraint;
    spdlog::log(of_people ? spdlog::level::info : spdlog::level::warn, "a batch of {} writes goes again, each with a way back: {}", batch.size(),
                error.what());
    roll_back(*connection_);
    return false;
  } catch (...) {
    spdlog::info("a batch of {} writes goes again, each with a way back: one was refused after it had begun", batch.size());
    roll_back(*connection_);
    return false;
  }
  end(transaction, changed);
  return true;
}

bool Writer::attempt(Batch const& batch) {
  if (batch.size() > 1 && attempt_plainly(batch)) return true;
  for (auto* item : batch) item->error = nullptr;
  auto const transaction = begin();
  bool changed = false;
  for (auto* item : batch) {
    if (!apply_one(*item, batch.size() == 1)) {
      culprit_ = item;
      return false;
    }
    changed = changed || !item->error;
  }
  end(transaction, changed);
  return true;
}

/// False when the transaction of the whole batch is lost. A write that is alone needs no savepoint, since the transaction is its own; that is
/// no small thing: for a savepoint SQLite keeps a copy of every page an import changes, and each later statement walks along all of them.
bool Writer::apply_one(Item& item, bool alone) {
  if (!alone) connection_->enqueue("savepoint one", {});
  try {
    Tx tx(*connection_, &memory_);
    item.change(tx);
    finish();
    connection_->settle();
  } catch (Error const& error) {
    if (error.kind == Error::Kind::retry || error.kind == Error::Kind::connection) throw;
    item.error = std::current_exception();
  } catch (...) { item.error = std::current_exception(); }
  if (item.error) memory_.clear();  // it may know what this write changed, which is taken back
  // Ask, do not guess: some errors undo everything, and SQLite decides which.
  if (item.error && !connection_->in_transaction()) return false;
  if (alone) return true;
  if (item.error) run(*connection_, "rollback to savepoint one");
  connection_->enqueue("release savepoint one", {});
  return true;
}

void Writer::commit(std::string const& transaction) {
  connection_->enqueue("update revision set number = number + 1", {});
  auto const began = std::chrono::steady_clock::now();
  try {
    run(*connection_, "commit");
    commit_took_ = std::chrono::steady_clock::now() - began;
  } catch (Error const& error) {
    // The answer got lost, not necessarily the commit: repeating it blindly could store everything twice.
    if (error.kind != Error::Kind::connection || !happened(transaction)) throw;
  }
}

void Writer::connect() {
  if (connection_ && connection_->usable()) return;
  connection_.reset();
  try {
    connection_ = open_();
  } catch (Problem const& problem) {
    if (problem.failure == Failure::busy) throw Error(Error::Kind::connection, problem.what());
    throw;
  }
}

bool Writer::happened(std::string const& transaction) {
  for (int tries = 1; tries <= attempts; ++tries) {
    try {
      connect();
      return connection_->was_committed(transaction);
    } catch (Error const& error) {
      spdlog::warn("cannot ask about a commit: {}", error.what());
      pause_before(tries + 1);
    }
  }
  throw Problem(Failure::busy, message("The connection to the database broke. Please look whether your change was saved before you repeat it."));
}

}  // namespace birge::db
