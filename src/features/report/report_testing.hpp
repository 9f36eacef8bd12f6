#pragma once

#include <string>

#include "features/activity/activity_pack.hpp"
#include "features/place/place_pack.hpp"
#include "features/report/report.hpp"
#include "features/sample/sample.hpp"
#include "platform/db/testing.hpp"

/// Only for tests: the country pack, its documented activities and a sample edition on its fortieth day.
namespace birge::report {

inline Instant const test_now = parse_instant("2026-10-20T06:00:00Z").value();

class SampleDatabase {
public:
  explicit SampleDatabase(db::Engine engine, int activities = 120) : database_(engine) {
    auto const pack = PackFiles::embedded("kg");
    database_->write([&](db::Tx& tx) {
      place::load_pack(tx, ids_, pack);
      campaign::load_pack(tx, ids_, pack, test_now);
      campaign::touch_facts(tx);
      activity::load_pack(tx, ids_, pack, *campaign::facts(tx), test_now);
      sample::Options options;
      options.today = campaign::facts(tx)->today(test_now);
      options.campaign_from = sample::campaign_from(options.today);
      options.activities = activities;
      sample::load(tx, ids_, options, test_now);
    });
  }
  db::Database* operator->() { return database_.operator->(); }
  IdMaker& ids() { return ids_; }

  /// The scope of the edition with this slug.
  Filter scope(std::string const& slug) {
    return database_->read([&](db::Reader& read) { return scope_of(campaign::facts(read)->edition(slug)->id, {}, {}, {}); });
  }
  Report gathered(Filter const& scope, Language language = Language::en) {
    return database_->read([&](db::Reader& read) { return gather(read, scope, language, test_now); });
  }
  /// Adds a lecture of the sample edition in Naryn whose result is overdue unless the state says otherwise.
  void add(std::string const& title, std::string const& state = "reported") {
    database_->write([&](db::Tx& tx) {
      auto const facts = campaign::facts(tx);
      activity::Saver saver(tx, ids_, *facts, test_now);
      Activity activity;
      activity.edition = facts->edition("sample")->id;
      activity.kind = "lecture";
      activity.state = activity::state_of(state).value();
      activity.day = activity.end_day = Day::parse("2026-09-15").value();
      activity.place = facts->places->by_code("naryn")->id;
      activity.lead = facts->organisation_slugs.begin()->second;
      activity.original = "en";
      activity.texts["en"] = {title, "", ""};
      saver.add(activity, "test");
      saver.finish();
    });
  }

private:
  db::TestDatabase database_;
  FixedClock clock_{test_now};
  IdMaker ids_{clock_, 1};
};

}  // namespace birge::report
