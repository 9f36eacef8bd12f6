#include <gmock/gmock.h>

#include "features/audit/chain.hpp"
#include "features/work/work_seen.hpp"
#include "features/work/work_testing.hpp"
#include "platform/db/writer_testing.hpp"

/// Steps that share one commit.
namespace birge::work {
namespace {

using account::Person;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Meeting : public testing::LifeTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, Meeting, db::both_engines(), db::engine_name);

TEST_P(Meeting, FormsThatMeetInOneCommitAreStoredAsIfTheyCameOneByOne) {
  auto const first = world.create_draft(world.focal), second = world.create_draft(world.focal), third = world.create_draft(world.focal);
  auto const reported = [&](Person const& person, ActivityId id, std::string const& token, Done& done) {
    auto const seen = std::make_shared<Activity>(world.find(id));
    auto const beside = std::make_shared<Beside>(world.ask_work([&](Store& store) { return store.beside(id); }));
    auto step = world.report_of(*seen, 30 + static_cast<int>(token.size()));
    step.version = seen->version;
    step.token = token;
    return [this, &person, &done, seen, beside, step](db::Tx& tx) { done = make_step(tx, world.scene(person), *seen, *beside, step); };
  };
  Done one, again, overtaken, other, confirmed, last;
  auto const confirm = [&](db::Tx& tx) {
    Step step;
    step.action = Action::confirm;
    step.version = 2;
    confirmed = make_step(tx, world.scene(world.second), second, step);
  };
  auto results = db::together(world.database(), {reported(world.focal, first, "a", one), reported(world.focal, first, "a", again),
                                                 reported(world.colleague, first, "bb", overtaken), reported(world.colleague, second, "ccc", other),
                                                 confirm, reported(world.focal, third, "dddd", last)});
  for (auto& result : results) EXPECT_NO_THROW(result.get());
  EXPECT_EQ(one.outcome, Outcome::done);
  EXPECT_EQ(again.outcome, Outcome::repeated);
  EXPECT_EQ(overtaken.outcome, Outcome::stale);
  EXPECT_EQ(other.outcome, Outcome::done);
  EXPECT_EQ(confirmed.outcome, Outcome::done);
  EXPECT_EQ(last.outcome, Outcome::done);
  EXPECT_THAT(life(first), ElementsAre("created", "report"));
  EXPECT_THAT(life(second), ElementsAre("created", "report", "confirm"));
  EXPECT_EQ(world.find(first).result->attendance, (activity::Count{31, 31}));
  EXPECT_EQ(world.find(second).result->attendance, (activity::Count{33, 33}));
  EXPECT_EQ(world.find(third).result->attendance, (activity::Count{34, 34}));
  EXPECT_EQ(world.ask_work([&](Store& store) { return store.words(third, 1).questions.size(); }), 1U);
  EXPECT_THAT(world.wrong_tallies(), IsEmpty());
}

TEST_P(Meeting, FormsThatMeetInOneCommitWithoutATroubleTravelTogether) {
  constexpr std::size_t count = 7;
  std::vector<Activity> seen;
  std::vector<Beside> beside;
  for (std::size_t i = 0; i < count; ++i) {
    auto const id = world.create_draft(world.focal);
    seen.push_back(world.find(id));
    beside.push_back(world.ask_work([&](Store& store) { return store.beside(id); }));
  }
  int careful = 0;
  std::vector<std::function<void(db::Tx&)>> writes;
  for (std::size_t i = 0; i < count; ++i)
    writes.emplace_back([&, i](db::Tx& tx) {
      if (!tx.tentative()) ++careful;
      auto step = world.report_of(seen[i], 10 + static_cast<int>(i));
      step.version = 1;
      step.token = "form-" + std::to_string(i);
      if (i % 2 == 1)  // a broadcast: nothing where the others have numbers
        step.change = [&, told = step.change](Activity& activity) {
          told(activity);
          activity.result->attendance.reset();
          activity.result->audience = activity::Count{900, 1200};
          activity.result->cells.clear();
        };
      EXPECT_EQ(make_step(tx, world.scene(world.focal), seen[i], beside[i], step).outcome, Outcome::done);
    });
  writes.emplace_back([&](db::Tx& tx) {  // what the first of them put is there for whoever has not seen it
    Step confirm;
    confirm.action = Action::confirm;
    confirm.version = 2;
    EXPECT_EQ(make_step(tx, world.scene(world.second), seen[0].id, confirm).outcome, Outcome::done);
  });
  for (auto& result : db::together(world.database(), writes)) EXPECT_NO_THROW(result.get());
  EXPECT_EQ(careful, 0) << "none had to go again";
  EXPECT_THAT(life(seen[0].id), ElementsAre("created", "report", "confirm"));
  for (std::size_t i = 1; i < count; ++i) {
    auto const id = seen[i].id;
    auto const stored = world.find(id);
    auto const came = static_cast<std::int64_t>(10 + i);
    EXPECT_EQ(stored.version, 2);
    EXPECT_EQ(stored.result->attendance, i % 2 == 1 ? std::nullopt : std::optional(activity::Count{came, came}));
    EXPECT_EQ(stored.result->audience, i % 2 == 1 ? std::optional(activity::Count{900, 1200}) : std::nullopt);
    EXPECT_EQ(stored.result->cells.size(), i % 2 == 1 ? 0U : 1U);
    EXPECT_THAT(life(id), ElementsAre("created", "report"));
    EXPECT_EQ(world.ask_work([&](Store& store) { return store.words(id, 1).challenges; }), "Жол узак");
    EXPECT_EQ(world.ask_work([&](Store& store) { return store.work(id).reported_by; }), world.focal.id);
    world.step(world.focal, id, Action::undo);
    EXPECT_EQ(state(id), State::draft) << "what the step changed was kept";
  }
  EXPECT_THAT(world.wrong_tallies(), IsEmpty());
  world.database().read([](db::Reader& read) {
    EXPECT_EQ(audit::check_chain(read).faults_in_all, 0);
    // PostgreSQL numbers the statements of a transaction in what they put: four rows, two and one.
    if (read.engine() == db::Engine::postgres) { EXPECT_EQ(read.one<int>("select count(distinct cast(cmin as text)) from result"), 3); }
  });
}

TEST_P(Meeting, ARefusalDoesNotRestOnWhatAPageHasSeen) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  auto const seen = world.find(id);
  auto const beside = world.ask_work([&](Store& store) { return store.beside(id); });
  Done approved, undone;
  auto const step = [&](Person const& person, Action action, Done& done) {
    return [&, action](db::Tx& tx) {
      Step step;
      step.action = action;
      step.version = seen.version;
      done = make_step(tx, world.scene(person), seen, beside, step);
    };
  };
  auto results = db::together(world.database(), {step(world.regional, Action::approve, approved), step(world.focal, Action::undo, undone)});
  for (auto& result : results) EXPECT_NO_THROW(result.get());
  EXPECT_EQ(approved.outcome, Outcome::done);
  EXPECT_EQ(undone.outcome, Outcome::stale) << "as if the approval had come a moment before";
  EXPECT_EQ(state(id), State::approved);
}

}  // namespace
}  // namespace birge::work
