#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/account/account_change.hpp"
#include "features/news/news_pages.hpp"
#include "features/notice/notice.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_testing.hpp"

/// Who is told what, and who may still see it.
namespace birge::news {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using work::Action;
using work::testing::Person;
using work::testing::WorkWorld;

class News : public ::testing::TestWithParam<db::Engine> {
protected:
  WorkWorld world{GetParam()};
  Person partner = world.person("Эрмек", {{account::Role::focal_point, {}, world.organisation(3), {}}});

  std::vector<notice::Notice> told(Person const& person) {
    return world.database().read([&](db::Reader& read) { return notice::list(read, person.id, 0, 100); });
  }
  std::vector<std::string> events(Person const& person) {
    std::vector<std::string> list;
    for (auto const& notice : told(person)) list.push_back(notice.event);
    return list;
  }
  int unread(Person const& person) {
    return world.database().read([&](db::Reader& read) { return notice::unread(read, person.id); });
  }
  void wait(std::chrono::milliseconds time) { world.clock().set(world.clock().now() + time); }

  Reply ask(Person const& person, Handler handler, http::Method method, std::string const& path, http::Parameters form = {},
            std::vector<std::pair<std::string_view, std::string>> captures = {}, Language language = Language::en) {
    return world.ask_as(person, world.message_to(method, path), handler, std::move(form), std::move(captures), language);
  }
  std::string list_page(Person const& person) { return ask(person, news_list, http::Method::get, "/work/news").body; }
  std::string activity_page(Person const& person, work::ActivityId id, Language language = Language::en) {
    return ask(person, work::activity_work, http::Method::get, "/work/activities/" + id_text(id), {}, {{"id", id_text(id)}}, language).body;
  }
  Reply write(Person const& person, work::ActivityId id, std::string const& text, std::vector<Person> const& also = {}) {
    std::vector<std::pair<std::string, std::string>> fields{{"remark", text}, {"post", "token" + std::to_string(++written_)}};
    for (auto const& each : also) fields.emplace_back("tell", id_text(each.id));
    return ask(person, work::add_remark, http::Method::post, "/work/activities/" + id_text(id) + "/remarks", http::Parameters::of(fields),
               {{"id", id_text(id)}});
  }
  std::vector<work::Remark> remarks(work::ActivityId id) {
    return world.ask_work([&](work::Store& store) { return store.remarks(id, 0, 100); });
  }
  /// Held with another organisation and supported by a third one, approved by the regional coordinator.
  work::ActivityId together() {
    auto draft = world.draft();
    draft.day = draft.end_day = world.today().plus(10);
    draft.co_hosts = {world.organisation(1)};
    draft.partners = {world.organisation(3)};
    auto const id = world.create_draft(world.focal, draft);
    world.step(world.focal, id, Action::propose);
    world.step(world.regional, id, Action::approve);
    return id;
  }
  void move(Person const& person, work::ActivityId id, int days) {
    work::Step step;
    step.action = Action::move;
    step.reason = "Зал ремонтто";
    step.change = [&](activity::Activity& activity) { activity.day = activity.end_day = activity.day.plus(days); };
    world.step(person, id, step);
  }
  void edit(Person const& person, work::ActivityId id, std::string const& title) {
    work::Step step;
    step.action = Action::edit;
    step.change = [&](activity::Activity& activity) { activity.texts["ky"].title = title; };
    world.step(person, id, step);
  }
  Reply take_back(Person const& person, work::ActivityId id, std::int64_t remark) {
    return ask(person, work::take_remark_back, http::Method::post, "/work/activities/x/remarks/y", {},
               {{"id", id_text(id)}, {"remark", id_text(remark)}});
  }

private:
  int written_ = 0;
};
INSTANTIATE_TEST_SUITE_P(BothEngines, News, db::both_engines(), db::engine_name);

TEST_P(News, NobodyIsToldOfWhatTheyDidThemselves) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  EXPECT_THAT(events(world.regional), Not(Contains("approved")));
  EXPECT_THAT(events(world.focal), ElementsAre("approved"));
}

TEST_P(News, AProposalTellsWhoMayAnswerItAndNobodyElse) {
  auto const id = world.create_draft(world.focal);
  EXPECT_THAT(told(world.regional), IsEmpty()) << "a draft is its organisation's own";
  world.step(world.focal, id, Action::propose);
  EXPECT_THAT(events(world.regional), ElementsAre("proposed"));
  EXPECT_THAT(events(world.second), ElementsAre("proposed"));
  for (auto const* other : {&world.elsewhere, &world.national, &world.stranger, &world.observer}) EXPECT_THAT(told(*other), IsEmpty()) << other->name;
}

