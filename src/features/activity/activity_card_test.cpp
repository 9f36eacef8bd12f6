#include "features/activity/activity_card.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/activity/activity_testing.hpp"
#include "platform/db/migrations.hpp"

namespace birge::activity {
namespace {

using ::testing::Contains;
using testing::day;
using ::testing::HasSubstr;
using testing::made_world;
using testing::Maker;
using testing::World;

class Cards : public ::testing::TestWithParam<db::Engine> {};
INSTANTIATE_TEST_SUITE_P(BothEngines, Cards, db::both_engines(), db::engine_name);

/// What both a card and a whole activity say of a plan.
auto plan_of(auto const& each) {
  return std::tuple(each.kind, each.state, each.day, each.precision, each.end_day, each.start_minutes, each.end_minutes, each.reach, each.place,
                    each.village, each.lead, each.moved_from_day, each.moved_from_place, each.due_day);
}

TEST_P(Cards, SayWhatTheWholeActivitySays) {
  auto& world = made_world(GetParam());
  Filter filter;
  filter.edition = world.edition().id;
  auto const cards = world.ask([&](Store& store) { return store.list(filter, world.facts(), Language::ru, world.today(), {}, 1000); });
  ASSERT_GT(cards.size(), 50U);
  for (auto const& card : cards) {
    auto const whole = world.find(card.id);
    EXPECT_EQ(plan_of(card), plan_of(whole));
    EXPECT_EQ(card.title, whole.text(Language::ru).title);
    EXPECT_EQ(card.venue, whole.text(Language::ru).venue);
    EXPECT_EQ(card.text_language, whole.text_language(Language::ru));
    EXPECT_EQ(card.attendance, whole.result ? whole.result->attendance : std::nullopt);
    EXPECT_EQ(card.audience, whole.result ? whole.result->audience : std::nullopt);
  }
}

TEST_P(Cards, FollowEveryChangeOfAPlan) {
  World world(GetParam());
  auto plan = world.plain();
  plan.texts["ru"] = {"Безопасная миграция", "", "Клуб"};
  auto const id = world.add(plan);
  auto const change = [&](auto const& how) {
    auto const stored = world.find(id);
    auto changed = stored;
    how(changed);
    world.replace(changed, stored);
    EXPECT_EQ(world.wrong_tallies(), std::vector<std::string>{});
  };
  change([](Activity& activity) { activity.kind = "training"; });
  change([](Activity& activity) { activity.end_day = day("2018-10-26"); });
  change([](Activity& activity) { activity.start_minutes = 600; });
  change([](Activity& activity) { activity.end_minutes = 690; });
  change([&](Activity& activity) { activity.place = world.place("talas"); });
  change([](Activity& activity) { activity.village = "Кара-Суу"; });
  change([&](Activity& activity) { activity.lead = world.organisation(1); });
  change([&](Activity& activity) {
    activity.moved_from_day = day("2018-10-20");
    activity.moved_from_place = world.place("naryn");
  });
  change([](Activity& activity) { activity.due_day = day("2018-11-20"); });
  change([](Activity& activity) { activity.texts["ru"].venue = "Школа"; });
  change([](Activity& activity) {
    activity.reach = Reach::online;
    activity.place.reset();
    activity.village.clear();
  });
  change([](Activity& activity) { activity.texts["ky"].title = "Бир сап\nэки сап"; });
  auto const cards = world.ask([&](Store& store) {
    Filter filter;
    filter.edition = world.edition().id;
    return store.list(filter, world.facts(), Language::ky, world.today(), {}, 10);
  });
  ASSERT_EQ(cards.size(), 1U);
  EXPECT_EQ(cards.front().title, "Бир сап эки сап");
}

TEST_P(Cards, ThatAreWrongAreFoundAndMadeAnew) {
  World world(GetParam());
  Maker maker(world, 3);
  for (int i = 0; i < 5; ++i) world.add(maker.make());
  world.database().write([&](db::Tx& tx) { EXPECT_GT(tx.run("update activity_card set card = 'damaged' where language = 'ky'"), 0); });
  EXPECT_THAT(world.wrong_tallies(), Contains(HasSubstr("differs")));
  world.database().write([&](db::Tx& tx) {
    tx.run("delete from activity_card");
    tx.run("insert into activity_card (activity, language, original, card) select id, 'en', 1, '' from activity");
  });
  EXPECT_THAT(world.wrong_tallies(), Contains(HasSubstr("in ky differs"))) << "missing";
  EXPECT_THAT(world.wrong_tallies(), Contains(HasSubstr("in en differs"))) << "without a text";
  world.database().write([&](db::Tx& tx) { rebuild_tallies(tx, world.facts()); });
  EXPECT_EQ(world.wrong_tallies(), std::vector<std::string>{});
}

TEST_P(Cards, OfAnOlderDatabaseAreMadeByItsMigration) {
  World world(GetParam());
  Maker maker(world, 5);
  for (int i = 0; i < 60; ++i) world.add(maker.make());
  auto const migrations = db::embedded_migrations();
  auto const step = std::ranges::find(migrations, std::string_view("0036_cards"), &db::Migration::name);
  ASSERT_NE(step, migrations.end());
  world.database().write([&](db::Tx& tx) {
    tx.run("drop table activity_card");
    tx.connection().script(db::migration_text(step->sql, tx.engine()));
  });
  EXPECT_EQ(world.wrong_tallies(), std::vector<std::string>{});
}

TEST(Card, ThatIsNoneIsRefused) {
  Activity activity;
  activity.kind = "lecture";
  activity.day = activity.end_day = activity.due_day = day("2018-10-25");
  auto const right = card_text(activity, "ru", {"Лекция", "", "Клуб"});
  Card card;
  read_card(card, right);
  EXPECT_EQ(card.venue, "Клуб");
  EXPECT_EQ(card.place, std::nullopt);
  EXPECT_EQ(card.text_language, "ru");
  read_card(card, card_text(activity, "ru", {"Лекция\nв школе", "", ""}));
  EXPECT_EQ(card.title, "Лекция в школе");
  auto const without_last_line = right.substr(0, right.rfind('\n'));
  auto wrong_day = right;
  wrong_day.replace(wrong_day.find("2018-10-25"), 10, "2018-10-32");
  for (auto const& text : {std::string(), std::string("ru"), without_last_line, right + "\nmore", wrong_day, "\n" + right})
    EXPECT_THROW(read_card(card, text), db::Error) << text;
}

}  // namespace
}  // namespace birge::activity
