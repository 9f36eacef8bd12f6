#include "features/work/work_life.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>

namespace birge::work {
namespace {

Day day(char const* iso) { return Day::parse(iso).value(); }
Day const today = day("2018-10-20");
Instant const now = parse_instant("2018-10-20T06:00:00Z").value();

PersonId const stranger{1}, helper{2}, planner{3}, owner{4}, regional{5}, regional_owner{6}, deputy{7}, national{8}, national_owner{9};

/// Everybody there can be, seen from an activity of one region: S stranger, H helper, P another of its organisation, O who proposed and reported
/// it, R its regional coordinator, Q a regional coordinator who proposed and reported it, D who stands in for R, N the national coordinator.
std::map<char, Actor> actors() {
  std::map<char, Actor> all;
  all['S'] = {stranger, false, {}, false, {{stranger}}};
  all['H'] = {helper, false, {}, true, {{helper}}};
  all['P'] = {planner, true, {}, false, {{planner}}};
  all['O'] = {owner, true, {}, false, {{owner}}};
  all['R'] = {regional, false, {}, false, {{regional, true, false}}};
  all['Q'] = {regional_owner, true, {}, false, {{regional_owner, true, false}}};
  all['D'] = {deputy, false, {}, false, {{deputy}, {regional, true, false}}};
  all['N'] = {national, false, {}, false, {{national, false, true}}};
  return all;
}

/// An activity of one region in a state, whose day has come. The latest step was somebody else's.
Facts facts_of(State state, char who) {
  Facts facts;
  facts.state = state;
  facts.day = facts.end_day = today;
  facts.in_one_region = true;
  facts.regional_coordinators = 2;
  facts.proposed = facts.reported = {who == 'Q' ? regional_owner : owner, {}};
  facts.escalates = day("2018-10-27");
  return facts;
}

/// Who may do what in which state; a state or action that is not named: nobody.
std::map<State, std::map<Action, std::string>> const table{
    {State::draft, {{Action::edit, "POQ"}, {Action::propose, "POQ"}, {Action::discard, "POQ"}, {Action::report, "HPOQ"}}},
    {State::proposed,
     {{Action::edit, "POQ"},
      {Action::withdraw, "POQ"},
      {Action::approve, "RD"},
      {Action::approve_paper, "RD"},
      {Action::give_back, "RD"},
      {Action::report, "HPORQDN"}}},
    {State::returned, {{Action::edit, "POQ"}, {Action::propose, "POQ"}, {Action::discard, "POQ"}, {Action::report, "HPORQDN"}}},
    {State::approved,
     {{Action::edit, "POQ"}, {Action::hold, "HPORQDN"}, {Action::report, "HPORQDN"}, {Action::move, "PORQDN"}, {Action::cancel, "PORQDN"}}},
    {State::held, {{Action::report, "HPORQDN"}}},
    {State::reported, {{Action::report, "POQ"}, {Action::confirm, "RD"}, {Action::reject_result, "RD"}}},
    {State::confirmed, {{Action::correct, "PORQDN"}}},
    {State::cancelled, {}},
};

TEST(WorkLife, EachRoleMayDoInEachStateExactlyWhatTheTableSays) {
  for (auto const state :
       {State::draft, State::proposed, State::returned, State::approved, State::held, State::reported, State::confirmed, State::cancelled})
    for (auto const action : all_actions)
      for (auto const& [letter, actor] : actors()) {
        // Somebody else of the region's coordinators made it, unless this one did.
        auto const decision = decide(facts_of(state, letter), actor, action, today, now);
        auto const row = table.at(state).find(action);
        bool const expected = row != table.at(state).end() && row->second.find(letter) != std::string::npos;
        EXPECT_EQ(decision.allowed, expected) << activity::code(state) << " " << code(action) << " " << letter;
        EXPECT_EQ(decision.why_not.empty(), decision.allowed) << activity::code(state) << " " << code(action) << " " << letter;
      }
}

TEST(WorkLife, NothingIsAllowedBeforeTheStateItFollows) {
  // Every path from draft leads through a report by somebody before a confirmation.
  for (auto const action : all_actions)
    if (after(State::approved, action) == State::confirmed) { EXPECT_EQ(action, Action::confirm); }
  EXPECT_EQ(after(State::confirmed, Action::correct), State::reported);
  EXPECT_EQ(after(State::reported, Action::reject_result), State::held);
}

TEST(WorkLife, NobodyApprovesAnOwnProposalInAnotherRoleOrInAnothersPlace) {
  auto facts = facts_of(State::proposed, 'Q');
  Actor both{regional_owner, true, {}, false, {{regional_owner, true, true}}};
  EXPECT_FALSE(decide(facts, both, Action::approve, today, now).allowed);
  // Standing in for a coordinator who did not propose it does not help the one who did.
  Actor in_place{regional_owner, true, {}, false, {{regional_owner, true, false}, {regional, true, false}}};
  EXPECT_FALSE(decide(facts, in_place, Action::approve, today, now).allowed);
  // Nor may a deputy use the right of the one who proposed it.
  Actor deputy_of_owner{deputy, false, {}, false, {{deputy}, {regional_owner, true, false}}};
  EXPECT_FALSE(decide(facts, deputy_of_owner, Action::approve, today, now).allowed);
  // What an assistant proposed in a principal's name is the principal's own.
  facts.proposed = {stranger, regional};
  EXPECT_FALSE(decide(facts, actors().at('R'), Action::approve, today, now).allowed);
}

TEST(WorkLife, AnUnansweredProposalGoesOneLevelUpAndNeverApprovesItself) {
  auto facts = facts_of(State::proposed, 'R');
  facts.escalates = day("2018-10-21");
  auto const all = actors();
  auto const refused = decide(facts, all.at('N'), Action::approve, today, now);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.why_not,
            message("The regional coordinator decides. If there is no answer, the national coordinator may decide from {}.", day("2018-10-21")));
  facts.escalates = today;
  EXPECT_TRUE(decide(facts, all.at('N'), Action::approve, today, now).allowed);
  EXPECT_TRUE(decide(facts, all.at('R'), Action::approve, today, now).allowed);
  EXPECT_FALSE(decide(facts, all.at('P'), Action::approve, today, now).allowed);
  EXPECT_EQ(facts.state, State::proposed);
}

TEST(WorkLife, ACoordinatorOfAnotherRegionIsToldWhoDecides) {
  Actor const elsewhere{stranger, false, {}, false, {{stranger}}};
  EXPECT_EQ(decide(facts_of(State::proposed, 'R'), elsewhere, Action::approve, today, now).why_not,
            message("The regional coordinator decides. If there is no answer, the national coordinator may decide from {}.", day("2018-10-27")));
  EXPECT_EQ(decide(facts_of(State::reported, 'R'), elsewhere, Action::confirm, today, now).why_not,
            message("A coordinator of its region confirms it."));
}

TEST(WorkLife, WhoeverProposesOrApprovesAfterTheDayIsToldOfTheMark) {
  auto const all = actors();
  auto const told = [&](char who, State state, Action action, Day on) {
    return !decide(facts_of(state, 'R'), all.at(who), action, on, now).note.empty();
  };
  for (auto const late : {false, true}) {
    auto const on = late ? today.plus(1) : today;
    EXPECT_EQ(told('P', State::draft, Action::propose, on), late);
    EXPECT_EQ(told('R', State::proposed, Action::approve, on), late);
  }
}

TEST(WorkLife, EscalationComesAfterFiveWorkingDays) {
  // Proposed on Friday 19 October 2018; 7 and 8 November were holidays.
  EXPECT_EQ(escalation_day(day("2018-10-19"), {}), day("2018-10-27"));
  EXPECT_EQ(escalation_day(day("2018-11-05"), {{day("2018-11-07"), day("2018-11-08")}}), day("2018-11-15"));
}

TEST(WorkLife, WhatIsAboveARegionIsDecidedByTheNationalCoordinator) {
  auto const all = actors();
  for (bool const by_administration : {false, true}) {
    auto facts = facts_of(State::proposed, 'R');
    facts.in_one_region = by_administration;
    facts.by_regional_administration = by_administration;
    EXPECT_FALSE(decide(facts, all.at('R'), Action::approve, today, now).allowed);
    EXPECT_FALSE(decide(facts, all.at('D'), Action::approve, today, now).allowed);
    EXPECT_TRUE(decide(facts, all.at('N'), Action::approve, today, now).allowed);
  }
  auto facts = facts_of(State::reported, 'R');
  facts.in_one_region = false;
  EXPECT_FALSE(decide(facts, all.at('R'), Action::confirm, today, now).allowed);
  EXPECT_TRUE(decide(facts, all.at('N'), Action::confirm, today, now).allowed);
}

TEST(WorkLife, AResultIsNeverConfirmedByTheOneWhoReportedIt) {
  auto facts = facts_of(State::reported, 'R');
  facts.reported = {regional, {}};
  auto const all = actors();
  EXPECT_FALSE(decide(facts, all.at('R'), Action::confirm, today, now).allowed);
  EXPECT_FALSE(decide(facts, all.at('D'), Action::confirm, today, now).allowed) << "with the right of the one who reported";
  EXPECT_TRUE(decide(facts, all.at('Q'), Action::confirm, today, now).allowed);
  // Reported by an assistant in the coordinator's name.
  facts.reported = {stranger, regional};
  EXPECT_FALSE(decide(facts, all.at('R'), Action::confirm, today, now).allowed);
}

TEST(WorkLife, TheNationalCoordinatorConfirmsWhereARegionHasOnePerson) {
  auto facts = facts_of(State::reported, 'R');
  auto const all = actors();
  EXPECT_FALSE(decide(facts, all.at('N'), Action::confirm, today, now).allowed);
  facts.regional_coordinators = 1;
  EXPECT_TRUE(decide(facts, all.at('N'), Action::confirm, today, now).allowed);
  facts.reported = {national, {}};
  EXPECT_FALSE(decide(facts, all.at('N'), Action::confirm, today, now).allowed);
}

TEST(WorkLife, ADeputyActsInThePlaceOfTheOneWhoIsAway) {
  auto const decision = decide(facts_of(State::proposed, 'D'), actors().at('D'), Action::approve, today, now);
  EXPECT_TRUE(decision.allowed);
  EXPECT_EQ(decision.acting_for, regional);
  EXPECT_EQ(decide(facts_of(State::proposed, 'R'), actors().at('R'), Action::approve, today, now).acting_for, PersonId{});
}

TEST(WorkLife, NobodyDecidesInAnothersPlaceOnWhatTheOwnOrganisationHolds) {
  auto stands_in = actors().at('D'), coordinator = actors().at('R');
  stands_in.from_host = coordinator.from_host = true;
  for (auto const& [state, action] : {std::pair{State::proposed, Action::approve}, {State::reported, Action::confirm}}) {
    auto const refused = decide(facts_of(state, 'D'), stands_in, action, today, now);
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.why_not, message("Your own organisation holds it: in another person's place you do not decide on it."));
    EXPECT_TRUE(decide(facts_of(state, 'R'), coordinator, action, today, now).allowed) << "with the own right";
  }
}

