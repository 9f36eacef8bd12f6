#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <span>

#include "features/activity/tally/tally_closing.hpp"
#include "features/audit/chain.hpp"
#include "features/edition/edition_store.hpp"
#include "features/insight/insight_closing.hpp"
#include "features/insight/insight_corrections.hpp"
#include "features/insight/insight_testing.hpp"

namespace birge::edition {
namespace {

using activity::Activity;
using activity::State;
using insight::Figures;
using Status = activity::Filter::Status;

class ClosedEdition : public testing::TestWithParam<db::Engine> {
protected:
  template <class Function>
  auto write(Function&& function) {
    return (*database_)->write(std::forward<Function>(function));
  }
  ClosedEdition() : edition_(database_.sample("sample", 100, 90)) {}

  std::shared_ptr<campaign::Facts const> facts() { return database_.facts(); }
  activity::Filter filter(std::optional<place::PlaceId> place = {}, Status status = Status::any) const {
    activity::Filter filter;
    filter.edition = edition_;
    filter.place = place;
    filter.status = status;
    return filter;
  }
  void close() {
    write([&](db::Tx& tx) {
      audit::Entry const entry{audit::Who::command_line(), "closed", {"edition", edition_}, now_};
      edition::close(tx, *campaign::facts(tx), edition_, entry, account::PersonId{7});
    });
  }
  void reopen() {
    write([&](db::Tx& tx) {
      audit::Entry const entry{audit::Who::command_line(), "reopened", {"edition", edition_}, now_};
      edition::reopen(tx, edition_, entry, account::PersonId{7}, "Унутулган жыйынтык");
    });
  }
  Figures figures(activity::Filter const& filter) {
    return database_.read([&](db::Reader& read) { return insight::figures(read, *campaign::facts(read), filter, insight::test_today()); });
  }
  Figures from_activities(activity::Filter const& filter) {
    return database_.read(
        [&](db::Reader& read) { return insight::figures_from_activities(read, *campaign::facts(read), filter, insight::test_today()); });
  }
  std::vector<std::string> differences() {
    return database_.read([](db::Reader& read) { return activity::check_closings(read, *campaign::facts(read)); });
  }
  Activity confirmed() {
    return database_.read([&](db::Reader& read) {
      activity::Store store(read);
      for (auto const& each : store.all_for_counting(filter({}, Status::confirmed), *campaign::facts(read), insight::test_today()))
        if (each.result && each.result->attendance && each.is_public && each.reach == activity::Reach::place && !each.result->cells.empty())
          return store.find(each.id).value();
      throw std::logic_error("the sample has no confirmed activity");
    });
  }
  /// Another number came than was confirmed, and somebody confirms that one: two steps, as the workspace makes them.
  void correct(Activity const& activity, std::int64_t came, std::chrono::minutes after = std::chrono::minutes(5)) {
    for (auto const state : {State::reported, State::confirmed})
      write([&](db::Tx& tx) {
        auto const stored = activity::Store(tx).find(activity.id).value();
        auto next = stored;
        next.state = state;
        next.result->attendance = activity::Count{came, came};
        activity::Saver saver(tx, ids_, *campaign::facts(tx), now_ + after);
        saver.replace(next, stored, "corrected", "test");
        saver.finish();
      });
  }

  insight::CampaignDatabase database_{GetParam()};
  Instant now_ = parse_instant(insight::test_moment).value();
  FixedClock clock_{now_};
  IdMaker ids_{clock_, 5};
  campaign::EditionId edition_;
};
INSTANTIATE_TEST_SUITE_P(BothEngines, ClosedEdition, db::both_engines(), db::engine_name);

void expect_same(Figures const& one, Figures const& other) {
  EXPECT_EQ(one.total.numbers, other.total.numbers);
  EXPECT_EQ(one.total.unreported, other.total.unreported);
  EXPECT_EQ(one.people, other.people);
  ASSERT_EQ(one.by.size(), other.by.size());
  for (auto const& [dimension, lines] : one.by) {
    ASSERT_EQ(lines.size(), other.lines(dimension).size()) << dimension;
    for (auto const& line : lines) {
      auto const* there = other.line(dimension, line.key);
      ASSERT_TRUE(there) << dimension << ' ' << line.key;
      EXPECT_EQ(line.numbers, there->numbers) << dimension << ' ' << line.key;
      EXPECT_EQ(line.unreported, there->unreported) << dimension << ' ' << line.key;
    }
  }
}

TEST_P(ClosedEdition, IsNotClosedTwiceAndNotOpenedTwice) {
  EXPECT_THROW(reopen(), Problem);
  close();
  EXPECT_THROW(close(), Problem);
  reopen();
  EXPECT_THROW(reopen(), Problem);
  close();
  auto const all = database_.read([&](db::Reader& read) { return closings(read, edition_); });
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].reason, "Унутулган жыйынтык");
  EXPECT_FALSE(all[1].reopened);
}

