#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/site_testing.hpp"
#include "features/activity/activity_store.hpp"
#include "features/village/village_store.hpp"

/// The gap planner from outside: who sees what, and that its numbers lead where they say.
namespace birge::app::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Gaps : public ::testing::Test {
protected:
  Site site;
  place::PlaceId naryn = site.region("naryn");
  coalition::OrganisationId ours = site.organisation("Мээрим", naryn);
  PersonId national = site.person("Бакыт", "bakyt@example.org", {Role::national_coordinator, {}, {}, {}});
  PersonId regional = site.person("Нурлан", "nurlan@example.org", {Role::regional_coordinator, naryn, {}, {}});
  PersonId elsewhere = site.person("Талант", "talas@example.org", {Role::regional_coordinator, site.region("talas"), {}, {}});
  PersonId focal = site.person("Айгүл", "aigul@example.org", {Role::focal_point, {}, ours, {}});
  PersonId observer = site.person("Olivia", "olivia@example.org", {Role::observer, {}, {}, {}});
  PersonId administrator = site.person("Админ", "admin@example.org", {Role::administrator, {}, {}, {}});

  Browser as(PersonId person) { return Browser(site, site.session(person)); }
  std::string get(PersonId person, std::string const& path) { return as(person).get(path).body; }

  void add(char const* place, activity::State state, char const* day) {
    activity::Activity made;
    made.edition = site.facts().edition("2018")->id;
    made.kind = "lecture";
    made.state = state;
    made.day = made.end_day = Day::parse(day).value();
    made.place = site.region(place);
    made.lead = ours;
    made.texts["ky"] = {"Лекция", "", ""};
    site.database().write([&](db::Tx& tx) {
      activity::Saver saver(tx, site.ids(), site.facts(), site.clock().now());
      saver.add(made, "test");
      saver.finish();
    });
  }
  void invite(char const* district) {
    village::Invitation invitation;
    invitation.edition = site.facts().edition("2018")->id;
    invitation.language = "ky";
    invitation.place = site.region(district);
    invitation.district = invitation.place;
    invitation.region = site.facts().places->region_of(invitation.place)->id;
    invitation.wish = "Купуя сөз";
    invitation.contact = "+996 555 987 654";
    site.database().write([&](db::Tx& tx) { village::add(tx, site.ids(), invitation, district, site.clock().now()); });
  }
};

TEST_F(Gaps, WhoSeesNothingOfTheCoalitionSeesNoGaps) {
  EXPECT_EQ(as(administrator).get("/en/work/gaps").status, Status::forbidden);
  EXPECT_EQ(Browser(site).get("/en/work/gaps").status, Status::see_other);
  EXPECT_EQ(as(observer).get("/en/work/gaps").status, Status::ok);
}

TEST_F(Gaps, APlaceThatIsNoDistrictHasNoPage) {
  for (auto const* code : {"naryn", "kg", "nowhere", "%3Cscript%3E"})
    EXPECT_EQ(as(national).get("/en/work/gaps/" + std::string(code)).status, Status::not_found) << code;
  EXPECT_EQ(as(national).get("/en/work/gaps/kochkor").status, Status::ok);
  EXPECT_EQ(as(national).get("/en/work/gaps/osh-city").status, Status::ok);
}

TEST_F(Gaps, ARegionalCoordinatorBeginsWithTheOwnRegionAndMayLookFurther) {
  auto const own = get(regional, "/en/work/gaps");
  auto const rows = own.substr(own.find("<tbody>"));
  EXPECT_THAT(rows, AllOf(HasSubstr("/en/work/gaps/kochkor"), Not(HasSubstr("/en/work/gaps/manas"))));
  auto const all = get(regional, "/en/work/gaps?region=all");
  EXPECT_THAT(all.substr(all.find("<tbody>")), HasSubstr("/en/work/gaps/manas"));
  auto const of_national = get(national, "/en/work/gaps");
  EXPECT_THAT(of_national.substr(of_national.find("<tbody>")), HasSubstr("/en/work/gaps/manas"));
}

