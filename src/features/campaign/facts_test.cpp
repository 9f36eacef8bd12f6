#include "features/campaign/campaign.hpp"
#include "features/place/place_pack.hpp"
#include "platform/db/testing.hpp"

namespace birge::campaign {
namespace {

class FactsOf : public testing::TestWithParam<db::Engine> {
protected:
  void load(db::TestDatabase& database) {
    auto const files = PackFiles::embedded("kg");
    database->write([&](db::Tx& tx) {
      place::load_pack(tx, ids_, files);
      load_pack(tx, ids_, files, clock_.now());
    });
  }
  static std::shared_ptr<Facts const> facts(db::TestDatabase& database) {
    return database->read([](db::Reader& read) { return campaign::facts(read); });
  }

  db::TestDatabase database_{GetParam()};
  FixedClock clock_{parse_instant("2018-10-20T20:30:00Z").value()};
  IdMaker ids_{clock_, 0};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, FactsOf, db::both_engines(), db::engine_name);

TEST_P(FactsOf, AnUnknownEditionOrOrganisationIsNull) {
  load(database_);
  auto const facts = this->facts(database_);
  EXPECT_EQ(facts->edition("1999"), nullptr);
  EXPECT_EQ(facts->edition(EditionId{1}), nullptr);
  EXPECT_EQ(facts->organisation({1}), nullptr);
}

TEST_P(FactsOf, HoldWhatThePackSays) {
  load(database_);
  auto const facts = this->facts(database_);
  EXPECT_EQ(facts->country, "kg");
  EXPECT_EQ(facts->country_names.at("ru"), "Кыргызская Республика");
  EXPECT_EQ(facts->time_zone, "Asia/Bishkek");
  ASSERT_NE(facts->edition("2018"), nullptr);
  auto const unodc = facts->organisation_slugs.at("unodc");
  EXPECT_EQ(facts->organisation(unodc)->short_name(Language::ru), "УНП ООН");
  EXPECT_EQ(facts->contacts.front().code, "1899");
  EXPECT_EQ(facts->places->regions().size(), 9u);
}

TEST_P(FactsOf, TodayIsTheDayInTheCountry) {
  load(database_);
  auto const facts = this->facts(database_);
  EXPECT_EQ(facts->today(clock_.now()), Day::parse("2018-10-21"));  // half past two at night in Bishkek
  EXPECT_EQ(facts->current(clock_.now())->slug, "2018");
}

TEST_P(FactsOf, AreTheSameObjectUntilSomethingIsTouched) {
  load(database_);
  auto const before = facts(database_);
  EXPECT_EQ(facts(database_), before);
  database_->write([&](db::Tx& tx) {
    record_check(tx, ids_, "1899", Day::parse("2018-10-20").value(), "UNODC", "called", true, "", Day::parse("2018-10-20").value());
  });
  auto const after = facts(database_);
  EXPECT_NE(after, before);
  EXPECT_NE(after->version, before->version);
  EXPECT_TRUE(after->contacts.front().checked);
  EXPECT_FALSE(before->contacts.front().checked);
}

TEST_P(FactsOf, AWriteThatWasUndoneLeavesNoTrace) {
  load(database_);
  auto const before = facts(database_);
  EXPECT_THROW(database_->write([&](db::Tx& tx) {
    tx.run("delete from contact_text");
    touch_facts(tx);
    EXPECT_TRUE(campaign::facts(tx)->contacts.front().texts.empty());
    throw std::runtime_error("changed my mind");
  }),
               std::runtime_error);
  EXPECT_EQ(facts(database_), before);
}

TEST_P(FactsOf, TwoDatabasesMadeAtTheSameInstantNeverMeet) {
  db::TestDatabase other(GetParam());
  load(database_);
  FixedClock const same(clock_.now());
  IdMaker same_ids(same, 0);
  other->write([&](db::Tx& tx) { touch_facts(tx); });
  EXPECT_NE(facts(other), facts(database_));
  EXPECT_TRUE(facts(other)->editions.empty());
  EXPECT_EQ(facts(database_)->editions.size(), 2u);
}

TEST_P(FactsOf, DocumentedPlacesOfThePackExist) {
  load(database_);
  auto const facts = this->facts(database_);
  EXPECT_EQ(facts->organisation(facts->organisation_slugs.at("osh-city-hall"))->region, facts->places->by_code("KG21000000000")->id);
}

}  // namespace
}  // namespace birge::campaign
