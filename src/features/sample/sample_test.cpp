#include "features/sample/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "features/activity/activity_pack.hpp"
#include "features/activity/activity_store.hpp"
#include "features/place/place_testing.hpp"
#include "features/sample/sample_told.hpp"
#include "platform/base/pack_files.hpp"
#include "platform/db/testing.hpp"

namespace birge::sample {
namespace {

using activity::Activity;
using activity::State;

/// The activities of the sample edition as the fortieth day of its campaign sees them, in the order they were made in.
struct Made {
  std::shared_ptr<campaign::Facts const> facts;
  std::vector<Activity> activities;
  Day today;
};

Made made(std::uint64_t seed = Options{}.seed) {
  db::TestDatabase database(db::Engine::sqlite);
  FixedClock const clock(parse_instant("2026-10-20T06:00:00Z").value());
  IdMaker ids(clock, 1);
  Options options;
  options.seed = seed;
  options.today = Day::parse("2026-10-20").value();
  options.campaign_from = campaign_from(options.today);
  database->write([&](db::Tx& tx) {
    place::load_pack(tx, ids, place::kyrgyz_pack());
    campaign::load_pack(tx, ids, PackFiles::embedded("kg"), clock.now());
    campaign::touch_facts(tx);
    load(tx, ids, options, clock.now());
  });
  Made result{{}, {}, options.today};
  database->read([&](db::Reader& read) {
    result.facts = campaign::facts(read);
    auto const edition = result.facts->edition("sample")->id;
    activity::Store store(read);
    for (int i = 1; i <= options.activities; ++i)
      if (auto found = store.by_external_id(edition, "S-" + std::to_string(i))) result.activities.push_back(std::move(*found));
  });
  return result;
}

/// All that the dice decide about an activity.
std::string told(Activity const& activity, campaign::Facts const& facts) {
  auto text = activity.external_id.value_or("") + "|" + activity.kind + "|" + activity.day.iso() + "|" + activity.end_day.iso() + "|" +
              std::to_string(static_cast<int>(activity.state)) + "|" + facts.organisation(activity.lead)->slug + "|" + activity.languages;
  if (activity.place) text += "|" + facts.places->find(*activity.place)->code;
  for (auto const& [language, texts] : activity.texts) text += "|" + language + ":" + texts.title + "/" + texts.venue;
  if (activity.result && activity.result->attendance)
    text += "|" + std::to_string(activity.result->attendance->low) + "-" + std::to_string(activity.result->attendance->high);
  if (activity.result)
    for (auto const& cell : activity.result->cells) text += "," + cell.band + std::to_string(cell.count.low);
  return text;
}

TEST(Sample, HasFourHundredActivitiesOfAllKindsInAllNineRegions) {
  auto const sample = made();
  EXPECT_EQ(sample.activities.size(), 400U);
  std::set<std::string> kinds, all_kinds, regions;
  for (auto const& activity : sample.activities) {
    kinds.insert(activity.kind);
    if (activity.place) regions.insert(sample.facts->places->region_of(*activity.place)->code);
  }
  for (auto const& code : sample.facts->codes.list("kind")) all_kinds.insert(code.code);
  EXPECT_EQ(kinds, all_kinds);
  EXPECT_EQ(regions.size(), 9U);
}

TEST(Sample, HasEveryStateAndEveryQualityOfResult) {
  auto const sample = made();
  std::set<State> states;
  std::set<std::string> methods;
  int by_sex_and_age = 0, by_sex = 0, total_alone = 0, range = 0, broadcast = 0, late = 0, missing = 0, moved = 0;
  for (auto const& activity : sample.activities) {
    states.insert(activity.state);
    moved += activity.moved_from_day.has_value();
    missing += activity.state == State::approved && activity.due_day < sample.today;
    if (!activity.result) continue;
    auto const& result = *activity.result;
    methods.insert(result.method);
    broadcast += result.audience.has_value();
    late += result.reported_day > activity.due_day;
    if (!result.attendance) continue;
    bool const ages = std::ranges::any_of(result.cells, [](auto const& cell) { return cell.band != "unknown"; });
    range += result.attendance->low < result.attendance->high;
    by_sex_and_age += ages;
    by_sex += !ages && !result.cells.empty();
    total_alone += result.cells.empty() && result.attendance->low == result.attendance->high;
  }
  for (auto const state : {State::approved, State::held, State::reported, State::confirmed, State::cancelled}) EXPECT_TRUE(states.contains(state));
  for (auto const* method : {"sign_in_sheet", "head_count", "estimate"}) EXPECT_TRUE(methods.contains(method)) << method;
  for (auto const number : {by_sex_and_age, by_sex, total_alone, range, broadcast, late, missing, moved}) EXPECT_GT(number, 0);
}

TEST(Sample, PeopleAskAboutTheTopicsOfWhatIsPublicAndNeverMoreThanTwice) {
  auto const sample = made();
  Dice dice(1), again(1);
  std::set<std::string> topics;
  int difficult = 0, advised = 0;
  for (auto const& activity : sample.activities) {
    auto const words = told(activity, dice);
    EXPECT_EQ(words, told(activity, again));
    bool const open = activity.is_public && activity.result;
    EXPECT_TRUE(open || words == work::ResultWords{});
    EXPECT_LE(words.questions.size(), 2U);
    difficult += !words.challenges.empty();
    advised += !words.recommendation.empty();
    for (auto const& question : words.questions) {
      topics.insert(question.topic);
      EXPECT_THAT(activity.topics, testing::Contains(question.topic));
    }
  }
  EXPECT_GE(topics.size(), 6U);
  EXPECT_GT(difficult, 3);
  EXPECT_GT(advised, 3);
}

TEST(Sample, OfTheSameSeedAndDayIsTheSameTwice) {
  auto const first = made(), second = made(), other = made(7);
  auto const all = [](Made const& sample) {
    std::string text;
    for (auto const& activity : sample.activities) text += told(activity, *sample.facts) + "\n";
    return text;
  };
  EXPECT_EQ(all(first), all(second));
  EXPECT_NE(all(first), all(other));
}

}  // namespace
}  // namespace birge::sample
