#include <gmock/gmock.h>

#include "features/work/work_pages_testing.hpp"

namespace birge::work {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using testing::fields_of;
using ::testing::HasSubstr;
using ::testing::Not;

/// What becomes of an approval where the form of an activity is changed after it.
class WorkChanges : public testing::PagesTest {
protected:
  using Change = std::function<void(Activity&)>;

  ActivityId approved(Activity const& draft) {
    auto const id = world.create_draft(world.focal, draft);
    world.step(world.focal, id, Action::propose);
    world.step(world.regional, id, Action::approve);
    return id;
  }
  void change(account::Person const& person, ActivityId id, Change const& change) {
    Step edit;
    edit.action = Action::edit;
    edit.change = change;
    world.step(person, id, edit);
  }
  State state(ActivityId id) { return world.find(id).state; }
  /// Those who are asked to answer a proposal and have not read it yet.
  std::vector<PersonId> asked() {
    return world.database().read(
        [](db::Reader& read) { return read.all<PersonId>("select person from notice where event = 'proposed' and seen is null order by person"); });
  }
  static std::string said(Message const& text) { return std::string(Say::in(Language::ky)(text)); }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkChanges, db::both_engines(), db::engine_name);

TEST_P(WorkChanges, WhatWasApprovedIsProposedAnewOnceItIsAnotherPlan) {
  auto coalition = world.draft();
  coalition.is_public = false;
  for (Change const& another : {Change([](Activity& activity) { activity.kind = "peace_march"; }),
                                Change([](Activity& activity) { activity.audiences.push_back("parents"); }),
                                Change([](Activity& activity) { activity.is_public = true; }), Change([](Activity& activity) {
                                  activity.expected = activity::Count{50, 81};
                                }),
                                Change([](Activity& activity) { activity.expected.reset(); })}) {
    auto const id = approved(coalition);
    change(world.colleague, id, another);
    EXPECT_EQ(state(id), State::proposed);
    EXPECT_THROW(world.step(world.focal, id, Action::hold), Problem);
    auto const standing = world.ask_work([&](Store& store) { return store.work(id); });
    EXPECT_EQ(standing.proposed_by, world.colleague.id) << "whose proposal it is now";
    EXPECT_THAT(asked(), ElementsAre(world.regional.id, world.second.id));
    world.step(world.second, id, Action::approve);
    EXPECT_EQ(state(id), State::approved);
  }
}

TEST_P(WorkChanges, WhatStaysThePlanThatWasApprovedStaysApproved) {
  auto const id = approved(world.draft());
  for (Change const& small : {Change([](Activity& activity) { activity.texts["ky"].title = "Башка аталыш"; }), Change([](Activity& activity) {
                                activity.expected = activity::Count{60, 80};
                              }),
                              Change([](Activity& activity) { activity.is_public = false; }),
                              Change([&](Activity& activity) { activity.co_hosts = {world.organisation(1)}; })}) {
    change(world.focal, id, small);
    EXPECT_EQ(state(id), State::approved);
  }
}

TEST_P(WorkChanges, PeopleByAndByAreCountedFromTheNumberThatWasApproved) {
  auto const expect = [](std::int64_t number) { return [number](Activity& activity) { activity.expected = activity::Count{number, number}; }; };
  auto draft = world.draft();
  draft.expected = activity::Count{40, 40};
  auto const id = approved(draft);
  change(world.focal, id, expect(70));
  change(world.focal, id, expect(80));
  EXPECT_EQ(state(id), State::approved);
  auto const both = world.person("Эсен", {{account::Role::regional_coordinator, world.place("naryn"), world.organisation(2), {}},
                                          {account::Role::member, {}, world.organisation(0), {}}});
  change(both, id, expect(200));
  change(world.focal, id, expect(390));
  EXPECT_EQ(state(id), State::approved) << "200 was entered by one who could approve it";
  change(world.focal, id, expect(401));
  EXPECT_EQ(state(id), State::proposed);

  auto const raised = approved(draft);
  change(both, raised, expect(70));
  change(world.focal, raised, expect(140));
  EXPECT_EQ(state(raised), State::approved) << "70 too was entered by one who could approve it";
  change(world.focal, raised, expect(141));
  EXPECT_EQ(state(raised), State::proposed) << "counted from there, not from what the organisation entered since";

  auto const other = approved(draft);
  change(world.focal, other, expect(79));
  change(world.focal, other, expect(90));
  EXPECT_EQ(state(other), State::proposed) << "less than twice 79, but more than twice what was approved";

  auto const lowered = approved(draft);
  change(world.focal, lowered, expect(20));
  change(world.focal, lowered, expect(41));
  EXPECT_EQ(state(lowered), State::proposed) << "counted from the lower number";

  auto const imported = approved(draft);
  change(world.focal, imported, expect(70));
  world.database().write([&](db::Tx& tx) { tx.run("update activity set expected_low = 300, expected_high = 300 where id = $1", imported); });
  change(world.focal, imported, [](Activity& activity) { activity.texts["ky"].title = "Башка аталыш"; });
  EXPECT_EQ(state(imported), State::approved) << "a number that the log does not know stands as it is";
}

TEST_P(WorkChanges, AnApprovalOnPaperIsNotThatOfAnotherPlan) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  Step step;
  step.action = Action::approve_paper;
  step.paper = Paper{"№ 17-б", world.today().plus(-1), "Облус акиминин орун басары"};
  world.step(world.regional, id, step);
  change(world.focal, id, [](Activity& activity) { activity.kind = "peace_march"; });
  EXPECT_FALSE(world.ask_work([&](Store& store) { return store.paper(id); }));
}

