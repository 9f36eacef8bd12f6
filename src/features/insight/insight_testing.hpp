#pragma once

#include <memory>
#include <string>

#include "features/activity/activity_store.hpp"
#include "features/campaign/campaign_pack.hpp"
#include "features/place/place_testing.hpp"
#include "features/sample/sample.hpp"

/// Only for tests: a database with the country pack, and editions made by the sample's generator.
namespace birge::insight {

inline constexpr char const* test_moment = "2026-10-20T06:00:00Z";
inline Day test_today() { return Day::parse("2026-10-20").value(); }

class CampaignDatabase {
public:
  explicit CampaignDatabase(db::Engine engine) : database_(engine) {
    database_->write([&](db::Tx& tx) {
      place::load_pack(tx, ids_, place::kyrgyz_pack());
      campaign::load_pack(tx, ids_, PackFiles::embedded("kg"), clock_.now());
      campaign::touch_facts(tx);
    });
  }
  db::TestDatabase& operator*() { return database_; }
  void load(place::Pack const& pack) {
    database_->write([&](db::Tx& tx) { place::load_pack(tx, ids_, pack); });
  }

  campaign::EditionId sample(std::string slug, std::uint64_t seed, int activities) {
    sample::Options options;
    options.slug = std::move(slug);
    options.today = test_today();
    options.campaign_from = sample::campaign_from(options.today);
    options.activities = activities;
    options.seed = seed;
    return database_->write([&](db::Tx& tx) { return sample::load(tx, ids_, options, clock_.now()); });
  }

  void add(std::vector<activity::Activity> activities) {
    database_->write([&](db::Tx& tx) {
      auto const facts = campaign::facts(tx);
      activity::Saver saver(tx, ids_, *facts, clock_.now());
      for (auto const& activity : activities) saver.add(activity, "sample");
      saver.finish();
    });
  }

  coalition::OrganisationId organisation(std::string name) {
    return database_->write([&](db::Tx& tx) {
      coalition::Organisation made;
      made.kind = "youth";
      made.sample = true;
      made.original = "en";
      made.names["en"] = std::move(name);
      auto const id = coalition::add(tx, ids_, made, {}, clock_.now());
      campaign::touch_facts(tx);
      return id;
    });
  }

  template <class Function>
  auto read(Function&& function) {
    return database_->read(std::forward<Function>(function));
  }
  std::shared_ptr<campaign::Facts const> facts() {
    return read([](db::Reader& read) { return campaign::facts(read); });
  }

private:
  db::TestDatabase database_;
  FixedClock clock_{parse_instant(test_moment).value()};
  IdMaker ids_{clock_, 3};
};

}  // namespace birge::insight
