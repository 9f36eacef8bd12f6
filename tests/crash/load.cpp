#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <thread>

#include "features/activity/activity_store.hpp"
#include "features/audit/audit.hpp"
#include "features/audit/chain.hpp"
#include "features/campaign/campaign.hpp"
#include "platform/base/problem.hpp"
#include "platform/db/database.hpp"
#include "platform/db/migrations.hpp"

/// The program that the crash tests kill: many threads that report activities as fast as they are let, and say so once the writer told them
/// that it is durable.
///
///   crash_load write ADDRESS THREADS SEED [lowered]   reports until it is killed; a line for each report: its id and the head of the audit log
///   crash_load check ADDRESS                          reads those lines and looks whether everything they promise is there, and nothing half
///
/// `lowered` turns off what makes a commit durable on PostgreSQL, to see that the test notices.
namespace birge::crash {

namespace {

using activity::Activity;
using activity::ActivityId;

/// An activity with a result whose numbers follow from its id, so that a half one can be told from a whole one.
Activity reported(campaign::Facts const& facts, std::int64_t number) {
  auto const& edition = facts.editions.front();
  Activity activity;
  activity.edition = edition.id;
  activity.kind = "lecture";
  activity.state = activity::State::reported;
  activity.day = activity.end_day = edition.campaign_from.plus(static_cast<int>(number % 90));
  activity.place = facts.places->regions().at(static_cast<std::size_t>(number) % facts.places->regions().size())->id;
  activity.lead = facts.organisation_slugs.begin()->second;
  activity.texts["ky"] = {"Лекция " + std::to_string(number), "", ""};
  activity::Result result;
  auto const people = 10 + number % 90;
  result.method = "head_count";
  result.attendance = activity::Count{people, people};
  result.cells.push_back({activity::Sex::female, "unknown", {people, people}});
  result.reported_day = activity.day;
  activity.result = std::move(result);
  return activity;
}

struct Written {
  ActivityId id;
  audit::Head head;
};

Written write_one(db::Database& database, IdMaker& ids, campaign::Facts const& facts, Clock const& clock, std::int64_t number, bool lowered) {
  return database.write([&](db::Tx& tx) {
    if (lowered) tx.run("set local synchronous_commit = off");
    activity::Saver saver(tx, ids, facts, clock.now());
    auto const id = saver.add(reported(facts, number), "crash test");
    saver.finish();
    audit::Entry entry(audit::Who::system(), "reported", {"activity", id}, clock.now());
    audit::record(tx, entry.with("attendance", 10 + number % 90));
    return Written{id, audit::head(tx)};
  });
}

void tell(std::string const& line) {
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::_Exit(1);
}

void refuse() {
  tell("refused\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

int write(db::Database& database, int threads, std::int64_t seed, bool lowered) {
  auto const clock = system_clock();
  IdMaker ids(*clock, static_cast<int>(seed % 256));
  auto const facts = database.read([](db::Reader& read) { return campaign::facts(read); });
  std::vector<std::jthread> all;
  for (int thread = 0; thread < threads; ++thread)
    all.emplace_back([&, thread] {
      for (std::int64_t number = seed * 1'000'000 + thread;; number += threads) {
        try {
          auto const written = write_one(database, ids, *facts, *clock, number, lowered);
          tell(fmt::format("{} {}\n", id_text(written.id), audit::head_text(written.head)));
        } catch (Problem const& problem) {
          if (problem.failure != Failure::busy) throw;
          refuse();  // a full disk: nothing is promised
        } catch (db::Error const& error) {
          // A server that went away in the middle: whoever asked is told to come back, as the endpoint does, and nothing is promised.
          using Kind = db::Error::Kind;
          if (error.kind != Kind::connection && error.kind != Kind::retry && error.kind != Kind::busy) throw;
          refuse();
        }
      }
    });
  return 0;
}

struct Stored {
  std::int64_t id = 0;
  std::int64_t attendance = 0;
};

/// What is wrong, a line each.
std::vector<std::string> check(db::Reader& read, campaign::Facts const& facts, std::map<std::int64_t, std::string> const& promised,
                               audit::Head const& last) {
  std::vector<std::string> wrong;
  std::map<std::int64_t, std::int64_t> logged, stored;
  read.each<std::int64_t>("select object_id from audit where action = 'reported' and actor = 'system'", [&](std::int64_t id) { ++logged[id]; });
  read.each<Stored>(
      "select a.id, c.low from activity a join activity_change h on h.activity = a.id and h.actor = 'crash test' join result_count c on c.activity = a.id"
      " where a.attendance_low = c.low",
      [&](Stored&& row) { stored[row.id] = row.attendance; });
  for (auto const& [id, line] : promised) {
    if (!stored.contains(id)) wrong.push_back("was promised and is not there: " + line);
    if (!logged.contains(id)) wrong.push_back("was promised and is not in the audit log: " + line);
  }
  for (auto const& [id, times] : logged)
    if (times != 1 || !stored.contains(id)) wrong.push_back("half of a report: " + id_text(id));
  auto const histories = read.one<std::int64_t>("select count(*) from activity_change where actor = 'crash test'");
  if (histories != static_cast<std::int64_t>(stored.size()) || logged.size() != stored.size())
    wrong.emplace_back("reports, results and log differ in number");
  for (auto& difference : activity::check_tallies(read, facts)) wrong.push_back(std::move(difference));
  auto const verdict = audit::check_chain(read, last.sequence > 0 ? std::optional(last) : std::nullopt);
  for (auto const& fault : verdict.faults) wrong.push_back(fault.text);
  return wrong;
}

int check(db::Database& database) {
  std::map<std::int64_t, std::string> promised;
  audit::Head last;
  for (std::string line; std::getline(std::cin, line);) {
    auto const space = line.find(' ');
    auto const id = parse_id(line.substr(0, space));
    auto const head = space == std::string::npos ? std::nullopt : audit::parse_head(line.substr(space + 1));
    if (!id || !head) continue;  // cut off by the kill, or refused
    promised[*id] = line;
    if (head->sequence > last.sequence) last = *head;
  }
  auto const wrong = database.read([&](db::Reader& read) { return check(read, *campaign::facts(read), promised, last); });
  constexpr std::size_t told = 10;
  for (std::size_t i = 0; i < wrong.size() && i < told; ++i) fmt::print("{}\n", wrong[i]);
  fmt::print("{} promised, {} wrong\n", promised.size(), wrong.size());
  return wrong.empty() ? 0 : 3;
}

}  // namespace

int run(std::vector<std::string> const& arguments) {
  if (arguments.size() < 2) throw std::invalid_argument("crash_load write ADDRESS THREADS SEED [lowered] | check ADDRESS");
  db::Options options;
  options.create = false;
  // So that the power also fails while the log is carried over into the database; which makes what it holds durable, whatever else does not.
  options.log_pages = std::getenv("CRASH_LOG_KEPT") ? 1'000'000 : 150;
  auto const database = db::Database::open(arguments[1], options);
  if (arguments[0] == "check") return check(*database);
  return write(*database, std::stoi(arguments.at(2)), std::stoll(arguments.at(3)), arguments.size() > 4 && arguments[4] == "lowered");
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