TEST(WorkLife, OnlyWhoCouldApproveAChangeNeedsNobodyElseForIt) {
  auto facts = facts_of(State::approved, 'P');
  for (char const letter : {'P', 'O', 'N'}) EXPECT_TRUE(needs_new_approval(facts, actors().at(letter), today)) << letter;
  EXPECT_TRUE(needs_new_approval(facts_of(State::approved, 'Q'), actors().at('Q'), today)) << "what was proposed by the coordinator";
  EXPECT_FALSE(needs_new_approval(facts, actors().at('R'), today));
  facts.escalates = today;
  EXPECT_TRUE(needs_new_approval(facts, actors().at('N'), today)) << "the time to answer it begins anew";
  facts.in_one_region = false;
  EXPECT_FALSE(needs_new_approval(facts, actors().at('N'), today));
}

TEST(WorkLife, NothingIsHeldOrReportedBeforeItsDay) {
  auto facts = facts_of(State::approved, 'P');
  facts.day = facts.end_day = today.plus(1);
  for (auto const action : {Action::hold, Action::report}) EXPECT_FALSE(decide(facts, actors().at('P'), action, today, now).allowed);
  EXPECT_TRUE(decide(facts, actors().at('P'), Action::hold, today.plus(1), now).allowed);
}

TEST(WorkLife, HeldWithoutApprovalIsReportedAndSaysSo) {
  auto const decision = decide(facts_of(State::proposed, 'P'), actors().at('P'), Action::report, today, now);
  EXPECT_TRUE(decision.allowed);
  EXPECT_EQ(decision.note, message("It was never approved. It can be reported, and will be marked so."));
  EXPECT_TRUE(decide(facts_of(State::approved, 'P'), actors().at('P'), Action::report, today, now).note.empty());
}