TEST_P(News, WhatIsAnsweredWaitsForNobodyElse) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::give_back, "Күнү туура эмес");
  EXPECT_THAT(told(world.second), IsEmpty());
  EXPECT_THAT(events(world.focal), ElementsAre("returned"));
}

TEST_P(News, WhatWasReadAndAnsweredSinceSaysSo) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  EXPECT_THAT(list_page(world.second), Not(HasSubstr("already decided")));
  world.database().write([&](db::Tx& tx) { notice::mark_activity_seen(tx, world.second.id, id.value, world.clock().now()); });
  world.step(world.regional, id, Action::approve);
  EXPECT_THAT(list_page(world.second), HasSubstr("already decided"));
}

TEST_P(News, AResultTellsThoseWhoMayConfirmItAndItsConfirmationThoseWhoReported) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  wait(std::chrono::minutes(1));
  world.report(world.focal, id, 40);
  EXPECT_THAT(events(world.second), ElementsAre("reported"));
  wait(std::chrono::minutes(1));
  world.step(world.second, id, Action::reject_result, "Саны туура эмес");
  EXPECT_THAT(events(world.focal), ElementsAre("result_returned", "approved"));
}

TEST_P(News, ADeputyIsToldWhatWaitsForTheOneAway) {
  world.database().write([&](db::Tx& tx) {
    work::add_stand_in(tx, world.scene(world.regional), {0, world.regional.id, world.elsewhere.id, "deputy", world.today(), world.today()});
  });
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  EXPECT_THAT(events(world.elsewhere), ElementsAre("proposed"));
}

TEST_P(News, ManyOfAKindAtOnceAreOneLine) {
  std::vector<work::ActivityId> ids;
  for (int i = 0; i < 3; ++i) {
    auto const id = world.create_draft(world.focal);
    world.step(world.focal, id, Action::propose);
    world.step(world.regional, id, Action::approve);
    world.report(world.focal, id, 40 + i);
    ids.push_back(id);
  }
  wait(std::chrono::minutes(1));
  for (auto const id : ids) world.step(world.second, id, Action::confirm);
  auto const list = told(world.focal);
  ASSERT_FALSE(list.empty());
  EXPECT_EQ(list.front().event, "confirmed");
  EXPECT_EQ(list.front().count, 3);
  EXPECT_THAT(list_page(world.focal), HasSubstr("3 results were confirmed"));
}

TEST_P(News, AStepTakenBackTakesItsNewsAlong) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  wait(std::chrono::minutes(1));
  world.step(world.regional, id, Action::undo);
  EXPECT_THAT(events(world.focal), ElementsAre("undone"));
  EXPECT_THAT(events(world.second), ElementsAre("proposed")) << "it waits again";
}

TEST_P(News, WhatBecomesOfAnApprovedPlanIsToldToThoseWhoAnswerForItAndThoseWhoTakePart) {
  auto const id = together();
  EXPECT_THAT(events(world.stranger), ElementsAre("approved")) << "of the organisation that holds it too";
  wait(std::chrono::minutes(1));
  move(world.focal, id, 1);
  wait(std::chrono::minutes(1));
  edit(world.focal, id, "Жаңы аталыш");
  wait(std::chrono::minutes(1));
  edit(world.focal, id, "Жаңы аталыш");
  wait(std::chrono::minutes(1));
  world.step(world.focal, id, Action::cancel, "Бөлмө жок");
  auto const all = ElementsAre("cancelled", "changed", "moved");
  EXPECT_THAT(events(world.regional), all) << "who approved it, once for what is saved again as it was";
  EXPECT_THAT(events(world.second), all);
  EXPECT_THAT(events(world.stranger), ElementsAre("cancelled", "changed", "moved", "approved"));
  EXPECT_THAT(events(partner), all);
  for (auto const* other : {&world.focal, &world.elsewhere, &world.observer}) EXPECT_THAT(events(*other), Not(Contains("moved"))) << other->name;
  EXPECT_THAT(list_page(world.second), HasSubstr("An approved activity was changed"));
}

TEST_P(News, APlanAboveTheRegionsIsToldToWhoApprovedIt) {
  auto draft = world.draft();
  draft.reach = activity::Reach::online;
  draft.place.reset();
  auto const id = world.create_draft(world.focal, draft);
  auto const colleague = world.person("Сабина", {{account::Role::national_coordinator, {}, {}, {}}});
  world.step(world.focal, id, Action::propose);
  world.step(world.national, id, Action::approve);
  wait(std::chrono::minutes(1));
  world.step(world.focal, id, Action::cancel, "Бөлмө жок");
  EXPECT_THAT(events(world.national), ElementsAre("cancelled"));
  EXPECT_THAT(events(colleague), IsEmpty());
}

