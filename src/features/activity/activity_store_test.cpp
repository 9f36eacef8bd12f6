#include <gtest/gtest.h>

#include <algorithm>

#include "features/activity/activity_testing.hpp"
#include "features/activity/activity_whole.hpp"
#include "platform/base/text.hpp"

namespace birge::activity {
namespace {

using testing::day;
using testing::World;

class ActivityStore : public ::testing::TestWithParam<db::Engine> {};
INSTANTIATE_TEST_SUITE_P(BothEngines, ActivityStore, db::both_engines(), db::engine_name);

TEST_P(ActivityStore, ASaveOverANewerVersionIsRefused) {
  World world(GetParam());
  auto const stored = world.find(world.add(world.plain()));
  auto changed = stored;
  changed.village = "Ат-Башы";
  world.replace(changed, stored);
  EXPECT_THROW(world.replace(changed, stored), Problem);
  auto progressed = stored;
  progressed.reason = "Күн суук";
  EXPECT_THROW(world.replace(progressed, stored), Problem) << "its history has a line of that version already, which comes of the same";
  EXPECT_EQ(world.find(stored.id).version, 2);
}

TEST_P(ActivityStore, NoWordOfWhatWasChangedOrRemovedStays) {
  World world(GetParam());
  auto const words_of = [&](ActivityId id) {
    return world.database().read([&](db::Reader& read) {
      return read.all<std::string>("select word from search_word where object = 'activity' and id = $1 order by word", id);
    });
  };
  auto const has = [](std::vector<std::string> const& words, char const* word) { return std::ranges::find(words, fold(word)) != words.end(); };
  auto activity = world.plain();
  activity.texts["ky"].title = "Кымыран";
  auto const stored = world.find(world.add(activity));
  auto const other = world.add(world.plain());
  auto const words_of_other = words_of(other);
  EXPECT_TRUE(has(words_of(stored.id), "Кымыран"));
  auto changed = stored;
  changed.texts["ky"].title = "Шалбаа";
  changed.day = changed.end_day = stored.day.plus(1);
  world.replace(changed, stored);
  EXPECT_FALSE(has(words_of(stored.id), "Кымыран"));
  EXPECT_TRUE(has(words_of(stored.id), "Шалбаа"));
  auto const found = world.find(stored.id);
  std::vector<Activity const*> const all{&found};
  world.database().write([&](db::Tx& tx) { remove(tx, world.facts(), all, world.clock().now()); });
  EXPECT_TRUE(words_of(stored.id).empty());
  EXPECT_EQ(
      world.database().read([&](db::Reader& read) { return read.one<int>("select count(*) from activity_words where activity = $1", stored.id); }),
      0);
  EXPECT_EQ(words_of(other), words_of_other);
}

TEST_P(ActivityStore, AnActivityComesBackWhole) {
  World world(GetParam());
  auto activity = world.plain();
  activity.state = State::confirmed;
  activity.co_hosts = {world.organisation(1)};
  activity.partners = {world.organisation(2)};
  activity.topics = {"forced_labour", "trafficking"};
  activity.audiences = {"students"};
  activity.start_minutes = 600;
  activity.expected = Count{20, 30};
  activity.moved_from_day = day("2018-10-20");
  activity.texts["ru"] = {"Безопасная миграция", "О выезде", "Школа 1"};
  activity.warnings = {{"outside_edition", "day", "2018-10-25"}};
  activity.result = Result{.version = 1,
                           .method = "head_count",
                           .attendance = Count{28, 31},
                           .audience = {},
                           .cells = {{Sex::female, "under_18", {10, 12}}},
                           .counted_by = world.organisation(3),
                           .reported_day = day("2018-10-27"),
                           .narrative = "Только для коалиции"};
  auto const found = world.find(world.add(activity));
  EXPECT_EQ(found.co_hosts, activity.co_hosts);
  EXPECT_EQ(found.partners, activity.partners);
  EXPECT_EQ(found.topics, activity.topics);
  EXPECT_EQ(found.audiences, activity.audiences);
  EXPECT_EQ(found.expected, activity.expected);
  EXPECT_EQ(found.texts, activity.texts);
  EXPECT_EQ(found.warnings, activity.warnings);
  ASSERT_TRUE(found.result);
  EXPECT_EQ(found.result->attendance, activity.result->attendance);
  EXPECT_EQ(found.result->cells, activity.result->cells);
  EXPECT_EQ(found.result->counted_by, activity.result->counted_by);
  EXPECT_EQ(found.due_day, campaign::due_day(found.end_day, world.edition().due_days, world.facts().holidays));
}

TEST_P(ActivityStore, AMoveKeepsTheUidAndRaisesTheSequence) {
  World world(GetParam());
  auto const stored = world.find(world.add(world.plain()));
  auto moved = stored;
  moved.moved_from_day = stored.day;
  moved.day = moved.end_day = stored.day.plus(7);
  world.replace(moved, stored, "moved");
  auto const found = world.find(stored.id);
  EXPECT_EQ(found.uid, stored.uid);
  EXPECT_EQ(found.sequence, stored.sequence + 1);
  EXPECT_GT(found.due_day, stored.due_day);
  Filter old;
  old.edition = world.edition().id;
  old.week = stored.day.week_start();
  EXPECT_EQ(world.ask([&](Store& store) { return store.count(old, world.facts(), world.today()); }), 0) << "it is counted once, on its new date";
}

TEST_P(ActivityStore, NoResultBecomesDueOfWhatIsKnownFromAPublishedPageAlone) {
  World world(GetParam());
  auto made = world.plain();
  made.state = State::held;
  made.due_day = never_due;
  auto const stored = world.find(world.add(made));
  auto known = stored;
  known.day = known.end_day = stored.day.plus(1);
  world.replace(known, stored);
  EXPECT_EQ(due(world.find(stored.id).due_day), std::nullopt);
}

TEST_P(ActivityStore, WhatACalendarDoesNotShowLeavesTheSequenceAlone) {
  World world(GetParam());
  auto const stored = world.find(world.add(world.plain()));
  auto changed = stored;
  changed.topics = {"forced_labour"};
  world.replace(changed, stored);
  EXPECT_EQ(world.find(stored.id).sequence, stored.sequence);
}

TEST_P(ActivityStore, ACorrectedResultIsANewVersionOfIt) {
  World world(GetParam());
  auto activity = world.plain();
  activity.state = State::reported;
  activity.result = Result{.version = 1,
                           .method = "",
                           .attendance = Count{40, 40},
                           .audience = {},
                           .cells = {{Sex::male, "adult", {40, 40}}},
                           .counted_by = {},
                           .reported_day = day("2018-10-26"),
                           .narrative = {}};
  auto const stored = world.find(world.add(activity));
  auto corrected = stored;
  corrected.result->attendance = Count{45, 45};
  corrected.result->cells = {};
  world.replace(corrected, stored, "corrected");
  auto const found = world.find(stored.id);
  EXPECT_EQ(found.result->version, 2);
  EXPECT_EQ(found.result->attendance, (Count{45, 45}));
  EXPECT_TRUE(found.result->cells.empty()) << "the cells of the old version are not those of the new one";
  EXPECT_EQ(world.ask([&](Store& store) { return store.history(stored.id); }).size(), 2U);
}

TEST_P(ActivityStore, AnOrganisationNamedTwiceHasOneRole) {
  World world(GetParam());
  auto activity = world.plain();
  activity.co_hosts = {activity.lead, world.organisation(1), world.organisation(1)};
  activity.partners = {world.organisation(1), world.organisation(2)};
  activity.topics = {"trafficking", "forced_labour", "trafficking"};
  auto const found = world.find(world.add(activity));
  EXPECT_EQ(found.co_hosts, std::vector{world.organisation(1)});
  EXPECT_EQ(found.partners, std::vector{world.organisation(2)});
  EXPECT_EQ(world.wrong_tallies(), std::vector<std::string>{});
}

TEST_P(ActivityStore, TextsAreStoredWithoutControlAndDirectionMarks) {
  World world(GetParam());
  auto activity = world.plain("Лекция\u202E gnp.exe\x07");
  activity.village = "Кара\u2066-Суу";
  activity.texts["ky"].summary = "Биринчи\nэкинчи\u200F сап\x01";
  activity.texts["ky"].venue = "Мектеп\n1";
  auto const found = world.find(world.add(activity));
  EXPECT_EQ(found.texts.at("ky").title, "Лекция gnp.exe");
  EXPECT_EQ(found.village, "Кара-Суу");
  EXPECT_EQ(found.texts.at("ky").summary, "Биринчи\nэкинчи сап") << "a summary keeps its lines";
  EXPECT_EQ(found.texts.at("ky").venue, "Мектеп 1");
}

TEST(Activity, AnotherPlanIsOneOfAnotherKindLeadPeopleOrReach) {
  Activity approved;
  approved.kind = "lecture";
  approved.lead = coalition::OrganisationId{1};
  approved.audiences = {"pupils", "parents"};
  approved.is_public = false;
  approved.expected = Count{30, 40};
  using Change = std::function<void(Activity&)>;
  auto const another = [&](Change const& change) {
    auto next = approved;
    change(next);
    return another_plan(next, approved);
  };
  EXPECT_TRUE(another([](auto& next) { next.kind = "peace_march"; }));
  EXPECT_TRUE(another([](auto& next) { next.lead = coalition::OrganisationId{2}; }));
  EXPECT_TRUE(another([](auto& next) { next.audiences = {"pupils"}; }));
  EXPECT_TRUE(another([](auto& next) { next.is_public = true; }));
  EXPECT_TRUE(another([](auto& next) { next.expected = Count{81, 81}; }));
  EXPECT_TRUE(another([](auto& next) { next.expected.reset(); })) << "and then any number";
  EXPECT_FALSE(another([](auto& next) { next.expected = Count{80, 80}; }));
  EXPECT_FALSE(another([](auto& next) { next.audiences = {"parents", "pupils"}; }));
  EXPECT_FALSE(another([](auto& next) { next.topics = {"trafficking"}; }));
  approved.is_public = true;
  EXPECT_FALSE(another([](auto& next) { next.is_public = false; }));
  approved.audiences.clear();
  EXPECT_FALSE(another([](auto& next) { next.audiences = {"pupils"}; })) << "nobody approved a group";
  approved.expected.reset();
  EXPECT_FALSE(another([](auto& next) { next.expected = Count{9000, 9000}; })) << "nobody approved a number";
}

}  // namespace
}  // namespace birge::activity