TEST_P(ClosedEdition, CountsWhatIsStoredInTheSameTransaction) {
  // Sums are written once for all that share a commit: a closing among them must not miss those before it.
  auto const activity = confirmed();
  auto const came = activity.result->attendance->high + 1000;
  auto const before = figures(filter());
  write([&](db::Tx& tx) {
    for (int i = 0; i < 2; ++i) {
      auto const stored = activity::Store(tx).find(activity.id).value();
      auto next = stored;
      next.result->attendance = activity::Count{came + i, came + i};
      activity::Saver saver(tx, ids_, *campaign::facts(tx), now_);
      saver.replace(next, stored, "corrected", "test");
      saver.finish();
    }
    audit::Entry const entry{audit::Who::command_line(), "closed", {"edition", edition_}, now_};
    edition::close(tx, *campaign::facts(tx), edition_, entry, account::PersonId{7});
  });
  EXPECT_EQ(figures(filter()).total.confirmed().high, before.total.confirmed().high + 1001);
  EXPECT_TRUE(differences().empty());
  EXPECT_TRUE(database_.read([](db::Reader& read) { return activity::check_tallies(read, *campaign::facts(read)); }).empty());
}

TEST_P(ClosedEdition, TakesNoNewActivityAndNoNewResult) {
  auto stored = database_.read([&](db::Reader& read) {
    activity::Store store(read);
    return store.find(store.all_for_counting(filter({}, Status::planned), *campaign::facts(read), insight::test_today()).front().id).value();
  });
  auto const before = *facts();  // a request that began before the closing
  close();
  auto const add = [&](db::Tx& tx) {
    auto fresh = stored;
    fresh.id = {};
    fresh.uid.clear();
    fresh.external_id.reset();
    activity::Saver(tx, ids_, before, now_).add(fresh, "test");
  };
  EXPECT_THROW(write(add), Problem);
  EXPECT_THROW(write([&](db::Tx& tx) {
                 auto next = stored;
                 next.state = State::reported;
                 next.result = activity::Result{};
                 next.result->attendance = activity::Count{20, 20};
                 next.result->reported_day = next.day;
                 activity::Saver(tx, ids_, before, now_).replace(next, stored, "reported", "test");
               }),
               Problem);
  reopen();
  EXPECT_NO_THROW(write([&](db::Tx& tx) {
    auto fresh = stored;
    fresh.id = {};
    fresh.uid.clear();
    fresh.external_id.reset();
    activity::Saver saver(tx, ids_, before, now_);
    saver.add(fresh, "test");
    saver.finish();
  }));
}

TEST_P(ClosedEdition, TakesNoOtherPlanOfAnActivityThatWasReported) {
  auto const stored = confirmed();
  std::vector<std::function<void(Activity&)>> const changes{
      [](Activity& next) { next.day = next.end_day = next.day.plus(1); },
      [&](Activity& next) { next.place = facts()->places->by_code(facts()->places->by_code("naryn")->id == stored.place ? "talas" : "naryn")->id; },
      [](Activity& next) { next.kind = next.kind == "lecture" ? "training" : "lecture"; },
      [](Activity& next) { next.topics.assign({next.topics == std::vector<std::string>{"trafficking"} ? "safe_migration" : "trafficking"}); },
      [](Activity& next) { next.is_public = false; },
      [](Activity& next) { next.texts.begin()->second.title += "!"; },
      [](Activity& next) { next.state = State::cancelled; }};
  close();
  for (std::size_t i = 0; i < changes.size(); ++i)
    EXPECT_THROW(write([&](db::Tx& tx) {
                   auto next = stored;
                   changes[i](next);
                   activity::Saver saver(tx, ids_, *campaign::facts(tx), now_);
                   saver.replace(next, stored, "updated", "test");
                   saver.finish();
                 }),
                 Problem)
        << i;
  EXPECT_TRUE(differences().empty());
}

TEST_P(ClosedEdition, ShowsEveryFigureAsItWas) {
  auto const naryn = facts()->places->by_code("naryn")->id;
  auto const country = figures(filter()), region = figures(filter(naryn));
  ASSERT_GT(country.total.unreported, 0);
  close();
  expect_same(figures(filter()), country);
  expect_same(figures(filter(naryn)), region);
  expect_same(from_activities(filter()), country);
  EXPECT_TRUE(differences().empty());
}

