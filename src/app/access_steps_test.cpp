#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/access_walk_testing.hpp"
#include "features/account/role_holders.hpp"
#include "features/work/work_pages_testing.hpp"
#include "features/work/work_store.hpp"

/// Asks for every step of an activity's life, in every state, as people of every role, of an activity of ours and of theirs, and compares what happens
/// with the pure rule (work::decide). What the rule is told of the person and of the activity is written down here once more, not read by the program.
namespace birge::app::testing {
namespace {

using account::Permission;
using activity::ActivityId;
using activity::State;
using work::Action;

constexpr std::array states{State::draft, State::proposed, State::returned,  State::approved,
                            State::held,  State::reported, State::confirmed, State::cancelled};

class Steps : public Walkers {
protected:
  static void SetUpTestSuite() {
    open_site();
    add_person("helper with it", {Role::helper, {}, ours.organisation, ours.approved.value});
    for (auto const& somebody : people) {
      Browser browser(*site, site->session(somebody.id));
      auto token = Browser::token(browser.get("/en/account").body, "/en/account");
      seats.emplace(somebody.id, Seat{std::move(browser), std::move(token)});
    }
  }
  static void TearDownTestSuite() {
    seats.clear();
    close_site();
  }

  /// Where somebody sits, signed in once for all that is asked.
  struct Seat {
    Browser browser;
    std::string token;  ///< of the forms of the session
  };
  static Reply get(Somebody const& somebody, std::string const& path) { return seats.at(somebody.id).browser.get(path); }
  static Reply post(Somebody const& somebody, std::string const& path, Fields form) {
    auto& seat = seats.at(somebody.id);
    form.emplace_back("form_token", seat.token);
    return seat.browser.post(path, form);
  }

  static PersonId focal_point(Home const& home) {
    return person_called(home.organisation == ours.organisation ? "focal point of ours" : "focal point of theirs");
  }
  static bool has_result(State state) { return state == State::reported || state == State::confirmed; }

  /// A consultation that lacks nothing, proposed and reported by the focal point, with somebody who helps with it alone.
  static ActivityId made(Home const& home, State state) {
    auto plan = consultation(home, state);
    plan.start_minutes = 14 * 60;
    plan.audiences = {"pupils"};
    plan.expected = activity::Count{12, 12};
    work::Standing standing;
    standing.created_by = standing.proposed_by = focal_point(home);
    if (has_result(state)) {
      activity::Result result;
      result.method = "head_count";
      result.attendance = activity::Count{12, 12};
      result.counted_by = home.organisation;
      result.reported_day = plan.day.plus(1);
      plan.result = result;
      standing.reported_by = focal_point(home);
    }
    auto const id = stored(plan);
    auto& helper = called("helper with it");
    helper.person.grants = {{Role::helper, {}, home.organisation, id.value}};
    site->database().write([&](db::Tx& tx) {
      work::put_standing(tx, id, standing);
      tx.run("update account_role set organisation = $1, activity = $2 where account = $3", home.organisation, id, helper.id);
      account::rights_version.touch(tx);
    });
    return id;
  }

  static work::Facts facts_of(Home const& home, State state) {
    work::Facts facts;
    facts.state = state;
    facts.has_result = has_result(state);
    facts.day = facts.end_day = consultation(home, state).day;
    facts.in_one_region = true;
    facts.regional_coordinators = 1;
    facts.proposed = {focal_point(home), {}};
    if (has_result(state)) facts.reported = {focal_point(home), {}};
    return facts;
  }

  static work::Actor actor_of(Somebody const& somebody, Home const& home, ActivityId id) {
    auto const& grant = somebody.person.grants.front();
    work::Capacity own{somebody.id};
    own.regional = grant.role == Role::regional_coordinator && grant.region == home.region;
    own.national = grant.role == Role::national_coordinator;
    work::Actor actor;
    actor.person = somebody.id;
    actor.plans = plans_for(somebody.person, home);
    actor.helps = grant.role == Role::helper && grant.activity == id.value;
    actor.capacities = {own};
    actor.from_host = grant.organisation == home.organisation;
    return actor;
  }

