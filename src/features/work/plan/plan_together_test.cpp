#include <gmock/gmock.h>

#include "features/work/work_pages_testing.hpp"

/// Proposing several drafts at once.
namespace birge::work {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using testing::fields_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class WorkTogether : public testing::PagesTest {
protected:
  static std::string location(Reply const& reply) {
    for (auto const& [name, value] : reply.headers)
      if (name == "Location") return value.substr(value.find("/work/"));
    return {};
  }
  http::Parameters series(char const* go) {
    auto form = filled_form();
    form.set("weeks", "3");
    form.set("go", go);
    return form;
  }
  Reply add(http::Parameters const& form) { return ask(world.focal, add_activity, http::Method::post, "/work/activities", form); }
  std::string list(account::Person const& person, std::string const& path = "/work/propose") {
    return ask(person, propose_list, http::Method::get, path, {}, {}, Language::en).body;
  }
  std::string propose_these(account::Person const& person, http::Parameters form) {
    return ask(person, propose_chosen, http::Method::post, "/work/propose", std::move(form), {}, Language::en).body;
  }
  /// Of all that the focal point entered.
  std::vector<std::string> states() {
    std::vector<std::string> list;
    for (auto const& brief : world.ask_work([&](Store& store) { return store.of_planner(world.focal.id, {}, world.edition().id, 20); }))
      list.push_back(brief.state);
    return list;
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkTogether, db::both_engines(), db::engine_name);

TEST_P(WorkTogether, ASeriesIsProposedWhole) {
  auto const saved = add(series("propose"));
  ASSERT_EQ(saved.status, Status::see_other);
  EXPECT_THAT(states(), AllOf(SizeIs(4), Each("draft"))) << "before the page that shows what stands in the way";
  auto const page = list(world.focal, location(saved));
  auto const form = fields_of(page);
  ASSERT_THAT(form.all("chosen"), SizeIs(4));
  for (int time = 0; time < 2; ++time)
    EXPECT_THAT(propose_these(world.focal, form), AllOf(HasSubstr("4 activities were proposed."), HasSubstr("No draft is left to propose"))) << time;
  EXPECT_THAT(states(), AllOf(SizeIs(4), Each("proposed")));
}

TEST_P(WorkTogether, EachWeekOfASeriesShowsWhatItMeets) {
  auto other = world.plain("Башка жолугушуу");
  other.state = State::approved;
  other.place = world.place("at-bashy");
  other.day = other.end_day = world.today().plus(15);  // the day after the third of them
  world.add(other);
  auto const page = list(world.focal, location(add(series("propose"))));
  auto const third = page.find("datetime=\"" + world.today().plus(14).iso());
  auto const met = page.find("Башка жолугушуу");
  ASSERT_NE(met, std::string::npos);
  EXPECT_EQ(page.find("Башка жолугушуу", met + 1), std::string::npos);
  EXPECT_LT(page.find("datetime=\"" + world.today().plus(7).iso()), met);
  EXPECT_LT(met, third) << "the day stands at the end of a row";
}

TEST_P(WorkTogether, ASeriesThatLacksSomethingComesBackAsItWasTyped) {
  auto form = series("propose");
  form.set("expected", "");
  auto const told = add(form);
  EXPECT_EQ(told.status, Status::unprocessable);
  EXPECT_THAT(told.body, AllOf(HasSubstr("id=\"expected-fault\""), HasSubstr("Коопсуз миграция боюнча лекция")));
  EXPECT_THAT(states(), IsEmpty());
  form.set("go", "save");
  EXPECT_EQ(add(form).status, Status::see_other) << "a draft may lack it";
  EXPECT_THAT(states(), SizeIs(4));
}

TEST_P(WorkTogether, ASeriesThatWasSentTwiceLeadsToWhatIsLeftOfIt) {
  auto const form = series("propose");
  add(form);
  EXPECT_EQ(location(add(form)), "/work/propose");
  EXPECT_THAT(states(), SizeIs(4));
  EXPECT_THAT(fields_of(list(world.focal)).all("chosen"), SizeIs(4));
}

TEST_P(WorkTogether, WhatLacksSomethingIsNotOfferedNorStored) {
  auto lacking = world.draft();
  lacking.expected.reset();
  auto const id = world.create_draft(world.focal, lacking);
  auto const whole = world.create_draft(world.focal);
  auto form = fields_of(list(world.focal));
  EXPECT_EQ(form.all("row").size(), 2U);
  ASSERT_EQ(form.all("chosen").size(), 1U);
  EXPECT_EQ(form.get("chosen"), id_text(whole) + ".1");
  auto const forced = http::Parameters::of({{"post", "forced"}, {"row", id_text(id) + ".1"}, {"chosen", id_text(id) + ".1"}});
  EXPECT_THAT(propose_these(world.focal, forced), HasSubstr("1 was not: it was changed meanwhile, or lacks something."));
  EXPECT_EQ(world.find(id).state, State::draft);
}

TEST_P(WorkTogether, WhereNothingIsTickedNothingIsProposed) {
  auto const row = id_text(world.create_draft(world.focal)) + ".1";
  auto const told = propose_these(world.focal, http::Parameters::of({{"post", "empty"}, {"row", row}}));
  EXPECT_THAT(told, AllOf(HasSubstr("Nothing was ticked, so nothing was proposed."), HasSubstr("name=\"chosen\" value=\"" + row)));
  EXPECT_THAT(states(), Each("draft"));
}

TEST_P(WorkTogether, DraftsOfOthersAreNeitherShownNorProposed) {
  auto draft = world.draft();
  draft.texts["ky"].title = "Жашыруун караламам";
  auto const id = world.create_draft(world.focal, draft);
  auto const row = id_text(id) + ".1";
  for (auto const* person : {&world.stranger, &world.regional, &world.national}) {
    EXPECT_THAT(list(*person, "/work/propose?row=" + row), Not(HasSubstr("Жашыруун"))) << person->name;
    EXPECT_THAT(list(*person), Not(HasSubstr("Жашыруун"))) << person->name;
    EXPECT_THAT(propose_these(*person, http::Parameters::of({{"post", "x"}, {"row", row}, {"chosen", row}})), Not(HasSubstr("Жашыруун")));
  }
  EXPECT_EQ(world.find(id).state, State::draft);
}

TEST_P(WorkTogether, OwnDraftsStandOnMyPageUntilTheyAreProposed) {
  auto draft = world.draft();
  draft.texts["ky"].title = "Менин караламам";
  auto const id = world.create_draft(world.focal, draft);
  auto const put_away = world.create_draft(world.focal);
  world.step(world.focal, put_away, Action::discard);
  auto const shown = [&](account::Person const& person) { return ask(person, my_page, http::Method::get, "/work", {}, {}, Language::en).body; };
  for (auto const* person : {&world.focal, &world.colleague}) {
    EXPECT_THAT(shown(*person), AllOf(HasSubstr("Not proposed yet"), HasSubstr("Менин караламам"))) << person->name;
    EXPECT_THAT(shown(*person), Not(HasSubstr(id_text(put_away)))) << person->name;
  }
  EXPECT_THAT(shown(world.stranger), Not(HasSubstr("Not proposed yet")));
  world.step(world.focal, id, Action::propose);
  EXPECT_THAT(shown(world.focal), Not(HasSubstr("Not proposed yet")));
}

TEST_P(WorkTogether, WhatACoordinatorEnteredForOthersStandsOnTheirPage) {
  auto draft = world.draft();
  draft.lead = world.organisation(1);
  auto const id = world.create_draft(world.regional, draft);
  EXPECT_THAT(ask(world.regional, my_page, http::Method::get, "/work").body, HasSubstr(id_text(id)));
  EXPECT_THAT(ask(world.second, my_page, http::Method::get, "/work").body, Not(HasSubstr(id_text(id))));
}

}  // namespace
}  // namespace birge::work