TEST_P(ClosedEdition, StandsStillWhenAResultIsCorrectedAndListsTheCorrection) {
  auto const activity = confirmed();
  auto const before = activity.result->attendance.value();
  auto const country = figures(filter());
  close();
  correct(activity, before.high + 1000);
  expect_same(figures(filter()), country);
  expect_same(from_activities(filter()), country);
  auto const live =
      database_.read([&](db::Reader& read) { return activity::Store(read).totals(filter(), *campaign::facts(read), insight::test_today()); });
  EXPECT_NE(live.confirmed_attendance, country.total.confirmed());
  auto const corrections =
      database_.read([&](db::Reader& read) { return insight::corrections_of(read, *campaign::facts(read), edition_, std::nullopt); });
  ASSERT_EQ(corrections.list.size(), 1U);
  EXPECT_EQ(corrections.list[0].before, before);
  EXPECT_EQ(corrections.list[0].after, (activity::Count{before.high + 1000, before.high + 1000}));
  EXPECT_TRUE(differences().empty()) << "what was frozen with the correction is what the activities say now";
}

TEST_P(ClosedEdition, ACorrectionThatLeavesTheTotalSaysWhatItChanged) {
  auto const activity = confirmed();
  close();
  for (auto const state : {State::reported, State::confirmed})
    write([&](db::Tx& tx) {
      auto const stored = activity::Store(tx).find(activity.id).value();
      auto next = stored;
      next.state = state;
      next.result->cells = {{activity::Sex::unknown, "adult", next.result->attendance.value()}};
      next.result->method = activity.result->method == "ticket" ? "head_count" : "ticket";
      activity::Saver saver(tx, ids_, *campaign::facts(tx), now_);
      saver.replace(next, stored, "corrected", "test");
      saver.finish();
    });
  auto const known = facts();
  auto const corrections = database_.read([&](db::Reader& read) { return insight::corrections_of(read, *known, edition_, std::nullopt); });
  ASSERT_EQ(corrections.list.size(), 1U);
  EXPECT_EQ(corrections.list[0].before, corrections.list[0].after);
  auto const table = insight::corrections_table(Say::in(Language::en), *known, corrections, "Corrections", true);
  EXPECT_THAT(std::string(table.text()), testing::HasSubstr("Changed: sex and age of those who came, method of counting"));
}

TEST_P(ClosedEdition, ACorrectionThatOnlyTheCoalitionSeesIsNamedToItAlone) {
  auto activity = confirmed();
  write([&](db::Tx& tx) {
    auto next = activity;
    next.is_public = false;
    activity::Saver saver(tx, ids_, *campaign::facts(tx), now_);
    saver.replace(next, activity, "updated", "test");
    saver.finish();
  });
  close();
  correct(activity, activity.result->attendance->high + 5);
  account::Person member;
  member.grants = {{account::Role::national_coordinator, {}, {}, {}}};
  auto const known = facts();
  auto const table = [&](insight::view::Viewer const& viewer) {
    auto const found = database_.read([&](db::Reader& read) { return insight::corrections_of(read, *known, edition_, std::nullopt, viewer); });
    return std::string(insight::corrections_table(Say::in(Language::en), *known, found, "Corrections", true).text());
  };
  auto const& title = activity.texts.at(activity.original).title;
  EXPECT_THAT(table({}), testing::Not(testing::HasSubstr(title)));
  EXPECT_THAT(table({}), testing::HasSubstr("1 activity that only the coalition sees listed"));
  EXPECT_THAT(table({&member, true}), testing::AllOf(testing::HasSubstr(title), testing::HasSubstr("/work/activities/" + id_text(activity.id))));
}

TEST_P(ClosedEdition, FindsACorrectionByItsVersionWhateverTheClockSays) {
  auto const activity = confirmed();
  auto const before = activity.result->attendance.value();
  auto const country = figures(filter());
  close();
  // The clock was set back, or the form came before the closing and was stored after it.
  correct(activity, before.high + 1000, std::chrono::minutes(-60));
  expect_same(figures(filter()), country);
  expect_same(from_activities(filter()), country);
  EXPECT_EQ(database_.read([&](db::Reader& read) { return activity::corrections(read, edition_); }).size(), 1U);
  EXPECT_TRUE(differences().empty());
}

TEST_P(ClosedEdition, OfABirgeThatKeptNoVersionsIsBroughtUpToDate) {
  auto const activity = confirmed();
  close();
  correct(activity, activity.result->attendance->high + 1000);
  write([](db::Tx& tx) {
    tx.run("alter table frozen_activity drop column version");
    tx.run("delete from migration where number >= 21");
  });
  auto const all = db::embedded_migrations();
  (*database_)->migrate(std::span(all).first(21));
  EXPECT_EQ(database_.read([&](db::Reader& read) { return activity::corrections(read, edition_); }).size(), 1U);
  EXPECT_EQ(database_.read([](db::Reader& read) { return read.one<int>("select count(*) from frozen_activity where version = 0"); }), 1)
      << "the others count as they did, and nobody looks at them again";
  EXPECT_TRUE(differences().empty());
}