  /// What somebody may do with an activity: know of it, and make a step.
  struct Right {
    bool sees = false, makes = false;
    Status refusal() const { return sees ? Status::forbidden : Status::not_found; }
  };
  static Right right_to(Action action, work::Facts const& facts, Somebody const& somebody, Home const& home, ActivityId id) {
    auto const actor = actor_of(somebody, home, id);
    bool const everywhere = facts.state != State::draft && account::may_everywhere(somebody.person, Permission::see_coalition);
    bool const sees = actor.plans || actor.helps || everywhere;
    auto const now = site->clock().now();
    return {sees, sees && work::decide(facts, actor, action, site->facts().today(now), now).allowed};
  }
  static bool anybody_makes(Action action, Home const& home, State state, ActivityId id) {
    return std::ranges::any_of(people, [&](Somebody const& each) { return right_to(action, facts_of(home, state), each, home, id).makes; });
  }

  /// What a step leaves behind.
  struct Mark {
    int version = 0;
    std::string state;
    std::int64_t steps = 0, logged = 0;
  };
  static Mark mark(ActivityId id) {
    return site->database().read([&](db::Reader& read) {
      return read.one<Mark>(
          "select version, state, (select count(*) from activity_step where activity = $1), (select coalesce(max(sequence), 0) from audit)"
          " from activity where id = $1",
          id);
    });
  }
  static void expect_untouched(ActivityId id, Mark const& before, std::string const& what) {
    auto const now = mark(id);
    EXPECT_EQ(now.version, before.version) << what;
    EXPECT_EQ(now.state, before.state) << what;
    EXPECT_EQ(now.steps, before.steps) << what;
    EXPECT_EQ(now.logged, before.logged) << what << ": the log tells of it";
  }

  static std::string address(ActivityId id, Action action) { return "/en/work/activities/" + id_text(id) + "/" + std::string(work::code(action)); }
  static std::string told(Somebody const& somebody, Home const& home, State state, Action action) {
    return std::string(work::code(action)) + " as " + somebody.name + ", of one of " + (home.organisation == ours.organisation ? "ours" : "theirs") +
           " that is " + std::string(activity::code(state));
  }

  /// The form of a step's page with what it asks for.
  static Fields filled(std::string const& page, Action action) {
    auto form = work::testing::fields_of(page);
    form.remove("form_token");
    if (work::needs_reason(action)) form.set("reason", "Зал бош эмес");
    if (action == Action::edit) form.set("title", "Башка кеңеш");
    if (action == Action::move) form.set("day", "2018-10-25");
    if (action == Action::report || action == Action::correct) form.set("total", "17");
    if (action == Action::report || action == Action::correct) form.set("method", "head_count");
    if (action == Action::approve_paper) {
      form.set("order_number", "17");
      form.set("order_day", "2018-10-19");
      form.set("signed_by", "Облус акиминин орун басары");
    }
    return form.list();
  }

  static void expect_refused(Somebody const& somebody, Action action, ActivityId id, bool page, Status refusal, std::string const& what) {
    auto const before = mark(id);
    if (page) { EXPECT_EQ(get(somebody, address(id, action)).status, refusal) << what << ": its page"; }
    EXPECT_EQ(post(somebody, address(id, action), {{"version", std::to_string(before.version)}, {"reason", "Зал бош эмес"}}).status, refusal) << what;
    expect_untouched(id, before, what);
  }

  /// Whether it was made.
  static bool expect_made(Somebody const& somebody, Action action, ActivityId id, State state, std::string const& what) {
    auto const before = mark(id);
    auto const page = get(somebody, address(id, action));
    EXPECT_EQ(page.status, Status::ok) << what << ": its page";
    auto const reply = post(somebody, address(id, action), filled(page.body, action));
    EXPECT_EQ(reply.status, Status::see_other) << what;
    auto const now = mark(id);
    EXPECT_EQ(now.version, before.version + 1) << what;
    EXPECT_EQ(now.state, activity::code(work::after(state, action))) << what;
    EXPECT_EQ(now.steps, before.steps + 1) << what;
    EXPECT_GT(now.logged, before.logged) << what;
    return reply.status == Status::see_other;
  }

  /// A step is taken back by whoever made it, who is asked last: after that there is none.
  static void ask_everybody_to_undo(Home const& home, State state, Action action, ActivityId id, Somebody const& maker) {
    auto facts = facts_of(home, work::after(state, action));
    facts.discarded = action == Action::discard;
    facts.latest = {maker.id, {}};
    facts.latest_at = site->clock().now();
    facts.latest_can_be_undone = true;
    std::vector<Somebody const*> order;
    for (auto const& somebody : people)
      if (somebody.id != maker.id) order.push_back(&somebody);
    order.push_back(&maker);
    for (auto const* somebody : order) {
      auto const what = "undo of " + told(maker, home, state, action) + ", as " + somebody->name;
      auto const right = right_to(Action::undo, facts, *somebody, home, id);
      EXPECT_EQ(right.makes, somebody == &maker) << what;
      if (!right.makes) {
        expect_refused(*somebody, Action::undo, id, false, right.refusal(), what);
        continue;
      }
      auto const before = mark(id);
      EXPECT_EQ(post(*somebody, address(id, Action::undo), {{"version", std::to_string(before.version)}}).status, Status::see_other) << what;
      EXPECT_EQ(mark(id).state, activity::code(state)) << what;
    }
  }