TEST_F(Gaps, WaitingInvitationsComeFirstAndOpenForThoseWhoMaySeeThem) {
  invite("toguz-toro");
  invite("manas");
  auto const body = get(national, "/en/work/gaps");
  auto const rows = body.substr(body.find("<tbody>"));
  EXPECT_LT(rows.find("gaps/toguz-toro"), rows.find("gaps/kochkor"));
  EXPECT_THAT(rows, HasSubstr("/en/work/invitations?place=toguz-toro#waiting"));
  auto const talas = get(elsewhere, "/en/work/gaps?region=all");
  EXPECT_THAT(talas, AllOf(HasSubstr("/en/work/invitations?place=manas#waiting"), Not(HasSubstr("/en/work/invitations?place=toguz-toro"))));
  for (auto const person : {focal, observer}) {
    auto const theirs = get(person, "/en/work/gaps?region=all");
    EXPECT_THAT(theirs, AllOf(Not(HasSubstr("/work/invitations?")), Not(HasSubstr("Купуя")), Not(HasSubstr("987"))));
    EXPECT_LT(theirs.find("gaps/toguz-toro\"", theirs.find("<tbody>")), theirs.find("gaps/kochkor\"", theirs.find("<tbody>")));
  }
}

TEST_F(Gaps, FromAGapOneStepsIntoADraftOnlyWhereOneMayPlan) {
  auto const link = HasSubstr("/en/work/activities/new?place=kochkor");
  EXPECT_THAT(get(regional, "/en/work/gaps/kochkor"), link);
  EXPECT_THAT(get(focal, "/en/work/gaps/kochkor"), link);
  EXPECT_THAT(get(national, "/en/work/gaps/kochkor"), link);
  EXPECT_THAT(get(elsewhere, "/en/work/gaps/kochkor"), Not(link)) << "another coordinator's region";
  EXPECT_THAT(get(observer, "/en/work/gaps/kochkor"), Not(link));
  EXPECT_THAT(get(focal, "/en/work/gaps?region=naryn&view=weeks"), HasSubstr("/en/work/activities/new?place=kochkor&amp;day=2018-11-05"));
  // Place, day and what narrows the plan go with it, past the choice of a kind.
  auto const kinds = get(focal, "/en/work/activities/new?place=kochkor&day=2018-11-05&audience=pupils");
  EXPECT_THAT(kinds, HasSubstr("/en/work/activities/new?place=kochkor&amp;day=2018-11-05&amp;audience=pupils&amp;kind=lecture"));
  auto const form = get(focal, "/en/work/activities/new?place=kochkor&day=2018-11-05&audience=pupils&kind=lecture");
  EXPECT_THAT(form,
              AllOf(HasSubstr("value=\"2018-11-05\""), HasSubstr("name=\"place_choice\" value=\"kochkor\""), HasSubstr("value=\"pupils\" checked")));
}

TEST_F(Gaps, WhoCouldGoAreOrganisationsAndNoPeople) {
  add("jumgal", activity::State::held, "2018-10-02");
  add("jumgal", activity::State::approved, "2018-11-02");
  auto const body = get(observer, "/en/work/gaps/kochkor");
  auto const slug = site.facts().organisation(ours)->slug;
  EXPECT_THAT(body, AllOf(HasSubstr("Мээрим"), HasSubstr("88 km"), HasSubstr("place=jumgal&amp;organisation=" + slug), Not(HasSubstr("Айгүл"))));
}

TEST_F(Gaps, WhatIsInNoDistrictHasRowsOfItsOwn) {
  add("naryn", activity::State::held, "2018-10-02");
  auto const body = get(regional, "/en/work/gaps");
  EXPECT_THAT(body, AllOf(HasSubstr("no district said"), HasSubstr("never reached")));
  EXPECT_THAT(body, HasSubstr("place=naryn&amp;only=region")) << "opens the activities without a district";
}

TEST_F(Gaps, TheTableIsToBeHadAsCsvAndAsAWorkbook) {
  auto browser = as(observer);
  auto const csv = browser.get("/en/work/gap-table?region=naryn&format=csv");
  EXPECT_EQ(csv.content_type, "text/csv; charset=utf-8");
  EXPECT_EQ(std::ranges::count(csv.body, '\n'), 7) << "a head and the six of Naryn";
  EXPECT_TRUE(browser.get("/en/work/gap-table").body.starts_with("PK"));
}

TEST_F(Gaps, AnAddressThatNamesNothingIsNoMistakeOfThePage) {
  EXPECT_EQ(as(national).get("/en/work/gaps?kind=%3Cscript%3E&region=nowhere&topic=x&audience=y&view=z").status, Status::ok);
  EXPECT_EQ(as(national).get("/en/work/gaps?edition=1800").status, Status::not_found);
}

}  // namespace
}  // namespace birge::app::testing
