#include "features/campaign/campaign_editing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "features/place/place_testing.hpp"
#include "platform/db/testing.hpp"

namespace birge::campaign {
namespace {

Day day(char const* iso) { return Day::parse(iso).value(); }

class EditionEditing : public testing::TestWithParam<db::Engine> {
protected:
  template <class Function>
  auto write(Function&& function) {
    return database_->write(std::forward<Function>(function));
  }
  EditionEditing() {
    database_->write([&](db::Tx& tx) {
      place::load_pack(tx, ids_, place::kyrgyz_pack());
      load_pack(tx, ids_, PackFiles::embedded("kg"), clock_.now());
      touch_facts(tx);
    });
  }
  Edition edition(EditionId id) {
    return database_->read([&](db::Reader& read) {
      auto const all = all_editions(read);
      return *std::ranges::find(all, id, &Edition::id);
    });
  }
  Edition documented() {
    return database_->read([](db::Reader& read) { return *facts(read)->edition("2018"); });
  }
  EditionId copy(int year = 2027) {
    auto const earlier = documented();
    return write([&](db::Tx& tx) { return add_edition(tx, ids_, like(earlier, year), earlier.id); });
  }
  template <class Function>
  auto ask(Function&& function) {
    return database_->read([&](db::Reader& read) {
      Editing editing(read);
      return function(editing);
    });
  }

