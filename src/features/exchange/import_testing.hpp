#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "features/activity/activity_store.hpp"
#include "features/activity/tally/tally_closing.hpp"
#include "features/exchange/exchange.hpp"
#include "features/place/place_pack.hpp"
#include "platform/base/clock.hpp"
#include "platform/db/testing.hpp"

/// Only for tests: the country pack in a database, and imports of files put together in the test.
namespace birge::exchange {

/// Loading the pack takes longer than a test, so it is done once for a suite and engine.
class CountryDatabase {
public:
  explicit CountryDatabase(db::Engine engine) : database_(engine) {
    auto const files = PackFiles::embedded("kg");
    database_->write([&](db::Tx& tx) { place::load_pack(tx, ids_, files); });
    database_->write([&](db::Tx& tx) { campaign::load_pack(tx, ids_, files, clock_.now()); });
  }
  db::Database& operator*() { return *database_; }
  IdMaker& ids() { return ids_; }

private:
  db::TestDatabase database_;
  FixedClock clock_{*parse_instant("2018-07-01T06:00:00Z")};
  IdMaker ids_{clock_, 1};
};

/// A new edition with the dates of 2018 and nothing in it.
class ImportDatabase {
public:
  explicit ImportDatabase(CountryDatabase& country) : database_(*country), ids_(country.ids()) {
    options_.edition = database_.write([&](db::Tx& tx) {
      auto const id = ids_.make<campaign::EditionTag>();
      tx.run("insert into edition (id, slug, year, sample, due_days, count_limit, audience_limit) values ($1, $2, 2018, 0, 3, 20000, 3000000)", id,
             "e" + id_text(id));
      tx.run(
          "insert into edition_dates (edition, version, preparation_from, campaign_from, campaign_until, closing_until, reason)"
          " values ($1, 1, '2018-07-02', '2018-09-10', '2018-12-10', '2019-01-25', '')",
          id);
      campaign::touch_facts(tx);
      return id;
    });
    options_.language = Language::ru;
  }

  db::Database& database() { return database_; }
  Options& options() { return options_; }
  FixedClock& clock() { return clock_; }
  IdMaker& ids() { return ids_; }
  std::shared_ptr<campaign::Facts const> facts() {
    return database_.read([](db::Reader& read) { return campaign::facts(read); });
  }

  Outcome import(std::string bytes) {
    auto const book = sheet::open_bytes(std::move(bytes));
    return import_activities(*book, database_, ids_, clock_, options_);
  }

  std::vector<activity::Activity> stored() {
    return database_.read([&](db::Reader& read) {
      std::vector<activity::Activity> list;
      activity::Filter filter;
      filter.edition = options_.edition;
      activity::Store(read).each(filter, *campaign::facts(read), Day{}, [&](activity::Activity const& activity) { list.push_back(activity); });
      return list;
    });
  }
  /// Closes the edition as the workspace does.
  void close() {
    database_.write([&](db::Tx& tx) {
      std::string const hash(32, 'h');
      activity::freeze(tx, options_.edition);
      tx.run(
          "insert into edition_closing (edition, number, at, person, entry, hash, reopened, reopened_by, reopened_reason)"
          " values ($1, 1, $2, 7, 1, $3, null, null, '')",
          options_.edition, clock_.now(), std::as_bytes(std::span(hash)));
      campaign::touch_facts(tx);
    });
  }
  std::vector<std::string> wrong_tallies() {
    return database_.read([](db::Reader& read) { return activity::check_tallies(read, *campaign::facts(read)); });
  }

private:
  db::Database& database_;
  IdMaker& ids_;
  FixedClock clock_{*parse_instant("2018-10-20T06:00:00Z")};
  Options options_;
};

class ImportTest : public testing::TestWithParam<db::Engine> {
protected:
  static void TearDownTestSuite() { countries_.clear(); }
  static CountryDatabase& country(db::Engine engine) {
    auto& country = countries_[engine];
    if (!country) country = std::make_unique<CountryDatabase>(engine);
    return *country;
  }
  ImportDatabase data_{country(GetParam())};

private:
  static inline std::map<db::Engine, std::unique_ptr<CountryDatabase>> countries_;
};

/// CSV with ; between cells, as they stand in `rows`.
inline std::string csv(std::vector<std::string> const& rows) {
  std::string text;
  for (auto const& row : rows) text += row + "\r\n";
  return text;
}

/// Codes of the errors, with the column's letter: "unknown_place@D".
inline std::vector<std::string> codes(Outcome const& outcome, Finding::Severity severity = Finding::Severity::error) {
  std::vector<std::string> codes;
  for (auto const& finding : outcome.findings)
    if (finding.severity == severity)
      codes.push_back(finding.code + (finding.column.empty() ? "" : "@" + finding.column.substr(0, finding.column.find(' '))));
  return codes;
}

inline bool nothing_lost(Outcome const& outcome) {
  return outcome.rows_read == outcome.added + outcome.updated + outcome.unchanged + outcome.skipped + outcome.blocked;
}

}  // namespace birge::exchange