  /// Whether anybody made the step, by its page.
  static bool ask_everybody(Home const& home, State state, Action action) {
    auto id = made(home, state);
    bool const page = anybody_makes(action, home, state, id);
    bool done = false;
    for (auto const& somebody : people) {
      auto const what = told(somebody, home, state, action);
      auto const right = right_to(action, facts_of(home, state), somebody, home, id);
      if (!right.makes) {
        expect_refused(somebody, action, id, page, right.refusal(), what);
        continue;
      }
      bool const first = expect_made(somebody, action, id, state, what) && !done;
      done = done || first;
      if (first && action != Action::edit) ask_everybody_to_undo(home, state, action, id, somebody);
      id = made(home, state);
    }
    return done;
  }

  static void ask_for_everything(Home const& home) {
    std::set<Action> done;
    for (auto const state : states)
      for (auto const action : work::all_actions)
        if (ask_everybody(home, state, action)) done.insert(action);
    for (auto const action : work::all_actions)
      EXPECT_EQ(done.contains(action), action != Action::undo)
          << work::code(action) << ": it is taken back after each other step, and on its own by nobody";
  }

  static inline std::map<PersonId, Seat> seats;
};

TEST_F(Steps, OfAnActivityOfOursAreMadeByWhomTheRulesNameAndByNobodyElse) { ask_for_everything(ours); }

TEST_F(Steps, OfAnActivityOfTheirsAreMadeByWhomTheRulesNameAndByNobodyElse) { ask_for_everything(theirs); }

TEST_F(Steps, OfAnActivityInAnyStateItsPageIsSeenByWhoeverMayKnowOfIt) {
  for (auto const& home : {ours, theirs})
    for (auto const state : states) {
      auto const id = made(home, state);
      for (auto const& somebody : people) {
        auto const expected = right_to(Action::undo, facts_of(home, state), somebody, home, id).sees ? Status::ok : Status::not_found;
        EXPECT_EQ(get(somebody, "/en/work/activities/" + id_text(id)).status, expected) << told(somebody, home, state, Action::undo);
      }
    }
}

/// A list from which the same step is made for many, with the ids of any activities in its form.
struct List {
  std::string path;
  Fields form;
  bool takes = false;  ///< this step
};

std::vector<List> lists_of(Action action, std::string const& row) {
  constexpr std::array of_table{Action::approve, Action::give_back, Action::hold, Action::confirm, Action::reject_result, Action::cancel};
  return {{"/en/work/table/steps",
           {{"step", std::string(work::code(action))}, {"row", row}, {"sure", "yes"}, {"reason", "Зал бош эмес"}},
           std::ranges::find(of_table, action) != of_table.end()},
          {"/en/work/confirm", {{"chosen", row}}, action == Action::confirm},
          {"/en/work/propose", {{"row", row}, {"chosen", row}}, action == Action::propose}};
}

TEST_F(Steps, MadeFromAListFollowTheSameRulesWhateverIdsTheFormNames) {
  for (auto const& home : {ours, theirs})
    for (auto const state : states)
      for (auto const action : work::all_actions) {
        auto id = made(home, state);
        if (!anybody_makes(action, home, state, id)) continue;
        for (auto const& somebody : people)
          for (auto const list : {0U, 1U, 2U}) {
            auto const before = mark(id);
            auto const asked = lists_of(action, id_text(id) + "." + std::to_string(before.version)).at(list);
            if (!asked.takes && list > 0) continue;  // it knows no other step
            auto const what = told(somebody, home, state, action) + ", at " + asked.path;
            bool const makes = asked.takes && right_to(action, facts_of(home, state), somebody, home, id).makes;
            EXPECT_LT(static_cast<int>(post(somebody, asked.path, asked.form).status), 500) << what;
            if (!makes) {
              expect_untouched(id, before, what);
              continue;
            }
            EXPECT_EQ(mark(id).version, before.version + 1) << what;
            EXPECT_EQ(mark(id).state, activity::code(work::after(state, action))) << what;
            id = made(home, state);
          }
      }
}

}  // namespace
}  // namespace birge::app::testing