TEST_P(News, AChangeOfWhatIsNotApprovedIsToldToNobody) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  edit(world.focal, id, "Жаңы аталыш");
  EXPECT_THAT(events(world.second), ElementsAre("proposed"));
}

TEST_P(News, AMoveThatIsTakenBackTakesItsNewsAlongForEverybody) {
  auto const id = together();
  wait(std::chrono::minutes(1));
  move(world.focal, id, 1);
  wait(std::chrono::minutes(1));
  world.step(world.focal, id, Action::undo);
  for (auto const* told : {&world.regional, &world.second, &partner}) EXPECT_THAT(events(*told), ElementsAre("undone")) << told->name;
}

TEST_P(News, AMoveIntoAnotherRegionIsToldWhereItWasAndAsksWhereItIs) {
  auto const id = together();
  wait(std::chrono::minutes(1));
  work::Step step;
  step.action = Action::move;
  step.reason = "Зал ремонтто";
  step.change = [&](activity::Activity& activity) { activity.place = world.place("talas"); };
  world.step(world.focal, id, step);
  EXPECT_THAT(events(world.regional), ElementsAre("moved"));
  EXPECT_THAT(events(world.second), ElementsAre("moved"));
  EXPECT_THAT(events(world.elsewhere), ElementsAre("proposed")) << "and is not told of the move beside it";
}

TEST_P(News, WhoLostAccessIsToldNothingMoreAndSeesNothing) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  EXPECT_THAT(list_page(world.second), HasSubstr("A proposal waits for your answer"));
  world.end_roles(world.focal);
  world.end_roles(world.second);
  world.step(world.regional, id, Action::approve);
  EXPECT_THAT(told(world.focal), IsEmpty());
  auto without = world.second;
  without.grants.clear();
  EXPECT_THAT(list_page(without), Not(HasSubstr("A proposal")));
}

TEST_P(News, ADraftAgainIsSeenNoMore) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  ask(world.regional, news_list, http::Method::get, "/work/news");
  auto const mine = told(world.regional).front();
  ask(world.regional, open_news, http::Method::get, "/work/news/x", {}, {{"id", id_text(mine.id)}});
  world.step(world.focal, id, Action::withdraw);
  EXPECT_THAT(list_page(world.regional), Not(HasSubstr("A proposal waits")));
  EXPECT_THROW(ask(world.regional, open_news, http::Method::get, "/work/news/x", {}, {{"id", id_text(mine.id)}}), Problem);
}

TEST_P(News, NewsOfOthersAreNotFoundByTheirIdNorMarked) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  auto const theirs = told(world.regional).front();
  EXPECT_THROW(ask(world.second, open_news, http::Method::get, "/work/news/x", {}, {{"id", id_text(theirs.id)}}), Problem);
  for (auto const* guess : {"0", "", "nobody", "99999999999999"})
    EXPECT_THROW(ask(world.second, open_news, http::Method::get, "/work/news/x", {}, {{"id", guess}}), Problem);
  ask(world.second, mark_read, http::Method::post, "/work/news", http::Parameters::of({{"id", id_text(theirs.id)}}));
  EXPECT_EQ(unread(world.regional), 1);
}

TEST_P(News, OpeningAnActivityOrItsNewsReadsThem) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  activity_page(world.regional, id);
  EXPECT_EQ(unread(world.regional), 0);
  auto const reply = ask(world.second, open_news, http::Method::get, "/work/news/x", {}, {{"id", id_text(told(world.second).front().id)}});
  EXPECT_EQ(reply.status, Status::see_other);
  EXPECT_EQ(unread(world.second), 0);
}

TEST_P(News, AllReadLeavesWhatCameMeanwhile) {
  auto const first = world.create_draft(world.focal);
  world.step(world.focal, first, Action::propose);
  auto const shown = told(world.regional).front().id;
  wait(std::chrono::minutes(1));
  auto const later = world.create_draft(world.focal);
  world.step(world.focal, later, Action::propose);
  ask(world.regional, mark_read, http::Method::post, "/work/news", http::Parameters::of({{"until", id_text(shown)}}));
  EXPECT_EQ(unread(world.regional), 1);
}

