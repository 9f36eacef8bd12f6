#include <gmock/gmock.h>

#include <future>
#include <latch>
#include <thread>

#include "app/search_testing.hpp"
#include "features/work/work_reasons.hpp"

/// Reasons and orders given with steps are found by those whose page of the activity shows them, and by nobody else.
namespace birge::app {
namespace {

using namespace app::testing;
using activity::Activity;
using activity::ActivityId;
using activity::State;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using work::Action;

class SearchingReasons : public SearchingWithPeople {
protected:
  static std::string said(Message const& text) { return std::string(Say::in(Language::ky)(text)); }
  void move(account::Person const& person, ActivityId id, std::string const& reason) {
    step(person, id, Action::move, reason, [](Activity& activity) { activity.day = activity.end_day = activity.day.plus(1); });
  }
  void report(account::Person const& person, ActivityId id) {
    step(person, id, Action::report, {}, [](Activity& activity) {
      activity::Result result;
      result.attendance = activity::Count{12, 12};
      result.reported_day = activity.day;
      activity.result = result;
    });
  }
  void approve_on_paper(ActivityId id) {
    work::Step asked;
    asked.action = Action::approve_paper;
    asked.paper = work::Paper{"№ 17-б", Day::parse("2018-10-19").value(), "Облус акиминин орун басары"};
    step(regional_, id, asked);
  }
  /// As an import stores a change.
  void replace(ActivityId id, std::string_view what, std::function<void(Activity&)> const& change) {
    site_.database().write([&](db::Tx& tx) {
      auto const stored = activity::Store(tx).find(id).value();
      auto next = stored;
      change(next);
      activity::Saver saver(tx, site_.ids(), *campaign::facts(tx), site_.clock().now());
      saver.replace(next, stored, what, "import");
      saver.finish();
    });
  }
  void index_reasons() {
    auto const finish = work::reasons_indexed(site_.services()).handler({});
    site_.database().write([&](db::Tx& tx) { finish(tx); });
  }
  bool unindexed() {
    return site_.database().read([](db::Reader& read) { return work::reasons_indexed_often().wanted(read); });
  }
  static std::string page_of(ActivityId id) { return "/ky/work/activities/" + id_text(id); }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, SearchingReasons, db::both_engines(), db::engine_name);

TEST_P(SearchingReasons, AReasonIsFoundByThoseWhoMaySeeItsActivityOnly) {
  auto const id = add("Ачык сабак", State::approved, true, own_), another = add("Кеңешме", State::approved, true, own_);
  auto const helper = person("helper@example.org", {Role::helper, {}, {}, id.value}),
             stranger = person("other-helper@example.org", {Role::helper, {}, {}, another.value});
  move(focal_, id, "Зымырык жолду жапты");
  step(regional_, id, Action::cancel, "Кымыран жетпеди, жаңысы жок");
  EXPECT_THAT(found_by(focal_, "зымырык"), Not(HasSubstr("#life"))) << "making a step writes no words";
  index_reasons();
  auto const page = page_of(id) + "#life";
  for (auto const* text : {"зымырык", "zymyryk", "кымыран", "жаңысы", "жанысы", "janysy", "зымырык кымыран"})
    EXPECT_THAT(found_by(focal_, text), HasSubstr(page)) << text;
  EXPECT_THAT(found_by(focal_, "зымырык"), AllOf(HasSubstr("<mark>Зымырык</mark> жолду жапты"), HasSubstr(said(message("Moved")))))
      << "of a former step too";
  EXPECT_THAT(found_by(focal_, "зымырык кеңешме"), Not(HasSubstr(page)));
  for (auto const& who : {stranger_, regional_, elsewhere_, national_, observer_, helper}) EXPECT_THAT(found_by(who, "кымыран"), HasSubstr(page));
  for (std::string const more : {"", "&in=reasons"}) {
    for (auto const& who : {administrator_, stranger}) EXPECT_THAT(found_by(who, "кымыран", more), Not(HasSubstr("#life")));
    EXPECT_THAT(search("кымыран", {}, more), AllOf(Not(HasSubstr("#life")), Not(HasSubstr("жетпеди"))));
    EXPECT_THAT(search("зымырык", {}, more), AllOf(Not(HasSubstr("#life")), Not(HasSubstr("жапты"))));
  }
  EXPECT_EQ(search("зымыраак").find("class=\"meant\""), std::string::npos) << "no word of it is ever offered";
  EXPECT_EQ(found_by(focal_, "зымыраак").find("class=\"meant\""), std::string::npos);
  site_.database().write([&](db::Tx& tx) {
    tx.run("delete from activity_work where activity = $1", id);
    tx.run("insert into activity_work (activity, discarded, unapproved) values ($1, 1, 0)", id);
  });
  EXPECT_THAT(found_by(focal_, "зымырык"), Not(HasSubstr("#life"))) << "put away with its activity";
}

TEST_P(SearchingReasons, WhyAResultCameBackIsFoundAfterItIsReportedAnew) {
  auto const id = add("Ачык сабак", State::approved, false, own_);
  report(focal_, id);
  step(regional_, id, Action::reject_result, "Булбулдар эки жолу саналган");
  report(focal_, id);
  index_reasons();
  for (auto const* text : {"булбул", "bulbul"})
    EXPECT_THAT(found_by(stranger_, text), AllOf(HasSubstr(page_of(id) + "#life"), HasSubstr("<mark>Булбулдар</mark> эки"))) << text;
  EXPECT_THAT(search("булбул"), Not(HasSubstr("саналган")));
}

TEST_P(SearchingReasons, WhyAProposalCameBackIsFoundByItsOrganisationAloneOnceItIsADraftAgain) {
  auto const id = add("Ачык сабак", State::proposed, true, own_);
  step(regional_, id, Action::give_back, "Торгой керек");
  index_reasons();
  auto const page = page_of(id) + "#life";
  for (auto const& who : {focal_, stranger_, regional_}) EXPECT_THAT(found_by(who, "torgoy"), HasSubstr(page));
  for (std::string const more : {"", "&in=reasons"}) EXPECT_THAT(search("торгой", {}, more), Not(HasSubstr("керек")));
  step(focal_, id, Action::propose);
  step(focal_, id, Action::withdraw);
  EXPECT_THAT(found_by(focal_, "торгой"), HasSubstr(page));
  for (auto const& who : {stranger_, regional_, national_, observer_, administrator_})
    for (std::string const more : {"", "&in=reasons"}) EXPECT_THAT(found_by(who, "торгой", more), Not(HasSubstr("#life")));
}

TEST_P(SearchingReasons, AnOrderIsFoundByItsNumberWhileTheApprovalStands) {
  auto const id = add("Ачык сабак", State::proposed, true, own_);
  approve_on_paper(id);
  index_reasons();
  auto const link = HasSubstr("href=\"" + page_of(id) + "\"");
  for (auto const* text : {"17-б", "№ 17-б", "17 akiminin"})
    EXPECT_THAT(found_by(stranger_, text, "&in=reasons"), AllOf(link, HasSubstr("<mark>17-б</mark>"))) << text;
  for (std::string const more : {"", "&in=reasons"}) {
    EXPECT_THAT(search("17-б", {}, more), Not(HasSubstr("17-б</mark>")));
    EXPECT_THAT(found_by(administrator_, "17-б", more), Not(HasSubstr("17-б</mark>")));
  }
  step(regional_, id, Action::undo);
  EXPECT_THAT(found_by(stranger_, "17-б"), Not(HasSubstr("17-б</mark>"))) << "its page shows it no more";
}

TEST_P(SearchingReasons, AnOrderIsFoundAgainOnceAnUndoBringsItsApprovalBack) {
  auto const id = add("Ачык сабак", State::proposed, true, own_);
  approve_on_paper(id);
  work::Step away;
  away.action = Action::move;
  away.reason = "Зал бош эмес";
  away.change = [&](Activity& activity) { activity.place = site_.region("talas"); };
  step(focal_, id, away);
  index_reasons();
  EXPECT_THAT(found_by(focal_, "17-б"), Not(HasSubstr("17-б</mark>")));
  step(focal_, id, Action::undo);
  EXPECT_THAT(found_by(focal_, "17-б"), HasSubstr("<mark>17-б</mark>"));
}

TEST_P(SearchingReasons, AReasonThatCameInASpreadsheetIsFoundAndStandsBesideItsOwnChangeAlone) {
  auto const id = add("Ачык сабак", State::approved, true, own_);
  EXPECT_FALSE(unindexed());
  replace(id, "moved", [](Activity& activity) {
    activity.moved_from_day = activity.day;
    activity.day = activity.end_day = activity.day.plus(1);
    activity.reason = "Кымыран жетпеди";
  });
  EXPECT_TRUE(unindexed());
  index_reasons();
  EXPECT_FALSE(unindexed());
  EXPECT_THAT(found_by(stranger_, "kymyran"), AllOf(HasSubstr(page_of(id) + "#life"), HasSubstr("<mark>Кымыран</mark> жетпеди")));
  replace(id, "updated", [](Activity& activity) { activity.village = "Ат-Башы"; });
  EXPECT_FALSE(unindexed()) << "nothing new is said";
  auto const given = site_.database().read([&](db::Reader& read) { return work::given_with_steps(read, id); });
  ASSERT_EQ(given.size(), 1U) << "not beside what was changed since";
  EXPECT_EQ(given.front().part, message("Moved"));
}

/// Which rests on that one writer at a time writes, whichever node it is on: the mark that is there already is not being taken out meanwhile.
TEST_P(SearchingReasons, AReasonThatIsGivenWhileAnotherNodeIndexesIsFoundToo) {
  auto const id = add("Ачык сабак", State::approved, true, own_);
  move(focal_, id, "Зымырык жолду жапты");
  auto const other = db::Database::open(site_.address());
  std::latch given(1);
  std::promise<void> asked;
  auto indexed = std::async(std::launch::async, [&] {
    auto const finish = work::reasons_indexed(site_.services()).handler({});
    given.wait();
    asked.set_value();
    other->write([&](db::Tx& tx) { finish(tx); });
  });
  bool first = true;
  site_.database().write([&](db::Tx& tx) {
    work::Step cancel;
    cancel.action = Action::cancel;
    cancel.reason = "Кымыран жетпеди";
    cancel.version = activity::Store(tx).find(id)->version;
    work::make_step(tx, {site_.ids(), *campaign::facts(tx), regional_, site_.clock().now()}, id, cancel);
    if (!std::exchange(first, false)) return;
    given.count_down();
    asked.get_future().wait();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // so that the other one is at it before this is stored
  });
  indexed.get();
  index_reasons();
  for (auto const* text : {"зымырык", "кымыран"}) EXPECT_THAT(found_by(focal_, text), HasSubstr(page_of(id) + "#life")) << text;
}

TEST_P(SearchingReasons, WordsOfManyReasonsAreWrittenSomeAtOnceWithAPauseBetweenThem) {
  for (int i = 0; i < 6; ++i)
    replace(add("Ачык сабак", State::approved, true, own_), "cancelled", [](Activity& activity) {
      activity.state = State::cancelled;
      activity.reason = "Кымыран жетпеди";
    });
  site_.database().write([](db::Tx& tx) {
    for (int id = 1; id <= 200; ++id) tx.run("insert into reason_unsearched (activity) values ($1)", id);  // removed meanwhile
  });
  index_reasons();
  EXPECT_TRUE(unindexed()) << "not all in one transaction";
  jobs::Worker worker(site_.database(), site_.clock(), site_.ids(), {work::reasons_indexed(site_.services())}, {});
  EXPECT_EQ(worker.run_due(), (jobs::Worker::Done{0, 0}));
  site_.wait(std::chrono::seconds(3));
  EXPECT_EQ(worker.run_due(), (jobs::Worker::Done{1, 0}));
  EXPECT_FALSE(unindexed());
  EXPECT_THAT(found_by(focal_, "кымыран"), HasSubstr("in=reasons")) << "and the list goes on page by page";
}

}  // namespace
}  // namespace birge::app
