#include "features/campaign/campaign_daily.hpp"

#include <gtest/gtest.h>

#include "platform/db/testing.hpp"

namespace birge::campaign {
namespace {

class Daily : public testing::TestWithParam<db::Engine> {
protected:
  db::TestDatabase database_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Daily, db::both_engines(), db::engine_name);

TEST_P(Daily, TheHourIsTheCountrysAsSoonAsThereIsOne) {
  auto const schedule = daily("digests", 8 * 60);
  auto const next = [&] {
    return iso(database_->read([&](db::Reader& read) { return schedule.next(read, parse_instant("2018-09-14T12:00:00Z").value()); }));
  };
  EXPECT_EQ(next(), "2018-09-15T08:00:00Z") << "before the country pack is loaded";
  database_->write([](db::Tx& tx) { tx.run("insert into setting (name, value) values ('time_zone', 'Asia/Bishkek')"); });
  EXPECT_EQ(next(), "2018-09-15T02:00:00Z");
}

}  // namespace
}  // namespace birge::campaign