TEST_P(News, OnlyThoseWhoMaySeeTheActivityAreMentioned) {
  auto const id = world.create_draft(world.focal);
  auto const outsider = world.person("Чет киши", {{account::Role::administrator, {}, {}, {}}});
  write(world.focal, id, "@Данияр кара, @Бакыт сен да", {world.stranger, outsider, world.colleague});
  EXPECT_THAT(told(world.regional), IsEmpty()) << "a draft is not known to the coordinator";
  EXPECT_THAT(told(world.stranger), IsEmpty());
  EXPECT_THAT(told(outsider), IsEmpty());
  EXPECT_THAT(events(world.colleague), ElementsAre("mentioned"));
  EXPECT_THAT(remarks(id).front().text, HasSubstr("@Данияр кара, @["));
}

TEST_P(News, ARemarkTellsThePlannerAndThoseWhoWroteBefore) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  write(world.stranger, id, "Биз да барабыз");
  wait(std::chrono::minutes(1));
  write(world.regional, id, "Жакшы, @Гүлнара!");
  EXPECT_THAT(events(world.stranger), ElementsAre("mentioned")) << "told once, not twice";
  EXPECT_THAT(events(world.focal), ElementsAre("remarked", "remarked"));
  EXPECT_THAT(events(world.regional), ElementsAre("proposed"));
}

TEST_P(News, AScriptInARemarkOrANameStaysText) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  auto const nasty = world.person("<script>alert(1)</script>", {{account::Role::member, {}, world.organisation(0), {}}});
  write(world.regional, id, "<img src=x onerror=alert(2)> @[" + id_text(world.national.id) + "] @<script>alert(1)</script>", {nasty});
  for (auto const& page : {activity_page(world.focal, id), list_page(nasty), list_page(world.focal)}) {
    EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(page, Not(HasSubstr("<img src=x")));
  }
  EXPECT_THAT(activity_page(world.focal, id), Not(HasSubstr(world.national.name + "</b>"))) << "an id that was typed is no mention";
  EXPECT_THAT(told(world.national), IsEmpty());
}

TEST_P(News, AnObserverReadsOrganisationAndRoleAndNoName) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  write(world.regional, id, "@Айгүл, макул", {world.observer});
  auto const page = activity_page(world.observer, id);
  EXPECT_THAT(page, Not(HasSubstr("Айгүл")));
  EXPECT_THAT(page, Not(HasSubstr("Данияр")));
  EXPECT_THAT(page, HasSubstr("Focal point"));
  EXPECT_THAT(list_page(world.observer), Not(HasSubstr("Данияр")));
  EXPECT_THAT(activity_page(world.second, id), HasSubstr("@Айгүл</b>"));
}

TEST_P(News, ARemarkIsTakenBackByItsAuthorWithinTenMinutesAndItsTextIsGone) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  write(world.regional, id, "Ката жаздым, @Айгүл");
  auto const remark = remarks(id).front().id;
  EXPECT_THROW(take_back(world.second, id, remark), Problem);
  take_back(world.regional, id, remark);
  EXPECT_EQ(remarks(id).front().text, "");
  EXPECT_THAT(activity_page(world.focal, id), HasSubstr("Taken back"));
  EXPECT_THAT(told(world.focal), IsEmpty());
  write(world.regional, id, "Экинчиси");
  wait(std::chrono::minutes(10));
  EXPECT_THROW(take_back(world.regional, id, remarks(id).back().id), Problem);
  EXPECT_THAT(remarks(id).back().text, "Экинчиси");
}

TEST_P(News, ALongDiscussionIsReadInParts) {
  auto const id = world.create_draft(world.focal);
  for (int i = 1; i <= 25; ++i) write(world.focal, id, "Пикир " + std::to_string(i) + ".");
  auto const page = activity_page(world.focal, id);
  EXPECT_THAT(page, HasSubstr("Пикир 25."));
  EXPECT_THAT(page, Not(HasSubstr("Пикир 5.<")));
  EXPECT_THAT(page, HasSubstr("Earlier remarks"));
}

TEST_P(News, ARefusedRemarkIsNotLost) {
  auto const id = world.create_draft(world.focal);
  auto const reply = write(world.focal, id, "Номери 21203199800123", {world.colleague});
  EXPECT_EQ(reply.status, Status::unprocessable);
  EXPECT_THAT(reply.body, HasSubstr("Номери 21203199800123</textarea>"));
  EXPECT_THAT(remarks(id), IsEmpty());
}

