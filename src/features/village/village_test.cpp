#include "features/village/village.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/activity/activity_testing.hpp"
#include "features/village/village_form.hpp"

namespace birge::village {
namespace {

using activity::testing::day;
using activity::testing::World;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Invitation in_state(State state) {
  Invitation invitation;
  invitation.state = code(state);
  return invitation;
}

TEST(Village, WhatWasAnsweredDeclinedOrPassedOnTakesNoStepButBack) {
  for (auto const state : {State::answered, State::declined, State::passed_on})
    for (auto const step : {Step::take, Step::answer, Step::decline, Step::pass_on}) EXPECT_FALSE(after(in_state(state), step));
  EXPECT_FALSE(after(in_state(State::answering), Step::take)) << "somebody has it already";
  EXPECT_FALSE(after(in_state(State::waiting), Step::reopen));
}

TEST(Village, WhatWasForgottenIsNotTakenBack) {
  auto invitation = in_state(State::passed_on);
  EXPECT_EQ(after(invitation, Step::reopen), State::waiting);
  invitation.forgotten = Instant{};
  EXPECT_FALSE(after(invitation, Step::reopen));
}

TEST(Village, OnlyCoordinatorsOfItsRegionAndNationalOnesMayKnowOfIt) {
  place::PlaceId const naryn{1}, talas{2};
  coalition::OrganisationId const organisation{3};
  auto invitation = in_state(State::waiting);
  invitation.region = naryn;
  auto const sees = [&](account::Grant const& grant) {
    account::Person person;
    person.grants = {grant};
    return may_see(person, invitation);
  };
  using account::Role;
  EXPECT_FALSE(sees({Role::regional_coordinator, talas, {}, {}}));
  for (auto const role : {Role::focal_point, Role::member, Role::communications_officer, Role::observer})
    EXPECT_FALSE(sees({role, {}, organisation, {}})) << account::role_code(role);
  EXPECT_FALSE(sees({Role::administrator, {}, {}, {}}));
  EXPECT_TRUE(sees({Role::regional_coordinator, naryn, {}, {}}));
  EXPECT_TRUE(sees({Role::national_coordinator, {}, {}, {}}));
}

class VillageForm : public ::testing::Test {
protected:
  World world{db::Engine::sqlite};

