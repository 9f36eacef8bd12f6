#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/people/people_pages.hpp"
#include "features/work/work_pages_testing.hpp"

namespace birge::people {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using work::Action;

class PeopleInvite : public work::testing::PagesTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, PeopleInvite, db::both_engines(), db::engine_name);

TEST_P(PeopleInvite, AHelperIsInvitedToAnActivityThatIsChosenByItsName) {
  auto const add = [&](account::Person const& person, std::string title, int days) {
    auto draft = world.draft();
    draft.texts["ky"].title = std::move(title);
    draft.day = draft.end_day = world.today().plus(days);
    return world.create_draft(person, draft);
  };
  auto const id = add(world.focal, "Биздин каралама", 3), put_away = add(world.focal, "Алып салынган", 4);
  auto const proposed = add(world.focal, "Биздин сунуш", 5);
  add(world.focal, "Өтүп кеткен", -1);
  world.step(world.focal, put_away, Action::discard);
  world.step(world.focal, proposed, Action::propose);
  auto const invite = [&](account::Person const& person) {
    return ask(person, invite_page, http::Method::get, "/people/invite?activity=" + id_text(id), {}, {}, Language::en).body;
  };
  auto const own = invite(world.focal);
  EXPECT_THAT(own, HasSubstr("<option value=\"" + id_text(id) + "\" selected"));
  EXPECT_THAT(own, HasSubstr("Биздин сунуш"));
  EXPECT_THAT(own, Not(HasSubstr("Алып салынган")));
  EXPECT_THAT(own, Not(HasSubstr("Өтүп кеткен")));
  EXPECT_THAT(own, HasSubstr("Helps with one activity and enters its result."));
  EXPECT_THAT(own, HasSubstr("<option value=\"\" >Choose</option>"));
  EXPECT_THAT(invite(world.national), HasSubstr("Биздин сунуш"));
  for (auto const* person : {&world.regional, &world.national, &world.stranger, &world.elsewhere})
    EXPECT_THAT(invite(*person), Not(HasSubstr("Биздин каралама"))) << "a draft of others";
  EXPECT_THAT(invite(world.stranger), Not(HasSubstr("name=\"activity\""))) << "nothing of theirs lies ahead";
}

}  // namespace
}  // namespace birge::people