TEST_P(News, TheWeekAsATextHoldsNoNamesAndMarksWhatTheCoalitionKeeps) {
  auto open = world.draft();
  auto hidden = world.draft();
  open.texts["ky"].title = "Ачык лекция";
  hidden.texts["ky"].title = "Жабык кеңеш";
  hidden.is_public = false;
  for (auto const& activity : {open, hidden}) {
    auto const id = world.create_draft(world.focal, activity);
    world.step(world.focal, id, Action::propose);
    world.step(world.regional, id, Action::approve);
  }
  auto const plain = ask(world.focal, week_text, http::Method::get, "/work/news/week").body;
  EXPECT_THAT(plain, HasSubstr("Ачык лекция"));
  EXPECT_THAT(plain, Not(HasSubstr("Жабык кеңеш")));
  EXPECT_THAT(plain, Not(HasSubstr("Данияр")));
  auto const all = ask(world.focal, week_text, http::Method::get, "/work/news/week?coalition=1").body;
  EXPECT_THAT(all, HasSubstr("Жабык кеңеш"));
  EXPECT_THAT(all, HasSubstr("(only for the coalition)"));
}

TEST_P(News, TheWeekAsATextSaysWhatWasCancelledOrMovedAwaySinceSomebodyMayGoThere) {
  auto const approved = [&](std::string const& title, bool is_public = true) {
    auto draft = world.draft();
    draft.texts["ky"].title = title;
    draft.is_public = is_public;
    auto const id = world.create_draft(world.focal, draft);
    world.step(world.focal, id, Action::propose);
    world.step(world.regional, id, Action::approve);
    return id;
  };
  world.step(world.focal, approved("Болбой калган лекция"), Action::cancel, "Бөлмө жок");
  world.step(world.focal, approved("Болбой калган кеңеш", false), Action::cancel, "Бөлмө жок");
  move(world.focal, approved("Кийинки аптадагы лекция"), 7);
  move(world.focal, approved("Эртеңки лекция"), 1);
  auto later = world.draft();
  later.day = later.end_day = world.today().plus(8);
  later.texts["ky"].title = "Кийин болбой калган";
  auto const far = world.create_draft(world.focal, later);
  world.step(world.focal, far, Action::propose);
  world.step(world.regional, far, Action::approve);
  world.step(world.focal, far, Action::cancel, "Бөлмө жок");
  auto const& say = Say::in(Language::en);
  auto const on = [&](int days) { return say.weekday_date(world.today().plus(days)); };
  auto const plain = ask(world.focal, week_text, http::Method::get, "/work/news/week").body;
  EXPECT_THAT(plain, HasSubstr("• Cancelled: " + on(0) + ", 14:00: Болбой калган лекция"));
  EXPECT_THAT(plain, HasSubstr("• Moved to " + on(7) + ", 14:00: Кийинки аптадагы лекция"));
  EXPECT_THAT(plain, HasSubstr("(it was planned for " + on(0) + ")"));
  EXPECT_THAT(plain, HasSubstr("• Moved to " + on(1) + ", 14:00: Эртеңки лекция"));
  EXPECT_EQ(plain.find("Эртеңки лекция"), plain.rfind("Эртеңки лекция")) << "once, among what takes place";
  EXPECT_LT(plain.find("Эртеңки лекция"), plain.find("Болбой калган лекция")) << "what takes place stands first";
  EXPECT_THAT(plain, Not(HasSubstr("Кийин болбой калган"))) << "nobody would come this week";
  EXPECT_THAT(plain, Not(HasSubstr("Болбой калган кеңеш")));
  EXPECT_THAT(plain, HasSubstr("1 activity is left out"));
  auto const all = ask(world.focal, week_text, http::Method::get, "/work/news/week?coalition=1").body;
  EXPECT_THAT(all, HasSubstr("• Cancelled: " + on(0) + ", 14:00: Болбой калган кеңеш"));
  for (auto const& other : {world.elsewhere, world.national})
    EXPECT_EQ(ask(other, week_text, http::Method::get, "/work/news/week").body.find("Болбой калган лекция") != std::string::npos,
              other.id == world.national.id)
        << "of the own part of the country";
}

TEST_P(News, TheWeekAsATextSaysWhereAnActivityWasToTakePlaceBefore) {
  auto draft = world.draft();
  draft.place = world.place("kochkor");
  auto const id = world.create_draft(world.focal, draft);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  work::Step step;
  step.action = Action::move;
  step.reason = "Зал ремонтто";
  step.change = [&](activity::Activity& activity) { activity.place = world.place("naryn"); };
  world.step(world.focal, id, step);
  auto const& known = world.facts();
  auto const& before = known.places->name(world.place("kochkor"), Language::en).line_text;
  EXPECT_THAT(ask(world.focal, week_text, http::Method::get, "/work/news/week").body, HasSubstr("Moved from " + before));
}

}  // namespace
}  // namespace birge::news
