#include <gtest/gtest.h>

#include <algorithm>

#include "features/activity/activity_testing.hpp"
#include "features/activity/tally/tally_closing.hpp"

namespace birge::activity {
namespace {

using testing::day;
using testing::made_world;
using testing::World;

/// Every filter that pages can link to, one value of each kind at a time and some together.
std::vector<Filter> filters(World const& world) {
  std::vector<Filter> list;
  Filter all;
  all.edition = world.edition().id;
  list.push_back(all);
  auto const with = [&](auto const& change) {
    auto filter = all;
    change(filter);
    list.push_back(filter);
  };
  auto const& facts = world.facts();
  for (auto const* region : facts.places->regions()) {
    with([&](Filter& f) { f.place = region->id; });
    with([&](Filter& f) {
      f.place = region->id;
      f.region_only = true;
    });
    with([&](Filter& f) {
      f.place = region->id;
      f.status = Filter::Status::held;
    });
    with([&](Filter& f) {
      f.place = region->id;
      f.kind = "lecture";
    });
    with([&](Filter& f) {
      f.place = region->id;
      f.status = Filter::Status::unreported;
    });
    for (auto const* district : facts.places->children(region->id)) {
      with([&](Filter& f) { f.place = district->id; });
      with([&](Filter& f) {
        f.place = district->id;
        f.status = Filter::Status::unreported;
      });
      if (auto const& communities = facts.places->children(district->id); !communities.empty())
        with([&](Filter& f) { f.place = communities.front()->id; });
    }
  }
  for (auto const reach : {Reach::several, Reach::national, Reach::online}) with([&](Filter& f) { f.reach = reach; });
  for (auto const& kind : facts.codes.list("kind")) {
    with([&](Filter& f) { f.kind = kind.code; });
    with([&](Filter& f) {
      f.kind = kind.code;
      f.status = Filter::Status::unreported;
    });
    with([&](Filter& f) {
      f.kind = kind.code;
      f.status = Filter::Status::overdue;
    });
  }
  for (auto const& topic : facts.codes.list("topic")) {
    with([&](Filter& f) { f.topic = topic.code; });
    with([&](Filter& f) {
      f.topic = topic.code;
      f.audience = "students";
    });
  }
  for (auto const& audience : facts.codes.list("audience")) with([&](Filter& f) { f.audience = audience.code; });
  for (std::size_t i = 0; i < 9; ++i) {
    with([&](Filter& f) { f.organisation = world.organisation(i); });
    with([&](Filter& f) {
      f.organisation = world.organisation(i);
      f.status = Filter::Status::counted;
    });
  }
  for (auto week = day("2018-09-10"); week < day("2018-12-20"); week = week.plus(7)) with([&](Filter& f) { f.week = week; });
  for (int status = 0; status <= static_cast<int>(Filter::Status::overdue); ++status)
    with([&](Filter& f) { f.status = static_cast<Filter::Status>(status); });
  for (auto const several : {Filter::Several::hosts, Filter::Several::topics, Filter::Several::audiences}) {
    with([&](Filter& f) { f.several = several; });
    with([&](Filter& f) {
      f.several = several;
      f.status = Filter::Status::counted;
    });
    with([&](Filter& f) {
      f.several = several;
      f.kind = "lecture";
    });
  }
  with([](Filter& f) { f.other_than = {"lecture", "training"}; });
  with([](Filter& f) {
    f.other_than = {"lecture", "training"};
    f.kind = "lecture";
  });
  with([](Filter& f) {
    f.other_than = {"lecture"};
    f.status = Filter::Status::unreported;
  });
  with([](Filter& f) { f.from = day("2018-10-01"); });
  with([](Filter& f) { f.until = day("2018-10-01"); });
  with([](Filter& f) {
    f.from = day("2018-10-01");
    f.until = day("2018-10-31");
    f.status = Filter::Status::unreported;
  });
  for (auto const* text : {"чара 17", "иш-чара", "иш 1", "кара суу", "табылбайт", "!!"}) with([&](Filter& f) { f.text = text; });
  return list;
}

/// All public rows of a filter, page by page.
std::vector<Card> rows(World& world, Filter const& filter, int page = 7) {
  return world.ask([&](Store& store) {
    std::vector<Card> all;
    Cursor after;
    for (;;) {
      auto cards = store.list(filter, world.facts(), Language::ky, world.today(), after, page);
      if (cards.empty()) return all;
      after = {cards.back().day.iso(), cards.back().id};
      all.insert(all.end(), cards.begin(), cards.end());
    }
  });
}

std::string told(World const& world, Filter const& filter) { return query_of(filter, world.facts(), EditionId{}).encoded(); }

class ActivityLists : public ::testing::TestWithParam<db::Engine> {};
INSTANTIATE_TEST_SUITE_P(BothEngines, ActivityLists, db::both_engines(), db::engine_name);

TEST_P(ActivityLists, NumbersEqualListsForEveryFilter) {
  auto& world = made_world(GetParam());
  for (auto const& filter : filters(world)) {
    SCOPED_TRACE(told(world, filter));
    auto const totals = world.ask([&](Store& store) { return store.totals(filter, world.facts(), world.today()); });
    std::int64_t each = 0, hidden = 0;
    Count attendance;
    world.ask([&](Store& store) {
      store.each(filter, world.facts(), world.today(), [&](Activity const& activity) {
        ++each;
        hidden += !activity.is_public;
        if (activity.state == State::reported && activity.result && activity.result->attendance) attendance += *activity.result->attendance;
      });
      return 0;
    });
    EXPECT_EQ(totals.planned, each);
    EXPECT_EQ(totals.hidden, hidden);
    EXPECT_EQ(totals.reported_attendance, attendance);
    EXPECT_EQ(static_cast<std::int64_t>(rows(world, filter).size()) + totals.hidden, totals.planned);
    EXPECT_EQ(world.ask([&](Store& store) { return store.count(filter, world.facts(), world.today()); }), totals.planned);
  }
}

TEST_P(ActivityLists, WhatStandsInSeveralLinesOrIsOfOtherKindsIsFoundAndCountedAgain) {
  auto& world = made_world(GetParam());
  std::vector<Activity> all;
  Filter whole;
  whole.edition = world.edition().id;
  world.ask([&](Store& store) {
    store.each(whole, world.facts(), world.today(), [&](Activity&& activity) { all.push_back(std::move(activity)); });
    return 0;
  });
  for (auto const several : {Filter::Several::none, Filter::Several::hosts, Filter::Several::topics, Filter::Several::audiences})
    for (auto const status : {Filter::Status::any, Filter::Status::held, Filter::Status::counted, Filter::Status::unreported})
      for (auto const& other_than : {std::vector<std::string>{}, std::vector<std::string>{"lecture", "training"}}) {
        auto filter = whole;
        filter.several = several;
        filter.status = status;
        filter.other_than = other_than;
        SCOPED_TRACE(told(world, filter));
        std::vector<ActivityId> expected, found;
        Repeated again;
        for (auto const& activity : all) {
          auto const beyond = lines_beyond_one(activity, several);
          if (several != Filter::Several::none && beyond == 0) continue;
          if (std::ranges::find(other_than, activity.kind) != other_than.end()) continue;
          if (!has_status(activity, status, world.today())) continue;
          expected.push_back(activity.id);
          again.activities += beyond;
          if (!has_status(activity, Filter::Status::counted, world.today()) || !activity.result) continue;
          again.attendance += activity.result->attendance.value_or(Count{}) * beyond;
          again.audience += activity.result->audience.value_or(Count{}) * beyond;
        }
        auto const repeated = world.ask([&](Store& store) {
          store.each(filter, world.facts(), world.today(), [&](Activity const& activity) { found.push_back(activity.id); });
          return store.repeated(filter, world.facts(), world.today());
        });
        EXPECT_EQ(found, expected);
        EXPECT_FALSE(found.empty());
        // No table takes off what the kinds but some count again.
        if (!other_than.empty()) again = {};
        EXPECT_EQ(std::tie(repeated.activities, repeated.attendance, repeated.audience),
                  std::tie(again.activities, again.attendance, again.audience));
      }
}

TEST_P(ActivityLists, KindsLeftOutAreReadInAnyOrderAndWhatIsUnknownIsTold) {
  auto& world = made_world(GetParam());
  auto const read = [&](char const* name, char const* value) {
    http::Parameters query;
    query.set(name, value);
    return read_filter(query, world.facts(), world.edition().id);
  };
  EXPECT_EQ(read("other_than", "training,lecture,training").filter.other_than, (std::vector<std::string>{"lecture", "training"}));
  for (auto const* value : {"training,nothing", ",", "training,"}) {
    auto const told = read("other_than", value);
    ASSERT_EQ(told.faults.size(), 1U) << value;
    EXPECT_EQ(told.faults.front().field, "other_than");
  }
  EXPECT_EQ(read("several", "topics").filter.several, Filter::Several::topics);
  EXPECT_EQ(read("several", "lines").faults.size(), 1U);
  EXPECT_TRUE(read("only", "region").faults.empty());
  EXPECT_EQ(read("only", "regions").faults.size(), 1U);
}

/// Compares what stands in a table of its own; the rest comes with it in one row.
void expect_same(Activity const& one, Activity const& other) {
  EXPECT_EQ(one.id, other.id);
  EXPECT_EQ(std::pair(one.day, one.version), std::pair(other.day, other.version));
  EXPECT_EQ(one.texts, other.texts);
  EXPECT_EQ(one.original, other.original);
  EXPECT_EQ(one.topics, other.topics);
  EXPECT_EQ(one.audiences, other.audiences);
  EXPECT_EQ(one.co_hosts, other.co_hosts);
  EXPECT_EQ(one.partners, other.partners);
  EXPECT_EQ(one.places, other.places);
  EXPECT_EQ(one.warnings, other.warnings);
  ASSERT_EQ(one.result.has_value(), other.result.has_value());
  if (!one.result) return;
  EXPECT_EQ(one.result->attendance, other.result->attendance);
  EXPECT_EQ(one.result->audience, other.result->audience);
  EXPECT_EQ(one.result->cells, other.result->cells);
}

TEST_P(ActivityLists, AFeedReadsTheRowsOfTheListPageByPageAndWhole) {
  auto& world = made_world(GetParam());
  auto const whole = [&](Filter const& filter, int page) {
    return world.ask([&](Store& store) {
      std::vector<Activity> all;
      Cursor after;
      for (;;) {
        auto some = store.listed(filter, world.facts(), world.today(), after, page);
        EXPECT_LE(some.size(), static_cast<std::size_t>(page));
        if (some.empty()) return all;
        after = {some.back().day.iso(), some.back().id};
        std::ranges::move(some, std::back_inserter(all));
      }
    });
  };
  for (auto const& filter : filters(world)) {
    SCOPED_TRACE(told(world, filter));
    std::vector<ActivityId> listed, read;
    for (auto const& card : rows(world, filter)) listed.push_back(card.id);
    for (auto const& activity : whole(filter, 60)) read.push_back(activity.id);
    EXPECT_EQ(read, listed);
  }
  Filter all;
  all.edition = world.edition().id;
  for (auto const& activity : whole(all, 7)) expect_same(activity, world.find(activity.id));
}

TEST_P(ActivityLists, EachOfManyIsWholeAndTheyStandInOrder) {
  World world(GetParam());
  constexpr std::size_t many = 1100;  // more than are read at a time
  testing::Maker maker(world, 11);
  world.database().write([&](db::Tx& tx) {
    Saver saver(tx, world.ids(), world.facts(), world.clock().now());
    for (std::size_t i = 0; i < many; ++i) {
      auto activity = maker.make();
      if (!counted(activity.state)) activity.state = State::approved;
      saver.add(activity, "test");
    }
    saver.finish();
  });
  Filter filter;
  filter.edition = world.edition().id;
  std::vector<Activity> seen;
  world.ask([&](Store& store) {
    store.each(filter, world.facts(), world.today(), [&](Activity&& activity) { seen.push_back(std::move(activity)); });
    return 0;
  });
  EXPECT_EQ(seen.size(), many);
  EXPECT_TRUE(std::ranges::is_sorted(seen, {}, [](Activity const& activity) { return std::pair(activity.day, activity.id); }));
  for (std::size_t i = 0; i < seen.size(); i += 37) expect_same(seen[i], world.find(seen[i].id));
}

TEST_P(ActivityLists, TalliesAndActivitiesGiveTheSameTotals) {
  auto& world = made_world(GetParam());
  for (auto const& filter : filters(world)) {
    SCOPED_TRACE(told(world, filter));
    auto const [a, b] = world.ask([&](Store& store) {
      return std::pair(store.totals(filter, world.facts(), world.today()), store.totals_from_activities(filter, world.facts(), world.today()));
    });
    EXPECT_EQ(std::tie(a.planned, a.held, a.cancelled, a.moved, a.reported, a.confirmed, a.hidden),
              std::tie(b.planned, b.held, b.cancelled, b.moved, b.reported, b.confirmed, b.hidden));
    EXPECT_EQ(a.reported_attendance, b.reported_attendance);
    EXPECT_EQ(a.confirmed_attendance, b.confirmed_attendance);
    EXPECT_EQ(a.reported_audience, b.reported_audience);
    EXPECT_EQ(a.confirmed_audience, b.confirmed_audience);
  }
}

TEST_P(ActivityLists, CountingForAPageEndsWhereItIsToldToButNeverForWhatFiguresLink) {
  auto& world = made_world(GetParam());
  for (auto const& filter : filters(world)) {
    SCOPED_TRACE(told(world, filter));
    auto const [all, some] = world.ask([&](Store& store) {
      return std::pair(store.totals(filter, world.facts(), world.today()), store.totals_up_to(2, filter, world.facts(), world.today()));
    });
    if (some.more) {
      EXPECT_GT(all.planned, 2);
      EXPECT_EQ(some.planned, 2);
    } else {
      EXPECT_EQ(std::tie(some.planned, some.held, some.hidden, some.moved), std::tie(all.planned, all.held, all.hidden, all.moved));
      EXPECT_EQ(some.reported_attendance, all.reported_attendance);
    }
    if (filter.status == Filter::Status::unreported || filter.status == Filter::Status::overdue || filter.status == Filter::Status::moved) {
      EXPECT_FALSE(some.more);
    }
    if (filter.only_edition()) { EXPECT_FALSE(some.more); }
    if ((filter.several != Filter::Several::none || !filter.other_than.empty()) && filter.kind.empty()) { EXPECT_FALSE(some.more); }
  }
}

TEST_P(ActivityLists, DaysOfAnEditionOrRegionAreCountedFromWholeWeeksAndTheDaysAroundThem) {
  auto& world = made_world(GetParam());
  auto const first = day("2018-10-08");  // a Monday
  for (auto const region : {std::optional<PlaceId>(), std::optional(world.place("osh"))})
    for (int before = -1; before < 7; ++before)
      for (int length : {0, 1, 5, 6, 7, 13, 20, 200}) {
        Filter filter;
        filter.edition = world.edition().id;
        filter.place = region;
        if (before >= 0) filter.from = first.plus(-before);
        if (length < 200) filter.until = first.plus(length);
        filter.status = before % 3 == 0 ? Filter::Status::any : before % 3 == 1 ? Filter::Status::counted : Filter::Status::awaiting;
        SCOPED_TRACE(told(world, filter));
        auto const [a, b, page] = world.ask([&](Store& store) {
          return std::tuple(store.totals(filter, world.facts(), world.today()), store.totals_from_activities(filter, world.facts(), world.today()),
                            store.totals_up_to(1, filter, world.facts(), world.today()));
        });
        EXPECT_EQ(std::tie(a.planned, a.held, a.cancelled, a.moved, a.hidden), std::tie(b.planned, b.held, b.cancelled, b.moved, b.hidden));
        EXPECT_EQ(std::tie(a.reported, a.confirmed, a.reported_attendance, a.confirmed_audience),
                  std::tie(b.reported, b.confirmed, b.reported_attendance, b.confirmed_audience));
        EXPECT_EQ(page.planned, b.planned) << "a report of some days opens to this list";
      }
}

TEST_P(ActivityLists, TheAddressOfAFilterGivesTheFilterBack) {
  auto& world = made_world(GetParam());
  for (auto const& filter : filters(world)) {
    auto const read = read_filter(query_of(filter, world.facts(), EditionId{}), world.facts(), filter.edition);
    EXPECT_TRUE(read.faults.empty()) << told(world, filter);
    EXPECT_EQ(read.filter, filter) << told(world, filter);
  }
}

TEST_P(ActivityLists, NumbersBesideFiltersAreWhatTheyFind) {
  auto& world = made_world(GetParam());
  Filter filter;
  filter.edition = world.edition().id;
  auto const by = world.ask([&](Store& store) { return store.planned_by(filter.edition, PlaceId{}); });
  for (auto const& line : by.at("kind")) {
    filter.kind = line.key;
    EXPECT_EQ(world.ask([&](Store& store) { return store.count(filter, world.facts(), world.today()); }), line.planned()) << line.key;
    auto const regions = world.ask([&](Store& store) { return store.planned_by_region(filter, world.facts()); });
    ASSERT_TRUE(regions);
    for (auto const& [region, planned] : *regions) {
      auto inside = filter;
      inside.place = region;
      EXPECT_EQ(world.ask([&](Store& store) { return store.count(inside, world.facts(), world.today()); }), planned);
    }
  }
  EXPECT_GT(by.at("kind").size(), 20U);
}

TEST_P(ActivityLists, PagesBackwardsShowTheRowsOfPagesForwards) {
  auto& world = made_world(GetParam());
  for (auto const& filter : filters(world)) {
    auto const forwards = rows(world, filter);
    std::vector<ActivityId> backwards;
    world.ask([&](Store& store) {
      Cursor before{"2199-12-31", {}};
      for (;;) {
        auto const cards = store.list_before(filter, world.facts(), Language::ky, world.today(), before, 6);
        if (cards.empty()) return 0;
        std::vector<ActivityId> ids;
        for (auto const& card : cards) ids.push_back(card.id);
        backwards.insert(backwards.begin(), ids.begin(), ids.end());
        before = {cards.front().day.iso(), cards.front().id};
      }
    });
    std::vector<ActivityId> ids;
    for (auto const& card : forwards) ids.push_back(card.id);
    EXPECT_EQ(ids, backwards) << told(world, filter);
  }
}

TEST_P(ActivityLists, DraftsAndProposalsAreNowhereNorWhatOnlyTheCoalitionSees) {
  auto& world = made_world(GetParam());
  Filter filter;
  filter.edition = world.edition().id;
  int seen = 0;
  for (auto const& card : rows(world, filter)) {
    EXPECT_TRUE(counted(card.state));
    auto const activity = world.ask([&](Store& store) { return store.find(card.id).value(); });
    EXPECT_TRUE(activity.is_public);
    EXPECT_EQ(card.edition, activity.edition);
    ++seen;
  }
  auto const totals = world.ask([&](Store& store) { return store.totals(filter, world.facts(), world.today()); });
  EXPECT_GT(totals.hidden, 0);  // there is something to leave out
  EXPECT_EQ(seen, totals.planned - totals.hidden);
}

}  // namespace
}  // namespace birge::activity