  http::Parameters typed(std::string place = "Ат-Башы") const {
    return http::Parameters::of(
        {{"place", std::move(place)}, {"kind", "lecture"}, {"month", "2018-11"}, {"people", "80"}, {"contact", "0700 123 456"}});
  }
  ReadForm read(http::Parameters const& form) {
    return world.database().read([&](db::Reader& reader) {
      return read_form(form, world.facts(), place::Matcher(*world.facts().places, reader), world.edition(), world.today());
    });
  }
  std::vector<std::string> wrong(http::Parameters const& form) {
    std::vector<std::string> fields;
    for (auto const& fault : read(form).faults) fields.push_back(fault.field);
    return fields;
  }
  http::Parameters with(std::string_view name, std::string const& value) const {
    auto form = typed("Ат-Башы району");
    form.set(name, value);
    return form;
  }
};

TEST_F(VillageForm, WhatIsTooLongOrNoNumberIsToldBesideItsField) {
  EXPECT_THAT(wrong(with("place", "")), ElementsAre("place"));
  EXPECT_THAT(wrong(with("place", std::string(300, 'a'))), ElementsAre("place"));
  EXPECT_THAT(wrong(with("wish", std::string(601, 'a'))), ElementsAre("wish"));
  EXPECT_THAT(wrong(with("contact_name", std::string(101, 'a'))), ElementsAre("contact_name"));
  for (auto const* people : {"0", "-3", "many", "100001", "9999999999999999999999"})
    EXPECT_THAT(wrong(with("people", people)), ElementsAre("people"));
  for (auto const* contact : {"", "Айгүл", "12", "a@b@c"}) EXPECT_THAT(wrong(with("contact", contact)), ElementsAre("contact")) << contact;
}

TEST_F(VillageForm, AFieldThatNobodySeesIsLeftEmptyByPeople) { EXPECT_THAT(wrong(with("more", "http://example.org")), ElementsAre("")); }

TEST_F(VillageForm, ANameOfSeveralPlacesIsAskedAbout) {
  auto form = typed("Нарын");
  auto const several = read(form);
  ASSERT_EQ(several.faults.size(), 1U);
  EXPECT_GE(several.candidates.size(), 2U);
  for (auto const id : several.candidates) EXPECT_NE(world.facts().places->find(id)->code, "naryn") << "an oblast is too large to come to";
  form.set("place_for", "Нарын");
  form.set("place_choice", "naryn-rayon");
  auto const chosen = read(form);
  EXPECT_THAT(chosen.faults, IsEmpty());
  EXPECT_EQ(chosen.invitation.district, world.place("naryn-rayon"));
  EXPECT_EQ(chosen.invitation.region, world.place("naryn"));
}

TEST_F(VillageForm, AVillageNobodyKnowsIsPlacedByItsDistrict) {
  auto form = typed("Кызыл-Жылдыз-Ата");
  EXPECT_TRUE(read(form).ask_district);
  form.set("district", "kochkor");
  auto const found = read(form);
  EXPECT_THAT(found.faults, IsEmpty());
  EXPECT_EQ(found.invitation.district, world.place("kochkor"));
  EXPECT_EQ(found.invitation.village, "Кызыл-Жылдыз-Ата");
}

TEST_F(VillageForm, APlaceThatWasAbolishedIsAskedForItsDistrict) {
  world.load(place::with_days(place::kyrgyz_pack(), "dostuk-nooken", {}, day("2018-09-30")));
  std::string const abolished = "Достук айыл аймагы, Ноокен району";
  auto form = typed(abolished);
  auto const asked = read(form);
  ASSERT_EQ(asked.faults.size(), 1U);
  EXPECT_EQ(asked.faults.front().message, message("“{}” was a place until {}. Choose the place it belongs to now.", abolished, day("2018-09-30")));
  EXPECT_TRUE(asked.ask_district);
  EXPECT_THAT(asked.candidates, IsEmpty());
  form.set("district", "nooken");
  EXPECT_EQ(read(form).invitation.district, world.place("nooken"));
  EXPECT_EQ(read(typed("Достук")).invitation.district, world.place("naryn-rayon")) << "the other one of this name";
}

TEST_F(VillageForm, ADistrictThatIsNoneIsNotTaken) {
  auto form = typed("Нарын облусу");
  form.set("district", "naryn");
  EXPECT_TRUE(read(form).ask_district) << "a whole oblast is no answer";
  form.set("district", "nowhere");
  EXPECT_TRUE(read(form).ask_district);
}

TEST_F(VillageForm, CodesThatThePackDoesNotHaveAreLeftOut) {
  auto form = with("kind", "<script>");
  form.set("month", "1999-01");
  auto const read_back = read(form);
  EXPECT_THAT(read_back.faults, IsEmpty());
  EXPECT_EQ(read_back.invitation.kind + read_back.invitation.month, "");
}

TEST_F(VillageForm, TheMonthsOfferedEndWithTheCampaign) {
  EXPECT_THAT(months(world.edition(), world.today()), ElementsAre("2018-10", "2018-11", "2018-12"));
  EXPECT_TRUE(takes_invitations(world.edition(), day("2018-12-10")));
  EXPECT_FALSE(takes_invitations(world.edition(), day("2018-12-11")));
}

TEST_F(VillageForm, ADraftBeginsWithTheMonthUnlessItHasBegun) {
  Invitation invitation;
  EXPECT_FALSE(wished_day(invitation, world.today()));
  invitation.month = "2018-10";
  EXPECT_FALSE(wished_day(invitation, world.today()));
  invitation.month = "2018-11";
  EXPECT_EQ(wished_day(invitation, world.today()), day("2018-11-01"));
}

}  // namespace
}  // namespace birge::village
