#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <thread>

#include "features/activity/activity_store.hpp"
#include "features/audit/chain.hpp"
#include "features/work/work_seen.hpp"
#include "platform/base/problem.hpp"
#include "report.hpp"

/// The program that the crash tests kill: many threads that report activities as fast as they are let, as the page of a result does, and say so once
/// the writer told them that it is durable.
///
///   crash_load prepare ADDRESS COUNT SEED             adds activities until COUNT wait for their report, and prints a line for each: who reports it,
///                                                     its id and the form to send
///   crash_load write ADDRESS THREADS SEED [lowered]   reports until it is killed; a line for each report: its token, its activity, the version it
///                                                     led to and the head of the audit log
///   crash_load check ADDRESS                          reads those lines and looks whether everything they promise is there, and nothing half
///
/// `lowered` turns off what makes a commit durable on PostgreSQL, to see that the test notices.
namespace birge::crash {

namespace {

std::int64_t number_of(std::int64_t seed, std::size_t position) { return seed * 1'000'000 + static_cast<std::int64_t>(position); }

void tell(std::string const& line) {
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::_Exit(1);
}

void refuse() {
  tell("refused\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

struct Load {
  db::Database& database;
  IdMaker& ids;
  Clock const& clock;
  campaign::Facts const& facts;
  std::vector<Reporter> people;
  bool lowered = false;
};

/// What a page reads before it stores.
struct Page {
  activity::Activity activity;
  work::Beside beside;
  bool stored = false;  ///< the same form, before an answer that never came
};

Page open(Load const& load, ActivityId id, Person const& person, std::string const& token) {
  return load.database.read([&](db::Reader& read) {
    work::Store store(read);
    return Page{activity::Store(read).find(id).value(), store.beside(id), store.posted(person.id, token).has_value()};
  });
}

/// As save_result of the pages. Returns the head of the audit log with this report, or - where the same form was stored before.
std::string send(Load const& load, Waiting const& one, Report const& report) {
  auto const& person = load.people.at(one.reporter).person;
  auto const page = open(load, one.id, person, report.token());
  if (page.stored) return "-";
  auto const now = load.clock.now();
  auto const form = work::read_result(report.form(), page.activity, load.facts, load.facts.today(now));
  if (!form.faults.empty()) throw std::logic_error("the form has a fault in " + std::string(form.faults.front().field));
  work::Step step;
  step.action = work::Action::report;
  step.version = 1;
  step.token = report.token();
  step.words = form.words;
  step.change = [&](activity::Activity& activity) { activity.result = form.result; };
  return load.database.write([&](db::Tx& tx) -> std::string {
    if (load.lowered) tx.run("set local synchronous_commit = off");
    auto const done = work::make_step(tx, {load.ids, load.facts, person, now}, page.activity, page.beside, step);
    if (done.outcome == work::Outcome::stale) throw std::logic_error("somebody else changed " + id_text(one.id));
    return done.outcome == work::Outcome::done ? audit::head_text(audit::head(tx)) : "-";
  });
}

/// Whether it is stored now; otherwise whoever asked is told to come back, as the endpoint does, and nothing is promised.
bool try_once(Load const& load, Waiting const& one, Report const& report) {
  try {
    auto const head = send(load, one, report);
    tell(fmt::format("{} {} 2 {}\n", report.token(), id_text(one.id), head));
    return true;
  } catch (Problem const& problem) {
    if (problem.failure != Failure::busy) throw;  // busy: a full disk, a server that went away
  } catch (db::Error const& error) {
    using Kind = db::Error::Kind;
    if (error.kind != Kind::connection && error.kind != Kind::retry && error.kind != Kind::busy) throw;
  }
  refuse();
  return false;
}

int write(db::Database& database, IdMaker& ids, Clock const& clock, std::size_t threads, std::int64_t seed, bool lowered) {
  auto const facts = database.read([](db::Reader& read) { return campaign::facts(read); });
  auto const all = database.read([](db::Reader& read) { return waiting(read); });
  Load const load{database, ids, clock, *facts, database.read([](db::Reader& read) { return reporters(read); }), lowered};
  std::vector<std::jthread> running;
  for (std::size_t thread = 0; thread < threads; ++thread)
    running.emplace_back([&, thread] {
      for (auto position = thread; position < all.size(); position += threads)
        while (!try_once(load, all[position], Report(number_of(seed, position)))) {}
      ::pause();  // until we are killed
    });
  return 0;
}

int prepare_and_list(db::Database& database, IdMaker& ids, Clock const& clock, std::size_t count, std::int64_t seed) {
  prepare(database, ids, clock, count);
  auto const people = database.read([](db::Reader& read) { return reporters(read); });
  auto const all = database.read([](db::Reader& read) { return waiting(read); });
  for (std::size_t position = 0; position < all.size(); ++position) {
    Report const report(number_of(seed, position));
    auto form = report.form();
    form.set("post", report.token());
    form.set("version", "1");
    fmt::print("{} {} {} {}\n", people.at(all[position].reporter).login, id_text(all[position].id), report.token(), form.encoded());
  }
  return 0;
}

}  // namespace

int run(std::vector<std::string> const& arguments) {
  if (arguments.size() < 2)
    throw std::invalid_argument("crash_load prepare ADDRESS COUNT SEED | write ADDRESS THREADS SEED [lowered] | check ADDRESS");
  db::Options options;
  options.create = false;
  // So that the power also fails while the log is carried over into the database; which makes what it holds durable, whatever else does not.
  options.log_pages = std::getenv("CRASH_LOG_KEPT") ? 1'000'000 : 150;
  auto const database = db::Database::open(arguments[1], options);
  if (arguments[0] == "check") return check(*database);
  auto const number = std::stoull(arguments.at(2));
  auto const seed = std::stoll(arguments.at(3));
  auto const clock = system_clock();
  IdMaker ids(*clock, static_cast<int>(seed % 256));
  if (arguments[0] == "prepare") return prepare_and_list(*database, ids, *clock, number, seed);
  return write(*database, ids, *clock, number, seed, arguments.size() > 4 && arguments[4] == "lowered");
}

}  // namespace birge::crash

int main(int count, char** arguments) {
  try {
    return birge::crash::run({arguments + 1, arguments + count});
  } catch (std::exception const& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
