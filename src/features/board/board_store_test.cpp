#include "features/board/board_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "features/work/work_testing.hpp"

namespace birge::board {
namespace {

using account::Person;
using account::Role;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using work::Action;
using work::testing::WorkWorld;

class BoardStore : public ::testing::TestWithParam<db::Engine> {
protected:
  WorkWorld world{GetParam()};

  Selection everything() const {
    Selection selection;
    selection.filter.edition = world.edition().id;
    return selection;
  }
  template <class Function>
  auto ask(Person const& person, Function&& function) {
    return world.database().read([&](db::Reader& read) {
      work::Viewer const viewer(read, person, world.today());
      Store store(read, world.facts(), viewer);
      return function(store);
    });
  }
  std::vector<ActivityId> ids(std::vector<Row> const& rows) {
    std::vector<ActivityId> list;
    for (auto const& row : rows) list.push_back(row.id);
    return list;
  }
  std::map<Day, OfDay> of_days(Person const& person, Day from, Day until, int most) {
    return ask(person, [&](Store& store) { return store.of_days(everything(), from, until, Language::ky, most); });
  }
  std::set<ActivityId> table(Person const& person, Selection const& selection) {
    auto const list = ids(ask(person, [&](Store& store) { return store.rows(selection, {}, Language::ky, std::nullopt, false, 1000); }));
    return {list.begin(), list.end()};
  }
  std::set<ActivityId> table(Person const& person) { return table(person, everything()); }
  std::int64_t all(std::map<State, std::int64_t> const& counts) {
    std::int64_t sum = 0;
    for (auto const& [state, number] : counts) sum += number;
    return sum;
  }
  /// Every way somebody could learn of an activity through the views.
  void expect_unseen(Person const& person, ActivityId id) {
    EXPECT_FALSE(table(person).contains(id)) << person.name;
    auto const day = world.find(id).day;
    auto const state = world.find(id).state;
    EXPECT_THAT(ids(of_days(person, day, day, 50)[day].rows), ::testing::Not(::testing::Contains(id)));
    EXPECT_THAT(ids(ask(person, [&](Store& store) { return store.of_state(everything(), state, Language::ky, 50); })),
                ::testing::Not(::testing::Contains(id)));
    EXPECT_THAT(ask(person, [&](Store& store) { return store.of_ids(world.edition().id, {id}, Language::ky); }), IsEmpty());
    EXPECT_EQ(ask(person, [&](Store& store) { return all(store.counts(everything())); }), static_cast<std::int64_t>(table(person).size()));
    auto named = everything();
    named.filter.text = world.find(id).texts.begin()->second.title;
    EXPECT_FALSE(table(person, named).contains(id)) << "found by its words";
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, BoardStore, db::both_engines(), db::engine_name);

TEST_P(BoardStore, ADraftOfOthersIsInNoViewAndNoCount) {
  auto const id = world.create_draft(world.focal);
  for (auto const* person : {&world.stranger, &world.regional, &world.national, &world.observer, &world.elsewhere}) expect_unseen(*person, id);
  EXPECT_TRUE(table(world.focal).contains(id));
  EXPECT_TRUE(table(world.colleague).contains(id));
}

TEST_P(BoardStore, WhatWasPutAwayIsNobodysAnyMore) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::discard);
  expect_unseen(world.focal, id);
}

TEST_P(BoardStore, AHelperSeesTheOneActivityAndAnAdministratorNone) {
  auto const one = world.create_draft(world.focal), other = world.create_draft(world.focal);
  world.step(world.focal, other, Action::propose);
  auto const helper = world.person("Эрмек", {{Role::helper, {}, world.organisation(0), one.value}});
  EXPECT_THAT(table(helper), UnorderedElementsAre(one));
  expect_unseen(helper, other);
  auto const administrator = world.person("Admin", {{Role::administrator, {}, {}, {}}});
  expect_unseen(administrator, other);
}

TEST_P(BoardStore, AnAssistantSeesTheDraftsOfWhomTheyAssist) {
  auto const id = world.create_draft(world.focal);
  auto const assistant = world.person("Сезим", {{Role::observer, {}, {}, {}}});
  expect_unseen(assistant, id);
  world.database().write([&](db::Tx& tx) {
    tx.run(
        "insert into stand_in (id, principal, substitute, kind, day_from, day_until, created_by, created) values ($1, $2, $3, 'assistant', $4, null, $2, $5)",
        world.ids().next(), world.focal.id, assistant.id, world.today(), world.clock().now());
    account::rights_version.touch(tx);
  });
  EXPECT_TRUE(table(assistant).contains(id));
}

TEST_P(BoardStore, TheViewerDecidesAsTheActivitysOwnPageDoes) {
  std::vector<ActivityId> all;
  for (auto const state : life) {
    auto activity = world.draft();
    activity.state = state;
    activity.co_hosts = {world.organisation(1)};
    all.push_back(world.add(activity));
    activity.place.reset();
    activity.reach = activity::Reach::national;
    all.push_back(world.add(activity));
  }
  all.push_back(world.create_draft(world.regional, world.draft()));
  auto proposed = world.create_draft(world.focal);
  world.step(world.focal, proposed, Action::propose);
  all.push_back(proposed);
  all.push_back(world.confirmed(40));
  for (auto const* person :
       {&world.focal, &world.colleague, &world.stranger, &world.regional, &world.second, &world.elsewhere, &world.national, &world.observer})
    world.database().read([&](db::Reader& read) {
      work::Viewer const viewer(read, *person, world.today());
      Store store(read, world.facts(), viewer);
      work::Store whole(read);
      auto const rows = store.of_ids(world.edition().id, all, Language::ky);
      auto const hosts = store.co_hosts(rows);
      EXPECT_FALSE(rows.empty());
      for (auto const& row : rows) {
        auto const activity = activity::Store(read).find(row.id).value();
        auto const actor = whole.actor(*person, activity, world.facts(), world.today());
        auto const facts = whole.facts(activity, world.facts(), world.today());
        EXPECT_TRUE(work::may_see(*person, activity, actor));
        auto const host = hosts.find(row.id);
        auto const known = seen(row, host == hosts.end() ? std::vector<OrganisationId>() : host->second);
        for (auto const action : work::all_actions) {
          if (action == Action::undo) continue;
          EXPECT_EQ(viewer.may(known, action, world.clock().now()).allowed, decide(facts, actor, action, world.today(), world.clock().now()).allowed)
              << person->name << " " << work::code(action) << " " << row.state;
        }
      }
      for (auto const id : all) {
        auto const activity = activity::Store(read).find(id).value();
        bool const listed = std::ranges::any_of(rows, [&](Row const& row) { return row.id == id; });
        EXPECT_EQ(listed, work::may_see(*person, activity, whole.actor(*person, activity, world.facts(), world.today())))
            << person->name << " " << activity::code(activity.state);
      }
      return true;
    });
}

TEST_P(BoardStore, PagesFollowEachOtherInEveryOrderAndBothWays) {
  activity::testing::Maker maker(world, 11);
  for (int i = 0; i < 60; ++i) {
    auto made = maker.make();
    made.lead = world.organisation(0);
    world.add(made);
  }
  for (auto const* text : {"day", "-day", "state", "-state", "place", "-place"}) {
    auto const sort = sort_of(text).value();
    ask(world.focal, [&](Store& store) {
      auto const whole = ids(store.rows(everything(), sort, Language::ru, std::nullopt, false, 1000));
      EXPECT_EQ(whole.size(), 60U);
      std::vector<ActivityId> forwards;
      std::optional<Cursor> after;
      for (;;) {
        auto const page = store.rows(everything(), sort, Language::ru, after, false, 7);
        if (page.empty()) break;
        for (auto const& row : page) forwards.push_back(row.id);
        auto const again = Cursor::parse(store.cursor(page.back(), sort).text());
        EXPECT_EQ(again, store.cursor(page.back(), sort));
        after = again;
        auto const first = store.cursor(page.front(), sort);
        auto const before = ids(store.rows(everything(), sort, Language::ru, first, true, 7));
        auto const from = forwards.size() - page.size();
        std::vector<ActivityId> const expected(whole.begin() + static_cast<std::ptrdiff_t>(from < 7 ? 0 : from - 7),
                                               whole.begin() + static_cast<std::ptrdiff_t>(from));
        EXPECT_EQ(before, expected) << text;
      }
      EXPECT_EQ(forwards, whole) << text;
      return true;
    });
  }
}

TEST_P(BoardStore, FiltersFindWhatTheyName) {
  auto late = world.plain("Кечиккен отчет");
  late.day = late.end_day = activity::testing::day("2018-09-20");
  auto const overdue = world.add(late);
  auto elsewhere = world.plain("Таластагы тренинг");
  elsewhere.place = world.place("talas");
  elsewhere.kind = "training";
  elsewhere.lead = world.organisation(1);
  elsewhere.co_hosts = {world.organisation(0)};
  elsewhere.topics = {"safe_migration"};
  auto const talas = world.add(elsewhere);
  auto const with = [&](auto const& change) {
    auto selection = everything();
    change(selection);
    EXPECT_EQ(ask(world.national, [&](Store& store) { return all(store.counts(selection)); }),
              static_cast<std::int64_t>(table(world.national, selection).size()));
    return table(world.national, selection);
  };
  EXPECT_THAT(with([](Selection& s) { s.late = true; }), ElementsAre(overdue));
  EXPECT_THAT(with([&](Selection& s) { s.filter.place = world.place("talas"); }), ElementsAre(talas));
  EXPECT_THAT(with([](Selection& s) { s.filter.kind = "training"; }), ElementsAre(talas));
  EXPECT_THAT(with([](Selection& s) { s.filter.topic = "safe_migration"; }), ElementsAre(talas));
  EXPECT_THAT(with([&](Selection& s) { s.filter.organisation = world.organisation(0); }), UnorderedElementsAre(overdue, talas));
  EXPECT_THAT(with([](Selection& s) { s.filter.text = "талас"; }), ElementsAre(talas));
  EXPECT_THAT(with([](Selection& s) { s.filter.until = activity::testing::day("2018-09-30"); }), ElementsAre(overdue));
  EXPECT_THAT(with([](Selection& s) { s.states = {State::draft, State::cancelled}; }), IsEmpty());
  EXPECT_THAT(with([](Selection& s) { s.own = true; }), IsEmpty()) << "the national coordinator has no organisation";
  auto own = everything();
  own.own = true;
  EXPECT_THAT(table(world.stranger, own), ElementsAre(talas));
}

TEST_P(BoardStore, AFilterFindsWhatTheListOfTheSameFilterFinds) {
  activity::testing::Maker maker(world, 5);
  world.database().write([&](db::Tx& tx) {
    activity::Saver saver(tx, world.ids(), world.facts(), world.clock().now());
    for (int i = 0; i < 150; ++i) saver.add(maker.make(), "test");
    saver.finish();
  });
  using activity::Filter;
  auto const day = [](char const* iso) { return activity::testing::day(iso); };
  auto const& places = *world.facts().places;
  std::vector<std::function<void(Filter&)>> const filters{[](Filter&) {},
                                                          [&](Filter& f) { f.place = world.place("naryn"); },
                                                          [&](Filter& f) { f.place = world.place("kochkor"); },
                                                          [&](Filter& f) { f.place = places.children(world.place("kochkor")).front()->id; },
                                                          [](Filter& f) { f.place = activity::PlaceId{1}; },
                                                          [](Filter& f) { f.reach = activity::Reach::national; },
                                                          [](Filter& f) { f.kind = "lecture"; },
                                                          [](Filter& f) { f.topic = "safe_migration"; },
                                                          [](Filter& f) { f.topic = activity::not_said; },
                                                          [](Filter& f) { f.audience = "students"; },
                                                          [](Filter& f) { f.audience = activity::not_said; },
                                                          [&](Filter& f) { f.organisation = world.organisation(0); },
                                                          [&](Filter& f) { f.week = day("2018-10-15"); },
                                                          [&](Filter& f) { f.from = day("2018-10-01"), f.until = day("2018-10-31"); },
                                                          [&](Filter& f) { f.place = world.place("talas"), f.region_only = true; }};
  for (std::size_t i = 0; i < filters.size(); ++i) {
    auto selection = everything();
    selection.states = {State::approved, State::held, State::reported, State::confirmed, State::cancelled};
    filters[i](selection.filter);
    std::set<ActivityId> listed;
    world.ask([&](activity::Store& store) {
      store.each(selection.filter, world.facts(), world.today(), [&](activity::Activity const& found) { listed.insert(found.id); });
      return 0;
    });
    EXPECT_EQ(table(world.national, selection), listed) << "filter " << i;
  }
}

TEST_P(BoardStore, WhatWasHeldUnapprovedIsFound) {
  auto const id = world.create_draft(world.focal);
  world.report(world.focal, id, 30);
  auto selection = everything();
  selection.unapproved = true;
  EXPECT_THAT(table(world.national, selection), ElementsAre(id));
}

TEST_P(BoardStore, ADenseDayShowsAFewAndSaysHowManyThereAre) {
  auto const day = activity::testing::day("2018-10-25");
  for (int i = 0; i < 9; ++i) {
    auto activity = world.plain();
    activity.start_minutes = 600 - 30 * i;
    world.add(activity);
  }
  auto hidden = world.draft();
  hidden.day = hidden.end_day = day;
  hidden.lead = world.organisation(1);
  world.create_draft(world.stranger, hidden);
  auto const [number, rows] = of_days(world.national, day, day, 4)[day];
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(number, 9);
  EXPECT_EQ(rows.front().start_minutes, 360) << "the earliest hour first";
}

TEST_P(BoardStore, WhatLastsSeveralDaysStandsOnEachOfThem) {
  auto const day = activity::testing::day("2018-10-25");
  auto lasting = world.plain();
  lasting.day = day;
  lasting.end_day = day.plus(2);
  auto const id = world.add(lasting);
  auto hidden = world.draft();
  hidden.lead = world.organisation(1);
  hidden.day = day, hidden.end_day = day.plus(2);
  world.create_draft(world.stranger, hidden);
  auto days = of_days(world.national, day.plus(-1), day.plus(4), 4);
  EXPECT_EQ(days.size(), 3U);
  for (int later = 0; later < 3; ++later) {
    EXPECT_THAT(ids(days[day.plus(later)].rows), ElementsAre(id)) << later;
    EXPECT_EQ(days[day.plus(later)].number, 1) << later;
  }
  EXPECT_THAT(ids(of_days(world.national, day.plus(2), day.plus(2), 4)[day.plus(2)].rows), ElementsAre(id)) << "begun before the span";
  EXPECT_THAT(ids(ask(world.national, [&](Store& store) { return store.going_on(everything(), day.plus(1), Language::ky, 9); })), ElementsAre(id));
  EXPECT_THAT(ask(world.national, [&](Store& store) { return store.going_on(everything(), day, Language::ky, 9); }), IsEmpty());
}

TEST_P(BoardStore, WhatIsKnownByItsMonthAloneIsOnNoDayOfIt) {
  auto monthly = world.plain();
  monthly.day = activity::testing::day("2018-10-01");
  monthly.end_day = activity::testing::day("2018-10-31");
  monthly.precision = activity::Precision::month;
  world.add(monthly);
  auto const days = of_days(world.national, monthly.day, monthly.end_day, 4);
  EXPECT_EQ(days.size(), 1U);
  EXPECT_TRUE(days.contains(monthly.day));
}

TEST_P(BoardStore, WhatGoesOnLeavesHalfOfADayToWhatBegins) {
  auto const day = activity::testing::day("2018-10-25");
  auto lasting = world.plain();
  lasting.day = day.plus(-1);
  lasting.end_day = day.plus(1);
  for (int i = 0; i < 5; ++i) world.add(lasting);
  auto const shown = [&] {
    auto const [number, rows] = of_days(world.national, day, day, 4)[day];
    return std::tuple(number, std::ranges::count(rows, day.plus(-1), &Row::day), std::ranges::count(rows, day, &Row::day));
  };
  EXPECT_EQ(shown(), std::tuple(5, 4, 0));
  auto begun = world.plain();
  begun.day = begun.end_day = day;
  world.add(begun);
  EXPECT_EQ(shown(), std::tuple(6, 3, 1));
  for (int i = 0; i < 4; ++i) world.add(begun);
  EXPECT_EQ(shown(), std::tuple(10, 2, 2));
}

TEST_P(BoardStore, WhatTalliesKnowIsWhatStandsThere) {
  world.create_draft(world.focal);
  auto others = world.draft();
  others.lead = world.organisation(1);
  world.create_draft(world.stranger, others);
  world.report(world.focal, world.create_draft(world.focal), 30);
  for (auto const state : {State::proposed, State::returned, State::approved, State::held, State::cancelled}) {
    auto activity = world.plain();
    activity.state = state;
    activity.is_public = state != State::held;
    world.add(activity);
  }
  for (auto const* person : {&world.focal, &world.stranger, &world.regional, &world.national, &world.observer}) {
    std::map<State, std::int64_t> states;
    std::map<Day, std::int64_t> days;
    auto const rows = ask(*person, [&](Store& store) { return store.rows(everything(), {}, Language::ky, std::nullopt, false, 1000); });
    for (auto const& row : rows) ++states[row.the_state()], ++days[row.day];
    EXPECT_EQ(ask(*person, [&](Store& store) { return store.counts(everything()); }), states) << person->name;
    for (auto const& [day, of_day] : of_days(*person, days.begin()->first, days.rbegin()->first, 1))
      EXPECT_EQ(of_day.number, days.at(day)) << person->name;
  }
}

TEST_P(BoardStore, ASavedViewIsOnesOwnUntilItIsShared) {
  auto const save = [&](Person const& person, std::string name, std::optional<OrganisationId> organisation) {
    world.database().write([&](db::Tx& tx) {
      save_view(tx, world.ids(), {0, person.id, organisation, std::move(name), "state=proposed"}, world.clock().now());
      return true;
    });
  };
  save(world.focal, "Меники", std::nullopt);
  save(world.focal, "Биздики", world.organisation(0));
  auto const views = [&](Person const& person) {
    std::vector<std::string> names;
    for (auto const& view : world.database().read([&](db::Reader& read) { return saved_views(read, person.id, person.organisation()); }))
      names.push_back(view.name);
    return names;
  };
  EXPECT_THAT(views(world.focal), UnorderedElementsAre("Меники", "Биздики"));
  EXPECT_THAT(views(world.colleague), ElementsAre("Биздики"));
  EXPECT_THAT(views(world.stranger), IsEmpty());
  EXPECT_THAT(views(world.national), IsEmpty()) << "nobody shares with those who have no organisation";
  auto const id = world.database().read([&](db::Reader& read) { return saved_views(read, world.colleague.id, world.organisation(0)).front().id; });
  auto const by = [&](Person const& person) { return world.database().write([&](db::Tx& tx) { return delete_view(tx, person.id, id); }); };
  EXPECT_FALSE(by(world.colleague)) << "shared with, but not theirs";
  EXPECT_TRUE(by(world.focal));
  for (int i = 1; i < most_views; ++i) save(world.focal, "x", std::nullopt);
  EXPECT_THROW(save(world.focal, "one too many", std::nullopt), Problem);
}

}  // namespace
}  // namespace birge::board
