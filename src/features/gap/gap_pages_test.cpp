#include "features/gap/gap_pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "features/gap/gap_store.hpp"
#include "features/insight/insight.hpp"
#include "features/insight/insight_pages.hpp"
#include "features/work/work_testing.hpp"

namespace birge::gap {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using work::Action;
using work::testing::day;
using work::testing::WorkWorld;

class GapPages : public ::testing::TestWithParam<db::Engine> {
protected:
  WorkWorld world{GetParam()};

  std::string get(account::Person const& person, Handler handler, std::string const& path, Language language = Language::en) {
    return world.ask_as(person, world.message_to(http::Method::get, path), handler, {}, {}, language).body;
  }
  /// Held in Kochkor with so many, and confirmed.
  activity::ActivityId confirmed_in_kochkor(std::int64_t came) {
    auto draft = world.draft();
    draft.place = world.place("kochkor");
    auto const id = world.create_draft(world.focal, draft);
    world.step(world.focal, id, Action::propose);
    world.step(world.regional, id, Action::approve);
    world.report(world.focal, id, came);
    world.step(world.second, id, Action::confirm);
    return id;
  }
  void correct(activity::ActivityId id, std::int64_t came) {
    world.report(world.national, id, came, Action::correct, "Кайра саналды");
    world.step(world.second, id, Action::confirm);
  }
  void at(char const* moment) { world.clock().set(parse_instant(moment).value()); }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, GapPages, db::both_engines(), db::engine_name);

TEST_P(GapPages, OfAClosedEditionAgreeWithItsFiguresWhateverIsCorrectedLater) {
  auto const id = confirmed_in_kochkor(30);
  world.close_edition();
  correct(id, 25);
  auto const& edition = world.edition();
  auto const key = std::to_string(world.place("kochkor").value);
  world.database().read([&](db::Reader& read) {
    activity::Filter filter;
    filter.edition = edition.id;
    auto const figures = insight::figures(read, *campaign::facts(read), filter, world.today());
    ASSERT_TRUE(figures.line("district", key));
    EXPECT_EQ(figures.line("district", key)->attendance(), (Count{30, 30}));
    for (auto const& narrow : {Narrow{}, Narrow{"lecture", "pupils", ""}}) {
      auto const seen = Store(read).seen(edition.id, narrow, world.today());
      ASSERT_TRUE(seen.contains(key));
      EXPECT_EQ(seen.at(key).attendance, (Count{30, 30}));
      EXPECT_EQ(seen.at(key).held, 1);
    }
    EXPECT_EQ(Store(read).cells(edition.id, {}, {}, By::week).size(), 1U);
    EXPECT_EQ(Store(read).active(edition.id, world.place("kochkor"), false, world.today()).size(), 1U);
  });
  auto const table = get(world.national, planner, "/work/gaps?region=all");
  EXPECT_THAT(table, HasSubstr("/en/figures/behind?place=kochkor")) << "the list as it counted, not as it stands now";
  EXPECT_THAT(table, Not(HasSubstr("/work/activities/new?place="))) << "nothing new comes into it";
}

TEST_P(GapPages, PrintHowTheOrderIsMade) {
  auto const body = get(world.national, planner, "/work/gaps?region=all");
  EXPECT_THAT(body, AllOf(HasSubstr("How is the order made?"), HasSubstr("First the places where invitations wait"),
                          HasSubstr("thousands of inhabitants not reached, times weeks without an activity"), HasSubstr("in the next 14 days")));
}

TEST_P(GapPages, DrawEachDistrictWithItsPointsAndALinkToItsPage) {
  confirmed_in_kochkor(30);
  auto const body = get(world.national, planner, "/work/gaps?region=all");
  auto const drawing = body.substr(0, body.find("How is the order made?"));
  EXPECT_THAT(drawing, HasSubstr("Where is the campaign needed most?"));
  EXPECT_THAT(drawing, ::testing::ContainsRegex("href=\"/en/work/gaps/kochkor[\"?]"));
  EXPECT_THAT(drawing, ::testing::ContainsRegex("href=\"/en/work/gaps/jumgal[\"?]"));
  EXPECT_THAT(drawing, HasSubstr("never reached"));
}

TEST_P(GapPages, SayThatInvitationsAreNotNarrowed) {
  auto const words = HasSubstr("Invitations are not narrowed by this choice");
  EXPECT_THAT(get(world.national, planner, "/work/gaps?region=all&audience=pupils"), words);
  EXPECT_THAT(get(world.national, planner, "/work/gaps?region=all"), Not(words));
}

TEST_P(GapPages, CrossDistrictsWithGroupsKindsOrTopicsAndOpenEachCell) {
  auto const id = confirmed_in_kochkor(30);
  auto const known = world.find(id);
  struct Case {
    std::string view, code, gap;
  };
  for (auto const& [view, code, gap] :
       {Case{"audience", known.audiences.front(), "students"}, Case{"topic", "none", "safe_migration"}, Case{"kind", known.kind, ""}}) {
    auto const body = get(world.national, planner, "/work/gaps?region=naryn&view=" + view);
    EXPECT_THAT(body, HasSubstr("/en/activities?place=kochkor&amp;" + view + "=" + code + "\">1 / 1</a>"));
    auto const plan = "/en/work/activities/new?place=kochkor&amp;" + view + "=";
    if (!gap.empty()) { EXPECT_THAT(body, HasSubstr(plan + gap)) << view; }
    EXPECT_THAT(body, Not(HasSubstr(plan + "none"))) << view;
    EXPECT_THAT(body, HasSubstr("name=\"view\" value=\"" + view + "\"")) << "stays when the plan is narrowed";
  }
}

TEST_P(GapPages, NarrowedToOneCodeTheGridOfItsListHasThisColumnAlone) {
  auto const body = get(world.national, planner, "/work/gaps?region=naryn&view=audience&audience=pupils");
  EXPECT_THAT(body, AllOf(HasSubstr("id=\"c0\""), Not(HasSubstr("id=\"c1\""))));
}

TEST_P(GapPages, ThePlusOfACellIsNamedByTheHeadsOfItsRowAndColumn) {
  auto const body = get(world.national, planner, "/work/gaps?region=all&view=weeks");
  std::regex const plus("aria-labelledby=\"p (r[0-9]+) (c[0-9]+)\">[+]</a>");
  int pluses = 0;
  for (auto found = std::sregex_iterator(body.begin(), body.end(), plus); found != std::sregex_iterator(); ++found, ++pluses)
    if (pluses % 40 == 0) {
      for (int part : {1, 2}) EXPECT_THAT(body, HasSubstr(" id=\"" + (*found)[part].str() + "\"")) << (*found)[0];
    }
  EXPECT_GT(pluses, 300);
  EXPECT_THAT(body, HasSubstr("id=\"p\" hidden>Plan an activity</span>"));
}

TEST_P(GapPages, StayLeanAlsoBeforeAnythingIsPlanned) {
  at("2018-09-10T06:00:00Z");
  for (auto const& [view, most] :
       {std::pair("weeks", 115'000U), std::pair("audience", 140'000U), std::pair("kind", 80'000U), std::pair("topic", 110'000U)})
    EXPECT_LT(get(world.national, planner, "/work/gaps?region=all&view=" + std::string(view), Language::ky).size(), most) << view;
}

TEST_P(GapPages, ProposeOnlyDaysOnWhichItIsAPlace) {
  auto const day_in = [&](char const* code) {
    auto const body = get(world.national, planner, "/work/gaps?region=naryn&view=weeks");
    auto const link = "/work/activities/new?place=" + std::string(code) + "&amp;day=";
    auto const at = body.find(link);
    return at == std::string::npos ? std::string("never") : body.substr(at + link.size(), 10);
  };
  at("2018-10-16T06:00:00Z");
  ASSERT_EQ(day_in("kochkor"), "2018-10-17");
  world.load(place::with_days(place::kyrgyz_pack(), "kochkor", {}, day("2018-10-16")));
  EXPECT_EQ(day_in("kochkor"), "never") << "today is its last day, though its week began before";
  world.load(place::with_days(place::kyrgyz_pack(), "kochkor", day("2018-10-25"), {}));
  EXPECT_EQ(day_in("kochkor"), "2018-10-25") << "in the week in which it begins";
  EXPECT_THAT(get(world.national, planner, "/work/gaps?region=naryn"), Not(HasSubstr("new?place=kochkor\""))) << "without a week nobody says when";
}

TEST_P(GapPages, SayNothingOfThePeopleOfWhatIsNoPlace) {
  confirmed_in_kochkor(30);
  auto const page_of_kochkor = [&] {
    return world
        .ask_as(world.national, world.message_to(http::Method::get, "/work/gaps/kochkor"), place_page, {}, {{"code", "kochkor"}}, Language::en)
        .body;
  };
  auto const people = HasSubstr("<dt>Inhabitants not reached, at least</dt>");
  EXPECT_THAT(page_of_kochkor(), people);
  world.load(place::with_days(place::kyrgyz_pack(), "kochkor", {}, day("2018-10-19")));
  EXPECT_THAT(page_of_kochkor(), Not(people));
  auto const file = get(world.national, sheet, "/work/gap-table?region=naryn&format=csv");
  EXPECT_THAT(file, ::testing::ContainsRegex("Kochkor[^,]*,0,0,,")) << "points, invitations, inhabitants";
}

TEST_P(GapPages, ProposeNoDayAfterTheCampaign) {
  ASSERT_EQ(world.edition().campaign_until, day("2018-12-10"));
  at("2018-12-09T06:00:00Z");
  EXPECT_THAT(get(world.national, planner, "/work/gaps?region=naryn&view=weeks"), HasSubstr("&amp;day=2018-12-10"));
  at("2018-12-10T06:00:00Z");
  EXPECT_THAT(get(world.national, planner, "/work/gaps?region=naryn&view=weeks"), Not(HasSubstr("&amp;day=")));
}

}  // namespace
}  // namespace birge::gap