  db::TestDatabase database_{GetParam()};
  FixedClock clock_{parse_instant("2026-11-21T06:00:00Z").value()};
  IdMaker ids_{clock_, 1};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, EditionEditing, db::both_engines(), db::engine_name);

}  // namespace

TEST(Edition, DaysUpsideDownAreRefusedEachAtItsField) {
  Dates dates{1, day("2027-07-01"), day("2027-06-01"), day("2027-05-01"), day("2027-04-01"), day("2028-01-01"), ""};
  std::vector<std::string> fields;
  for (auto const& fault : check(dates)) fields.push_back(fault.field);
  EXPECT_THAT(fields, testing::ElementsAre("campaign_from", "campaign_until", "closing_until", "conference_day"));
  EXPECT_TRUE(check(Dates{1, day("2027-07-01"), day("2027-09-13"), day("2027-12-13"), day("2028-01-31"), day("2027-12-17"), ""}).empty());
}

TEST(Edition, WithoutANameOrWithADeadlineOfNoDaysIsRefused) {
  EXPECT_EQ(check(EditionTexts{{{"ky", ""}}, {}, {}, 3}).front().field, "name_ky");
  EXPECT_EQ(check(EditionTexts{{{"ky", "100 күн"}}, {}, {}, 0}).front().field, "due_days");
  EXPECT_TRUE(check(EditionTexts{{{"ru", "100 дней"}}, {}, {}, 3}).empty());
}

TEST_P(EditionEditing, ASecondPersonNeverWritesOverTheFirst) {
  auto const id = copy();
  EditionTexts const texts{{{"ky", "Биринчи"}}, {}, {}, 5};
  EXPECT_EQ(write([&](db::Tx& tx) { return save_texts(tx, id, 1, texts); }), 2);
  EXPECT_THROW(write([&](db::Tx& tx) { return save_texts(tx, id, 1, {{{"ky", "Экинчи"}}, {}, {}, 4}); }), Problem);
  EXPECT_EQ(edition(id).names.at("ky"), "Биринчи");
  EXPECT_EQ(edition(id).due_days, 5);
}

TEST_P(EditionEditing, ADraftIsKnownToNoPageUntilItIsAnnounced) {
  auto const id = copy();
  auto const known = [&] { return database_->read([&](db::Reader& read) { return facts(read)->edition(id) != nullptr; }); };
  EXPECT_FALSE(known());
  write([&](db::Tx& tx) { return announce(tx, id, 1); });
  EXPECT_TRUE(known());
}

TEST_P(EditionEditing, CopiedItHasTheSameStructureInAnotherYearAndNobodysSlogan) {
  auto const earlier = documented();
  write([&](db::Tx& tx) { return save_targets(tx, earlier.id, 0, {}, {{{}, "", 80, 12'000}, {{}, "lecture", std::nullopt, 900}}); });
  auto const id = copy();
  auto const made = edition(id);
  EXPECT_EQ(made.slug, "2027");
  EXPECT_EQ(made.names.at("en"), "100 Days against Trafficking in Persons 2027");
  EXPECT_TRUE(made.slogans.empty());
  EXPECT_EQ(made.campaign_from.weekday(), earlier.campaign_from.weekday());
  EXPECT_EQ(made.campaign_from.year(), 2027);
  EXPECT_LE(std::abs(days_between(day("2027-09-10"), made.campaign_from)), 3);
  EXPECT_EQ(made.days_in_campaign(), earlier.days_in_campaign());
  EXPECT_EQ(ask([&](Editing& editing) { return editing.targets(id); }), ask([&](Editing& editing) { return editing.targets(earlier.id); }));
  EXPECT_EQ(ask([&](Editing& editing) { return editing.targets(id); }).size(), 2U);
  database_->read([&](db::Reader& read) {
    auto const here = Store(read).participants(id), there = Store(read).participants(earlier.id);
    ASSERT_EQ(here.size(), there.size());
    EXPECT_GT(here.size(), 3U);
    for (std::size_t i = 0; i < here.size(); ++i) EXPECT_EQ(here[i].organisation, there[i].organisation);
    EXPECT_TRUE(Store(read).stated_figures(id).empty()) << "what was published of one year is no fact of another";
  });
  EXPECT_EQ(edition(copy()).slug, "2027-2");
}

TEST_P(EditionEditing, AnExtensionKeepsTheOldDaysAndADraftSimplyChanges) {
  auto const id = copy();
  auto const before = edition(id);
  Dates dates{1, before.preparation_from, before.campaign_from, before.campaign_until.plus(7), before.closing_until.plus(7), before.conference_day,
              ""};
  write([&](db::Tx& tx) { return save_dates(tx, id, 1, dates); });
  EXPECT_EQ(ask([&](Editing& editing) { return editing.dates(id); }).size(), 1U);
  write([&](db::Tx& tx) { return announce(tx, id, 2); });
  dates.campaign_until = dates.campaign_until.plus(10);
  dates.reason = "Кар";
  write([&](db::Tx& tx) { return save_dates(tx, id, 3, dates); });
  auto const all = ask([&](Editing& editing) { return editing.dates(id); });
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].campaign_until, before.campaign_until.plus(7));
  EXPECT_EQ(all[1].reason, "Кар");
  EXPECT_EQ(edition(id).campaign_until, before.campaign_until.plus(17));
}

TEST_P(EditionEditing, ATargetThatIsNotSetHasNoRowAndRegionsDoNotTouchEachOther) {
  auto const id = copy();
  auto const naryn = database_->read([](db::Reader& read) { return facts(read)->places->by_code("naryn")->id; });
  write([&](db::Tx& tx) { return save_targets(tx, id, 1, {}, {{{}, "", 100, std::nullopt}, {{}, "lecture", std::nullopt, std::nullopt}}); });
  write([&](db::Tx& tx) { return save_targets(tx, id, 2, naryn, {{naryn, "", 10, 0}}); });
  EXPECT_THAT(ask([&](Editing& editing) { return editing.targets(id); }),
              testing::ElementsAre(Target{{}, "", 100, std::nullopt}, Target{naryn, "", 10, 0}));
  write([&](db::Tx& tx) { return save_targets(tx, id, 3, naryn, {}); });
  EXPECT_EQ(ask([&](Editing& editing) { return editing.targets(id); }).size(), 1U);
}

TEST_P(EditionEditing, RecommendationsAreNumberedAndTheNextEditionOpensOnThem) {
  auto const first = copy(2026), second = copy(2027);
  Recommendation promise;
  promise.texts["ky"] = "Жыл сайын өткөрүү";
  promise.due = day("2027-06-01");
  write([&](db::Tx& tx) { save_recommendation(tx, ids_, first, promise); });
  write([&](db::Tx& tx) { save_recommendation(tx, ids_, first, promise); });
  auto all = ask([&](Editing& editing) { return editing.recommendations(first); });
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].number, 2);
  EXPECT_EQ(all[0].state, "open");
  auto kept = all[0];
  kept.state = "kept";
  write([&](db::Tx& tx) { save_recommendation(tx, ids_, first, kept); });
  EXPECT_THROW(write([&](db::Tx& tx) { save_recommendation(tx, ids_, first, kept); }), Problem) << "of a version that is gone";
  EXPECT_EQ(ask([&](Editing& editing) { return editing.recommendations(first); }).front().state, "kept");
  EXPECT_EQ(ask([&](Editing& editing) { return editing.edition_before(edition(second)); }), first);
  EXPECT_FALSE(ask([&](Editing& editing) { return editing.edition_before(edition(first)); }));
}

TEST_P(EditionEditing, ADocumentedEditionIsKnownAsSuch) {
  EXPECT_TRUE(ask([&](Editing& editing) { return editing.work(documented().id); }).documented);
  EXPECT_FALSE(ask([&](Editing& editing) { return editing.sources(documented().id); }).empty());
  EXPECT_FALSE(ask([&](Editing& editing) { return editing.work(copy()); }).documented);
}

}  // namespace birge::campaign