TEST(WorkLife, AStepIsTakenBackWithinTenMinutesByItsMakerWhereNobodyBuiltOnIt) {
  auto facts = facts_of(State::approved, 'R');
  facts.latest = {regional, {}};
  facts.latest_at = now - std::chrono::minutes(9);
  auto const all = actors();
  EXPECT_FALSE(decide(facts, all.at('R'), Action::undo, today, now).allowed) << "somebody built on it";
  facts.latest_can_be_undone = true;
  EXPECT_TRUE(decide(facts, all.at('R'), Action::undo, today, now).allowed);
  EXPECT_FALSE(decide(facts, all.at('P'), Action::undo, today, now).allowed);
  facts.latest_at = now - std::chrono::minutes(10);
  EXPECT_FALSE(decide(facts, all.at('R'), Action::undo, today, now).allowed);
}

TEST(WorkLife, ADraftThatWasPutAwayOnlyComesBackByUndo) {
  auto facts = facts_of(State::draft, 'O');
  facts.discarded = true;
  for (auto const action : all_actions) EXPECT_FALSE(decide(facts, actors().at('O'), action, today, now).allowed);
  facts.latest = {owner, {}};
  facts.latest_at = now;
  facts.latest_can_be_undone = true;
  EXPECT_TRUE(decide(facts, actors().at('O'), Action::undo, today, now).allowed);
}

