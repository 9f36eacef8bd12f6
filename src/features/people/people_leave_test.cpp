#include "features/people/people_leave.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/board/board_store.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_testing.hpp"

namespace birge::people {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PeopleLeave : public ::testing::TestWithParam<db::Engine> {
protected:
  work::testing::WorkWorld world{GetParam()};

  void save_view(account::Person const& person, std::string const& name) {
    world.database().write([&](db::Tx& tx) {
      board::save_view(tx, world.ids(), {0, person.id, world.organisation(0), name, "state=proposed"}, world.clock().now());
    });
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, PeopleLeave, db::both_engines(), db::engine_name);

TEST_P(PeopleLeave, WhoeverLeavesTakesTheirSavedViewsAlong) {
  save_view(world.focal, "Айгүлдүкү");
  save_view(world.colleague, "Бакыттыкы");
  world.database().write([&](db::Tx& tx) { forget(tx, world.focal.id, world.clock().now()); });
  std::vector<std::string> left;
  for (auto const& view :
       world.database().read([&](db::Reader& read) { return board::saved_views(read, world.colleague.id, world.organisation(0)); }))
    left.push_back(view.name);
  EXPECT_THAT(left, ElementsAre("Бакыттыкы"));
}

TEST_P(PeopleLeave, WhoeverLeavesActsInNobodysPlaceAndNobodyInTheirs) {
  world.name_deputy(world.regional, world.stranger);
  world.name_deputy(world.second, world.colleague);
  world.database().write([&](db::Tx& tx) {
    forget(tx, world.stranger.id, world.clock().now());
    forget(tx, world.second.id, world.clock().now());
  });
  EXPECT_THAT(world.ask_work([&](work::Store& store) { return store.running_stand_ins(world.today()); }), IsEmpty());
}

TEST_P(PeopleLeave, WhatADeputyDidStaysUnderTheirOwnOrganisation) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, work::Action::propose);
  world.name_deputy(world.regional, world.stranger);
  world.step(world.stranger, id, work::Action::approve);
  auto const life = [&] {
    auto const body = world
                          .ask_as(world.regional, world.message_to(http::Method::get, "/work/activities/" + id_text(id)), work::activity_work, {},
                                  {{"id", id_text(id)}}, Language::ky)
                          .body;
    return body.substr(body.find("id=\"life\""));
  };
  auto const organisation = std::string(html("{}", world.facts().organisation(world.organisation(1))->name(Language::ky)).text());
  EXPECT_THAT(life(), AllOf(HasSubstr("Гүлнара, " + organisation), HasSubstr("Данияр")));
  world.database().write([&](db::Tx& tx) { forget(tx, world.stranger.id, world.clock().now()); });
  EXPECT_THAT(life(), AllOf(HasSubstr(organisation), HasSubstr("Данияр"), Not(HasSubstr("Гүлнара"))));
}

}  // namespace
}  // namespace birge::people
