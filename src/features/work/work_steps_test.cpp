#include <gmock/gmock.h>

#include "features/activity/activity_view.hpp"
#include "features/evidence/evidence_store.hpp"
#include "features/work/home/home_reminder.hpp"
#include "features/work/work_pages_testing.hpp"
#include "platform/files/files_testing.hpp"

namespace birge::work {
namespace {

using testing::day;
using ::testing::ElementsAre;
using testing::fields_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class WorkSteps : public testing::PagesTest {
protected:
  ActivityId proposed() {
    auto const id = world.create_draft(world.focal);
    world.step(world.focal, id, Action::propose);
    return id;
  }
  ActivityId approved(Activity const& draft) {
    auto const id = world.create_draft(world.focal, draft);
    world.step(world.focal, id, Action::propose);
    world.step(world.regional, id, Action::approve);
    return id;
  }
  /// Known by its month alone, as it came in from a list.
  ActivityId in_november() {
    auto activity = world.plain();
    activity.day = day("2018-11-01");
    activity.end_day = day("2018-11-30");
    activity.precision = activity::Precision::month;
    return world.add(activity);
  }
  http::Parameters form_of_move(ActivityId id) {
    auto form = fields_of(get(world.focal, step_form, id, Action::move).body);
    form.set("reason", "Зал бош эмес");
    return form;
  }
  Reply move(ActivityId id, http::Parameters const& form) { return post(world.focal, make_step_now, id, Action::move, form); }
  void edit_title(ActivityId id, char const* title) {
    Step edit;
    edit.action = Action::edit;
    edit.change = [&](Activity& activity) { activity.texts["ky"].title = title; };
    world.step(world.focal, id, edit);
  }
  ActivityId proposed_in_a_month() {
    auto draft = world.draft();
    draft.day = draft.end_day = world.today().plus(30);
    auto const id = world.create_draft(world.focal, draft);
    world.step(world.focal, id, Action::propose);
    return id;
  }
  void change_place(account::Person const& person, ActivityId id, char const* place) {
    Step edit;
    edit.action = Action::edit;
    edit.change = [&](Activity& activity) { activity.place = world.place(place); };
    world.step(person, id, edit);
  }
  /// Those who were told of a proposal and have not read it yet.
  std::vector<PersonId> asked() {
    return world.database().read(
        [](db::Reader& read) { return read.all<PersonId>("select person from notice where event = 'proposed' and seen is null order by person"); });
  }
  std::optional<Paper> paper(ActivityId id) {
    return world.ask_work([&](Store& store) { return store.paper(id); });
  }
  void approve_on_paper(ActivityId id, account::Person const& person) {
    Step step;
    step.action = Action::approve_paper;
    step.paper = Paper{"№ 17-б", world.today().plus(-1), "Облус акиминин орун басары"};
    world.step(person, id, step);
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkSteps, db::both_engines(), db::engine_name);

TEST_P(WorkSteps, AMonthBecomesTheDayItIsMovedToAndNoOtherMonth) {
  auto const id = in_november();
  auto form = form_of_move(id);
  EXPECT_EQ(form.get("day"), "") << "nobody said that it is the first";
  form.set("day", "2018-11-15");
  ASSERT_EQ(move(id, form).status, Status::see_other);
  auto const moved = world.find(id);
  EXPECT_EQ(moved.day, day("2018-11-15"));
  EXPECT_EQ(moved.end_day, day("2018-11-15"));
  EXPECT_EQ(moved.precision, activity::Precision::day);
  EXPECT_FALSE(moved.moved_from_day) << "a day of the month it was planned for is no other day";
  world.step(world.focal, id, Action::undo);
  auto const back = world.find(id);
  EXPECT_EQ(back.precision, activity::Precision::month);
  EXPECT_EQ(back.day, day("2018-11-01"));
  EXPECT_EQ(back.end_day, day("2018-11-30"));
  EXPECT_THAT(world.wrong_tallies(), IsEmpty());
}

TEST_P(WorkSteps, TheFirstDayOfItsMonthIsADayToo) {
  auto const id = in_november();
  auto form = form_of_move(id);
  form.set("day", "2018-11-01");
  ASSERT_EQ(move(id, form).status, Status::see_other);
  EXPECT_EQ(world.find(id).end_day, day("2018-11-01"));
  EXPECT_EQ(world.find(id).precision, activity::Precision::day);
}

TEST_P(WorkSteps, AMonthStaysOneWhereOnlyThePlaceIsAnother) {
  auto const id = in_november();
  auto form = form_of_move(id);
  form.set("place", "Кочкор району");
  ASSERT_EQ(move(id, form).status, Status::see_other);
  EXPECT_EQ(world.find(id).precision, activity::Precision::month);
  EXPECT_EQ(world.find(id).end_day, day("2018-11-30"));
  EXPECT_EQ(world.find(id).place, world.place("kochkor"));
}

TEST_P(WorkSteps, OfSeveralPlacesOneIsExchangedAndPutBack) {
  auto activity = world.plain();
  activity.reach = activity::Reach::several;
  activity.place.reset();
  activity.places = {world.place("kochkor"), world.place("talas")};
  auto const id = world.add(activity);
  auto form = form_of_move(id);
  auto const unchanged = move(id, form);
  EXPECT_EQ(unchanged.status, Status::unprocessable);
  EXPECT_THAT(unchanged.body, HasSubstr("day-fault"));
  form.set("place", "Кочкор району; Ат-Башы району");
  ASSERT_EQ(move(id, form).status, Status::see_other);
  EXPECT_THAT(world.find(id).places, ::testing::UnorderedElementsAre(world.place("kochkor"), world.place("at-bashy")));
  EXPECT_EQ(world.find(id).moved_from_place, world.place("talas"));
  world.step(world.focal, id, Action::undo);
  EXPECT_THAT(world.find(id).places, ::testing::UnorderedElementsAre(world.place("kochkor"), world.place("talas")));
  EXPECT_FALSE(world.find(id).moved_from_place);
}

TEST_P(WorkSteps, AnotherPlaceDoesNotKeepTheVenueOfTheOldOneUnasked) {
  auto draft = world.draft();
  draft.place = world.place("kochkor");
  draft.texts["ky"].venue = "Маданият үйү";
  draft.texts["ru"] = {"Лекция", "", "Дом культуры"};
  auto const id = approved(draft);
  auto form = form_of_move(id);
  EXPECT_EQ(form.get("venue"), "Маданият үйү");
  form.set("place", "Ат-Башы району");
  auto const asked = move(id, form);
  EXPECT_EQ(asked.status, Status::unprocessable);
  EXPECT_THAT(asked.body, HasSubstr("venue-fault"));
  auto same = fields_of(asked.body);
  ASSERT_EQ(move(id, same).status, Status::see_other) << "there is one of the same name";
  EXPECT_EQ(world.find(id).texts["ky"].venue, "Маданият үйү");
  EXPECT_EQ(world.find(id).texts["ru"].venue, "") << "it says where it would have been";
  world.step(world.focal, id, Action::undo);
  EXPECT_EQ(world.find(id).texts["ky"].venue, "Маданият үйү");
  EXPECT_EQ(world.find(id).texts["ru"].venue, "Дом культуры");
  form = form_of_move(id);
  form.set("place", "Ат-Башы району");
  form.set("venue", "");
  ASSERT_EQ(move(id, form).status, Status::see_other);
  EXPECT_EQ(world.find(id).texts["ky"].venue, "");
}

TEST_P(WorkSteps, AnotherDayKeepsTheVenue) {
  auto draft = world.draft();
  draft.texts["ky"].venue = "Маданият үйү";
  draft.texts["ru"] = {"Лекция", "", "Дом культуры"};
  auto const id = approved(draft);
  auto form = form_of_move(id);
  form.set("day", world.today().plus(9).iso());
  ASSERT_EQ(move(id, form).status, Status::see_other);
  EXPECT_EQ(world.find(id).texts["ky"].venue, "Маданият үйү");
  EXPECT_EQ(world.find(id).texts["ru"].venue, "Дом культуры");
}

TEST_P(WorkSteps, ThePlaceOfAMoveIsChosenAmongItsMeanings) {
  auto draft = world.draft();
  draft.place = world.place("kochkor");
  auto const id = approved(draft);
  auto form = form_of_move(id);
  form.set("place", "Нарын");
  auto const asked = move(id, form);
  EXPECT_EQ(asked.status, Status::unprocessable);
  EXPECT_THAT(asked.body, HasSubstr("name=\"place_choice\" value=\"naryn\""));
  auto again = fields_of(asked.body);
  again.set("place_choice", "naryn");
  ASSERT_EQ(move(id, again).status, Status::see_other);
  EXPECT_EQ(world.find(id).place, world.place("naryn"));
  EXPECT_EQ(world.find(id).moved_from_place, world.place("kochkor"));
  EXPECT_EQ(world.find(id).reason, "Зал бош эмес");
}

TEST_P(WorkSteps, AnApprovalOnPaperThatWasTakenBackIsShownNoMore) {
  auto const id = proposed();
  approve_on_paper(id, world.regional);
  EXPECT_TRUE(paper(id));
  EXPECT_THAT(page(world.focal, id).body, HasSubstr("№ 17-б"));
  world.step(world.regional, id, Action::undo);
  EXPECT_FALSE(paper(id));
  world.step(world.second, id, Action::approve);
  EXPECT_FALSE(paper(id)) << "it was approved in another way";
  EXPECT_THAT(page(world.focal, id).body, Not(HasSubstr("№ 17-б")));
}

TEST_P(WorkSteps, AnOrderDoesNotApproveWhatWasMovedToAnotherRegion) {
  auto const id = proposed();
  approve_on_paper(id, world.regional);
  Step step;
  step.action = Action::move;
  step.reason = "Зал бош эмес";
  step.change = [&](Activity& activity) { activity.place = world.place("talas"); };
  world.step(world.focal, id, step);
  EXPECT_FALSE(paper(id));
  world.step(world.focal, id, Action::undo);
  EXPECT_TRUE(paper(id)) << "back where it was approved";
}

TEST_P(WorkSteps, AProposalThatIsChangedIntoAnotherRegionIsAskedThere) {
  auto const id = proposed_in_a_month();
  EXPECT_THAT(asked(), ElementsAre(world.regional.id, world.second.id));
  world.clock().set(world.clock().now() + std::chrono::days(4));
  change_place(world.colleague, id, "talas");
  EXPECT_THAT(asked(), ElementsAre(world.elsewhere.id)) << "and it waits for the former ones no more";
  auto const standing = world.ask_work([&](Store& store) { return store.work(id); });
  EXPECT_EQ(standing.proposed_at, world.clock().now());
  EXPECT_EQ(standing.escalates, escalation_day(world.facts().today(world.clock().now()), world.facts().holidays)) << "its time begins anew";
  EXPECT_EQ(standing.proposed_by, world.colleague.id);
  EXPECT_THROW(world.step(world.regional, id, Action::approve), Problem);
  world.step(world.elsewhere, id, Action::approve);
  EXPECT_THAT(asked(), IsEmpty());
}

TEST_P(WorkSteps, AProposalThatIsChangedWithinItsRegionIsNotProposedAnew) {
  auto const id = proposed_in_a_month();
  auto const before = world.ask_work([&](Store& store) { return store.work(id); });
  world.clock().set(world.clock().now() + std::chrono::days(4));
  change_place(world.colleague, id, "kochkor");
  EXPECT_EQ(world.ask_work([&](Store& store) { return store.work(id); }), before);
  EXPECT_THAT(asked(), ElementsAre(world.regional.id, world.second.id));
}

TEST_P(WorkSteps, ACoordinatorTakesNoPlanToWhereNoneCouldBeEntered) {
  auto const id = world.create_draft(world.regional);
  EXPECT_THROW(change_place(world.regional, id, "talas"), Problem);
  EXPECT_EQ(world.find(id).place, world.place("naryn"));
  auto form = fields_of(get(world.regional, edit_activity, id, Action::edit).body);
  form.set("place", "Талас облусу");
  auto const told = post(world.regional, save_activity, id, Action::edit, form);
  EXPECT_EQ(told.status, Status::unprocessable);
  EXPECT_THAT(told.body, HasSubstr("id=\"place-fault\""));
  EXPECT_THAT(told.body, HasSubstr(std::string(Say::in(Language::ky)(no_right_to_plan()))));
  EXPECT_THAT(told.body, HasSubstr("value=\"Талас облусу\"")) << "what was typed stays";
  EXPECT_NO_THROW(change_place(world.regional, id, "kochkor"));
}

TEST(WorkApproval, IsTheLatestThatWasNeitherTakenBackNorOvertaken) {
  auto const of = [](std::vector<std::pair<char const*, char const*>> const& steps) {
    std::vector<Line> lines;
    for (auto const& [what, state] : steps) {
      Line line;
      line.version = static_cast<int>(lines.size()) + 1;
      line.what = what;
      line.state = state;
      lines.push_back(line);
    }
    auto const* found = approval_of(lines);
    return found ? found->version : 0;
  };
  EXPECT_EQ(of({{"created", "draft"}, {"propose", "proposed"}}), 0);
  EXPECT_EQ(of({{"created", "draft"}, {"propose", "proposed"}, {"paper", "approved"}, {"edit", "approved"}, {"report", "reported"}}), 3);
  EXPECT_EQ(of({{"propose", "proposed"}, {"approve", "approved"}, {"undo", "proposed"}, {"paper", "approved"}}), 4);
  EXPECT_EQ(of({{"propose", "proposed"}, {"paper", "approved"}, {"undo", "proposed"}}), 0);
  EXPECT_EQ(of({{"approve", "approved"}, {"cancel", "cancelled"}, {"undo", "approved"}}), 1);
  EXPECT_EQ(of({{"approve", "approved"}, {"move", "proposed"}, {"approve", "approved"}, {"undo", "proposed"}}), 0);
  EXPECT_EQ(of({{"approve", "approved"}, {"move", "proposed"}, {"undo", "approved"}}), 1);
  EXPECT_EQ(of({{"approve", "approved"}, {"edit", "proposed"}}), 0);
}

TEST_P(WorkSteps, WhoIsOvertakenKeepsTheReasonAndSendsItAgain) {
  auto const id = proposed();
  auto form = fields_of(get(world.regional, step_form, id, Action::give_back).body);
  form.set("reason", "Күндү тактаңыз");
  edit_title(id, "Жаңы аталыш");
  auto const told = post(world.regional, make_step_now, id, Action::give_back, form);
  EXPECT_EQ(told.status, Status::conflict);
  EXPECT_THAT(told.body, HasSubstr("Күндү тактаңыз</textarea>"));
  EXPECT_THAT(told.body, HasSubstr(std::string(Say::in(Language::ky)("Somebody else changed this meanwhile"))));
  EXPECT_THAT(told.body, HasSubstr(std::string(Say::in(Language::ky)(happened(Action::edit))))) << "what became of it meanwhile";
  EXPECT_EQ(world.find(id).state, State::proposed);
  ASSERT_EQ(post(world.regional, make_step_now, id, Action::give_back, fields_of(told.body)).status, Status::see_other);
  EXPECT_EQ(world.find(id).state, State::returned);
}

TEST_P(WorkSteps, WhoMayNoLongerSendItReadsWhyAndWhatWasTyped) {
  auto const id = proposed();
  auto form = fields_of(get(world.regional, step_form, id, Action::give_back).body);
  form.set("reason", "Күндү тактаңыз");
  world.step(world.second, id, Action::approve);
  auto const told = post(world.regional, make_step_now, id, Action::give_back, form);
  EXPECT_EQ(told.status, Status::conflict);
  EXPECT_THAT(told.body, HasSubstr("Күндү тактаңыз"));
  EXPECT_THAT(told.body, HasSubstr(std::string(Say::in(Language::ky)("Only a proposal can be approved or returned."))));
  EXPECT_EQ(world.find(id).state, State::approved);
}

TEST_P(WorkSteps, WhatWasTypedComesBackWhereTheRightEndedMeanwhile) {
  auto const id = proposed();
  auto form = fields_of(get(world.regional, step_form, id, Action::give_back).body);
  form.set("reason", "Күндү тактаңыз");
  world.end_roles(world.regional);
  auto nobody = world.regional;
  nobody.grants = {{account::Role::member, {}, world.organisation(0), {}}};
  auto const told = post(nobody, make_step_now, id, Action::give_back, form);
  EXPECT_EQ(told.status, Status::forbidden);
  EXPECT_THAT(told.body, HasSubstr("Күндү тактаңыз"));
  EXPECT_EQ(world.find(id).state, State::proposed);
}

TEST_P(WorkSteps, AMoveThatIsOvertakenUndoesNoOthersMove) {
  auto draft = world.draft();
  draft.day = draft.end_day = world.today().plus(5);
  auto const id = approved(draft);
  auto mine = form_of_move(id);
  mine.set("day", world.today().plus(6).iso());
  Step theirs;
  theirs.action = Action::move;
  theirs.reason = "Мектеп макул эмес";
  theirs.change = [&](Activity& activity) { activity.place = world.place("kochkor"); };
  world.step(world.colleague, id, theirs);
  auto const told = move(id, mine);
  EXPECT_EQ(told.status, Status::conflict);
  ASSERT_EQ(move(id, fields_of(told.body)).status, Status::see_other);
  EXPECT_EQ(world.find(id).place, world.place("kochkor"));
  EXPECT_EQ(world.find(id).day, world.today().plus(6));
}

TEST_P(WorkSteps, WhatIsPlannedAroundIsSeenBeforeAProposal) {
  auto other = world.plain("Жакын жердеги жолугушуу");
  other.place = world.place("kochkor");
  other.day = other.end_day = day("2018-11-01");
  world.add(other);
  auto draft = world.draft();
  draft.place = world.place("kochkor");
  draft.day = draft.end_day = day("2018-11-07");
  auto const body = get(world.focal, step_form, world.create_draft(world.focal, draft), Action::propose).body;
  EXPECT_THAT(body.substr(body.find("id=\"nearby\"")), HasSubstr("Жакын жердеги жолугушуу"));
  EXPECT_THAT(body, HasSubstr("Тарых жана ата-бабаларды эскерүү күндөрү")) << "a day without work";
  draft.place = world.place("talas");
  auto const far = get(world.focal, step_form, world.create_draft(world.focal, draft), Action::propose).body;
  EXPECT_THAT(far, Not(HasSubstr("id=\"nearby\"")));
}

TEST_P(WorkSteps, AMissingResultIsAskedForInATextForAMessenger) {
  auto activity = world.plain("Түнкү сабак");
  activity.day = activity.end_day = world.today().plus(-1);
  auto const id = world.add(activity);
  auto const stored = world.find(id);
  auto const& say = Say::in(Language::ky);
  auto const text = reminder_text(say, "Түнкү сабак", stored.day, stored.due_day, world.today(),
                                  "https://birge.example" + std::string(step_page(say, id, Action::report).text()));
  EXPECT_THAT(page(world.focal, id).body, HasSubstr(text + "</textarea>"));
  activity.day = activity.end_day = world.today();
  EXPECT_THAT(page(world.focal, world.add(activity)).body, Not(HasSubstr("<textarea readonly")));
  activity.day = activity.end_day = world.today().plus(-7);
  auto const late = world.find(world.add(activity));
  auto const address = "https://birge.example" + std::string(step_page(say, late.id, Action::report).text());
  auto const body = page(world.regional, late.id).body;
  EXPECT_THAT(body, HasSubstr(reminder_text(say, "Түнкү сабак", late.day, late.due_day, world.today(), address) + "</textarea>"));
  auto const call = [&](Activity const& of) {
    auto const& lead = world.facts().organisation(of.lead)->name(Language::ky);
    return coordinator_text(say, "Түнкү сабак", of.day, lead, "https://birge.example" + std::string(step_page(say, of.id, Action::report).text()));
  };
  EXPECT_THAT(body, HasSubstr(call(late) + "</textarea>")) << "the coordinator has one too by then";
  EXPECT_THAT(page(world.focal, id).body, Not(HasSubstr(call(stored))));
}

/// The form of an approval on paper, sent with a file.
class WorkPaper : public WorkSteps {
protected:
  Config config_ = Config::load("", false, [](std::string const&) { return std::nullopt; }, {{"data", db::test_folder() + "/paper"}});
  Services services_{world.clock(), config_, world.database(), world.ids()};

  http::Parameters form_of(ActivityId id) {
    auto form = fields_of(get(world.regional, step_form, id, Action::approve_paper).body);
    form.set("order_number", "№ 17-б");
    form.set("order_day", world.today().plus(-1).iso());
    form.set("signed_by", "Облус акиминин орун басары");
    return form;
  }
  Reply send(ActivityId id, http::Parameters const& form, std::optional<std::string> const& scan = {}) {
    http::Message message;
    message.method = http::Method::post;
    message.path = message.target = address(id) + "/paper";
    Request request(message, services_, Say::in(Language::ky), {});
    request.local_path = message.path;
    request.captures = {{"id", id_text(id)}};
    request.form = form;
    if (scan) request.files.push_back({"file", "order.jpg", "image/jpeg", *scan});
    request.principal = std::make_shared<account::Person>(world.regional);
    request.form_token = "token";
    return make_step_now(request);
  }
  std::size_t scans(ActivityId id) {
    auto const items = world.database().read([&](db::Reader& read) { return evidence::Store(read).of_activity(id); });
    return static_cast<std::size_t>(std::ranges::count(items, std::string(code(evidence::Kind::order)), &evidence::Item::kind));
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkPaper, db::both_engines(), db::engine_name);

TEST_P(WorkPaper, IsRefusedWithoutNumberOfficeOrADayThatIsOver) {
  auto const id = proposed();
  for (auto const& [field, value] : {std::pair<std::string, std::string>{"order_number", ""},
                                     {"signed_by", " "},
                                     {"order_day", "31.02.2018"},
                                     {"order_day", world.today().plus(1).iso()}}) {
    auto form = form_of(id);
    form.set(field, value);
    auto const reply = send(id, form);
    EXPECT_EQ(reply.status, Status::unprocessable) << field;
    EXPECT_THAT(reply.body, HasSubstr(field + "-fault"));
    EXPECT_THAT(reply.body, HasSubstr("value=\"" + (field == "order_number" ? value : std::string("№ 17-б")) + "\"")) << "what was typed stays";
  }
  EXPECT_EQ(world.find(id).state, State::proposed);
}

TEST_P(WorkPaper, IsStoredTogetherWithItsScanOrNotAtAll) {
  auto const id = proposed();
  auto const damaged = send(id, form_of(id), files::testing::jpeg().substr(0, 300));
  EXPECT_EQ(damaged.status, Status::unprocessable);
  EXPECT_EQ(world.find(id).state, State::proposed);
  EXPECT_EQ(scans(id), 0U);
  ASSERT_EQ(send(id, form_of(id), files::testing::jpeg()).status, Status::see_other);
  EXPECT_EQ(world.find(id).state, State::approved);
  EXPECT_EQ(paper(id)->order_number, "№ 17-б");
  EXPECT_EQ(scans(id), 1U);
}

TEST_P(WorkPaper, OfAnOvertakenFormIsStillThereButForItsFile) {
  auto const id = proposed();
  auto const form = form_of(id);
  edit_title(id, "Жаңы аталыш");
  auto const told = send(id, form, files::testing::jpeg());
  EXPECT_EQ(told.status, Status::conflict);
  EXPECT_THAT(told.body, HasSubstr("value=\"№ 17-б\""));
  EXPECT_THAT(told.body, HasSubstr("file-fault"));
  EXPECT_EQ(scans(id), 0U);
  ASSERT_EQ(send(id, fields_of(told.body), files::testing::jpeg()).status, Status::see_other);
  EXPECT_EQ(world.find(id).state, State::approved);
}

}  // namespace
}  // namespace birge::work