TEST(WorkLife, AClosedEditionTakesNothingNewAndLetsWhatWasReportedBePutRight) {
  std::map<State, std::map<Action, std::string>> const still{
      {State::reported, {{Action::report, "POQ"}, {Action::confirm, "RD"}, {Action::reject_result, "RD"}}},
      {State::confirmed, {{Action::correct, "PORQDN"}}},
  };
  for (auto const state :
       {State::draft, State::proposed, State::returned, State::approved, State::held, State::reported, State::confirmed, State::cancelled})
    for (auto const action : all_actions)
      for (auto const& [letter, actor] : actors()) {
        auto facts = facts_of(state, letter);
        facts.closed = now - std::chrono::hours(1);
        facts.has_result = state == State::reported || state == State::confirmed;
        auto const row = still.find(state);
        bool const expected = row != still.end() && row->second.contains(action) && row->second.at(action).find(letter) != std::string::npos;
        EXPECT_EQ(decide(facts, actor, action, today, now).allowed, expected) << activity::code(state) << " " << code(action) << " " << letter;
      }
  // A result that was returned is reported anew; what was done after the closing can be taken back, what was done before it cannot.
  auto facts = facts_of(State::held, 'O');
  facts.closed = now - std::chrono::minutes(5);
  facts.has_result = true;
  EXPECT_TRUE(decide(facts, actors().at('O'), Action::report, today, now).allowed);
  facts.latest = {owner, {}};
  facts.latest_can_be_undone = true;
  facts.latest_at = now - std::chrono::minutes(4);
  EXPECT_TRUE(decide(facts, actors().at('O'), Action::undo, today, now).allowed);
  facts.latest_at = now - std::chrono::minutes(6);
  EXPECT_FALSE(decide(facts, actors().at('O'), Action::undo, today, now).allowed);
}

TEST(WorkLife, EveryActionHasACodeOfItsOwn) {
  for (auto const action : all_actions) {
    EXPECT_EQ(action_of(code(action)), action);
    EXPECT_FALSE(name(action).empty());
    EXPECT_FALSE(happened(action).empty());
  }
  EXPECT_FALSE(action_of("approve all"));
}

}  // namespace
}  // namespace birge::work
