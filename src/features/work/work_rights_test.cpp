#include <gmock/gmock.h>

#include "features/account/account_change.hpp"
#include "features/work/work_pages_testing.hpp"

namespace birge::work {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

/// What somebody may do in the place of a coordinator who is away.
class WorkRights : public testing::PagesTest {
protected:
  ActivityId proposed(Activity const& draft) {
    auto const id = world.create_draft(world.focal, draft);
    world.step(world.focal, id, Action::propose);
    return id;
  }
  ActivityId proposed() { return proposed(world.draft()); }
  std::string deputies(account::Person const& person) { return ask(person, stand_ins, http::Method::get, "/work/deputies").body; }
  std::string desk(account::Person const& person) { return ask(person, my_page, http::Method::get, "/work").body; }
  /// Those who are asked to answer a proposal.
  std::vector<PersonId> asked() {
    return world.database().read(
        [](db::Reader& read) { return read.all<PersonId>("select person from notice where event = 'proposed' order by person"); });
  }
  static std::string said(Message const& text) { return std::string(Say::in(Language::ky)(text)); }
  std::string const answers = said(message("Proposals waiting for your answer"));
};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkRights, db::both_engines(), db::engine_name);

TEST_P(WorkRights, WithoutASecondStepNobodyDecidesInAnothersPlace) {
  world.remove_second_step(world.stranger);
  world.name_deputy(world.regional, world.stranger);
  auto const id = proposed();
  EXPECT_THAT(asked(), ElementsAre(world.regional.id, world.second.id));
  EXPECT_THROW(world.step(world.stranger, id, Action::approve), Problem);
  EXPECT_THAT(desk(world.stranger), Not(HasSubstr(answers)));
  world.database().write([&](db::Tx& tx) { account::set_factor(tx, world.stranger.id, {"card", "", 0}, {}, {}, world.clock().now()); });
  EXPECT_THAT(desk(world.stranger), HasSubstr(answers));
  EXPECT_NO_THROW(world.step(world.stranger, id, Action::approve));
  world.database().write([&](db::Tx& tx) { account::remove_factor(tx, world.stranger.id); });
  EXPECT_THROW(world.step(world.stranger, proposed(), Action::approve), Problem) << "it was taken away";
}

TEST_P(WorkRights, BothAreToldThatTheSecondStepIsMissing) {
  auto const to_principal = said(message("They have no second step for signing in yet. Until they set it up, they cannot act in this place."));
  auto const to_deputy =
      said(message("You are named to act in somebody's place. First set up a second step for signing in: you cannot act there before."));
  world.name_deputy(world.regional, world.colleague);
  EXPECT_THAT(deputies(world.regional), Not(HasSubstr(to_principal)));
  EXPECT_THAT(desk(world.colleague), Not(HasSubstr(to_deputy)));
  world.remove_second_step(world.colleague);
  EXPECT_THAT(deputies(world.regional), HasSubstr(to_principal));
  EXPECT_THAT(desk(world.colleague), HasSubstr("/account/factor\""));
  world.remove_second_step(world.focal);
  EXPECT_THAT(desk(world.focal), Not(HasSubstr("/account/factor\""))) << "who stands in for nobody needs none";
}

TEST_P(WorkRights, NobodyDecidesInAnothersPlaceOnWhatTheOwnOrganisationHolds) {
  world.name_deputy(world.regional, world.colleague);
  world.name_deputy(world.regional, world.stranger);
  auto const id = proposed();
  EXPECT_THAT(asked(), UnorderedElementsAre(world.regional.id, world.second.id, world.stranger.id));
  for (auto const action : {Action::approve, Action::give_back}) EXPECT_THROW(world.step(world.colleague, id, action, "Эрте"), Problem);
  EXPECT_THAT(desk(world.colleague), Not(HasSubstr(answers)));
  EXPECT_THAT(page(world.colleague, id).body,
              HasSubstr(said(message("Your own organisation holds it: in another person's place you do not decide on it."))));
  EXPECT_NO_THROW(world.step(world.stranger, id, Action::approve));
  world.report(world.focal, id, 40);
  EXPECT_THROW(world.step(world.colleague, id, Action::confirm), Problem);
  EXPECT_NO_THROW(world.step(world.stranger, id, Action::confirm));
}

TEST_P(WorkRights, WhoeverHostsItTooDoesNotDecideOnItInAnothersPlace) {
  auto draft = world.draft();
  draft.co_hosts = {world.organisation(1)};
  world.name_deputy(world.regional, world.stranger);
  auto const id = proposed(draft);
  EXPECT_THAT(asked(), ElementsAre(world.regional.id, world.second.id));
  EXPECT_THROW(world.step(world.stranger, id, Action::approve), Problem);
  EXPECT_THAT(desk(world.stranger), Not(HasSubstr(answers)));
}

TEST_P(WorkRights, WhoCoordinatesSomethingStandsFirstAmongThoseToBeNamed) {
  auto const body = deputies(world.regional);
  auto const place = [&](account::Person const& person) { return body.find("value=\"" + id_text(person.id) + "\""); };
  ASSERT_NE(place(world.focal), std::string::npos);
  for (auto const& person : {world.second, world.elsewhere, world.national}) {
    EXPECT_LT(place(person), place(world.focal)) << person.name;
    EXPECT_LT(place(person), place(world.colleague)) << person.name;
  }
}

}  // namespace
}  // namespace birge::work