TEST_P(WorkChanges, TheFormSaysBeforeWhatNeedsANewApproval) {
  auto const told =
      said(message("It is approved: another day or place is a move, with a reason. It will need a new approval if you change the kind, who holds it "
                   "or for whom it is, show it to everybody, or expect more than twice as many people as it was approved for."));
  auto const id = approved(world.draft());
  EXPECT_THAT(get(world.focal, edit_activity, id, Action::edit).body, HasSubstr(told));
  EXPECT_THAT(get(world.focal, edit_activity, world.create_draft(world.focal), Action::edit).body, Not(HasSubstr(told)));
}

TEST_P(WorkChanges, WhatNeedsANewApprovalLacksNothingOfAProposal) {
  auto const id = approved(world.draft());
  auto list = fields_of(get(world.focal, edit_activity, id, Action::edit).body).list();
  std::erase_if(list, [](auto const& field) { return field.first == "audience"; });
  auto const told = post(world.focal, save_activity, id, Action::edit, http::Parameters::of(std::move(list)));
  EXPECT_EQ(told.status, Status::unprocessable);
  EXPECT_THAT(told.body, HasSubstr("id=\"audience-fault\""));
  EXPECT_EQ(state(id), State::approved);
}

TEST_P(WorkChanges, TheTimelineNamesWhatWasChangedAndSaysNothingOfTexts) {
  auto const id = approved(world.draft());
  change(world.focal, id, [](Activity& activity) { activity.texts["ky"].title = "Эски аталыш"; });
  change(world.focal, id, [](Activity& activity) {
    activity.texts["ky"].title = "Жаңы аталыш";
    activity.is_public = false;
  });
  change(world.focal, id, [](Activity& activity) { activity.expected = activity::Count{90, 90}; });
  auto const body = page(world.regional, id).body;
  auto const life = body.substr(body.find("id=\"life\""));
  auto const changed = "<b>" + said(happened(Action::edit)) + "</b>: ";
  EXPECT_THAT(life, HasSubstr(changed + said(message("Title")) + "<br>"));
  EXPECT_THAT(life, HasSubstr(changed + said(message("Title")) + ", " + said(message("Who may see it")) + "<br>"));
  EXPECT_THAT(life, HasSubstr(changed + said(message("How many people you expect")) + "<br>"));
  EXPECT_THAT(life, AllOf(HasSubstr(said(message("It needs a new approval."))), Not(HasSubstr("Эски аталыш"))));
}

}  // namespace
}  // namespace birge::work