TEST_P(ClosedEdition, ACorrectionThatWasPutBackIsStillAChangeOfVersionsAndAddsNothing) {
  auto const activity = confirmed();
  auto const before = activity.result->attendance.value();
  close();
  correct(activity, before.high + 5);
  correct(activity, before.low);
  EXPECT_TRUE(differences().empty());
}

TEST_P(ClosedEdition, DoctorFindsAFrozenFigureThatSomebodyChanged) {
  close();
  ASSERT_TRUE(differences().empty());
  write([&](db::Tx& tx) {
    tx.run("update frozen_tally set confirmed_high = confirmed_high + 1 where edition = $1 and region = 0 and dimension = 'total'", edition_);
  });
  EXPECT_EQ(differences().size(), 1U);
}

TEST_P(ClosedEdition, OpenedAgainItsFiguresAreThoseOfTheActivities) {
  auto const activity = confirmed();
  close();
  correct(activity, 4321);
  reopen();
  auto const now = figures(filter());
  expect_same(now, from_activities(filter()));
  EXPECT_TRUE(database_.read([&](db::Reader& read) { return activity::corrections(read, edition_); }).empty());
  close();
  expect_same(figures(filter()), now);
}

TEST_P(ClosedEdition, EachListBehindANumberAddsUpToIt) {
  auto const activity = confirmed();
  close();
  correct(activity, 7777);
  auto const country = figures(filter());
  auto const sum = [&](activity::Filter const& chosen) {
    return database_.read([&](db::Reader& read) {
      activity::Tallies tallies;
      auto const known = campaign::facts(read);
      for (auto const& each : activity::as_counted(read, *known, chosen, insight::test_today())) tallies.add(each, *known);
      auto const found = tallies.rows().find({edition_.value, 0, "total", ""});
      return found == tallies.rows().end() ? activity::Numbers{} : found->second;
    });
  };
  using activity::Measure;
  EXPECT_EQ(sum(filter({}, Status::held))[Measure::held], country.total[Measure::held]);
  EXPECT_EQ(sum(filter({}, Status::confirmed))[Measure::confirmed_high], country.total[Measure::confirmed_high]);
  EXPECT_EQ(sum(filter({}, Status::reported))[Measure::reported_low], country.total[Measure::reported_low]);
  EXPECT_EQ(sum(filter({}, Status::unreported))[Measure::planned], country.total.unreported);
  EXPECT_EQ(sum(filter({}, Status::awaiting))[Measure::held],
            country.total[Measure::held] - country.total[Measure::reported] - country.total[Measure::confirmed]);
  for (auto const* dimension : {"kind", "region", "organisation", "topic"})
    for (auto const& line : country.lines(dimension)) {
      auto chosen = insight::narrowed(filter(), dimension, line.key);
      chosen.status = Status::counted;
      auto const behind = sum(chosen);
      EXPECT_EQ((activity::Count{behind[Measure::reported_low] + behind[Measure::confirmed_low],
                                 behind[Measure::reported_high] + behind[Measure::confirmed_high]}),
                line.attendance())
          << dimension << ' ' << line.key;
    }
}

TEST_P(ClosedEdition, WhatStandsInSeveralLinesAddsUpToWhatTheTableTakesOff) {
  auto const activity = confirmed();
  close();
  correct(activity, 7777);
  auto const country = figures(filter());
  for (auto const* dimension : {"organisation", "topic"}) {
    auto chosen = insight::in_several_lines(filter(), dimension).value();
    chosen.status = Status::counted;
    activity::Count repeated, rest;
    for (auto const& each :
         database_.read([&](db::Reader& read) { return activity::as_counted(read, *campaign::facts(read), chosen, insight::test_today()); }))
      repeated += each.result->attendance.value_or(activity::Count{}) * activity::lines_beyond_one(each, chosen.several);
    for (auto const& line : country.lines(dimension)) rest += line.attendance();
    rest -= country.total.attendance();
    EXPECT_EQ(repeated, rest) << dimension;
    EXPECT_GT(repeated.high, 0) << dimension;
  }
}

TEST_P(ClosedEdition, TheClosingNamesItsEntryOfTheLog) {
  close();
  auto const closing = database_.read([&](db::Reader& read) { return closings(read, edition_).back(); });
  EXPECT_EQ(closing.person, account::PersonId{7});
  EXPECT_EQ(closing.hash, database_.read([](db::Reader& read) { return audit::head(read).hash; }));
}

}  // namespace
}  // namespace birge::edition
