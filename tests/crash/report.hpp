#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/account.hpp"
#include "features/activity/activity.hpp"
#include "features/campaign/campaign.hpp"
#include "platform/db/database.hpp"
#include "platform/http/message.hpp"

/// What the crash tests write: focal points report activities that took place, through the steps and the writer that their pages use.
namespace birge::crash {

using account::Person;
using activity::ActivityId;

/// A report of which every word and number follows from its token, so that half of one, or one put together of two, can be told from a whole one.
class Report {
public:
  explicit Report(std::int64_t number) : number_(number) {}
  /// Nothing for a token that is none of ours.
  static std::optional<Report> of(std::string_view token);

  std::string token() const;  ///< letters only: numbers would be taken for somebody's telephone
  std::int64_t women() const { return 5 + number_ % 56; }
  std::int64_t men() const { return 5 + number_ / 56 % 56; }
  std::int64_t total() const { return women() + men(); }
  std::string narrative() const { return "Pupils asked much and stayed long, says " + token() + "."; }
  std::string challenges() const { return "The hall was cold, says " + token() + "."; }
  std::string recommendation() const { return "Come earlier, says " + token() + "."; }
  std::string question() const { return "Who helps abroad, asks " + token() + "?"; }
  http::Parameters form() const;  ///< the eight fields a focal point fills in

private:
  std::int64_t number_;
};

/// The two people of `birge user sample` who report for one organisation.
struct Reporter {
  std::string_view login;
  Person person;
};
std::vector<Reporter> reporters(db::Reader& read);

/// An activity that took place and waits for its report, and which of the reporters sends it.
struct Waiting {
  ActivityId id;
  std::size_t reporter = 0;
};
std::vector<Waiting> waiting(db::Reader& read);
/// Adds activities until so many wait, half of them approved and half held.
void prepare(db::Database& database, IdMaker& ids, Clock const& clock, std::size_t wanted);

/// Reads what was acknowledged from standard input and looks whether all of it is there, and nothing half. Tells what is wrong; the exit code.
int check(db::Database& database);

}  // namespace birge::crash
