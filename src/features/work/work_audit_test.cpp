#include <gtest/gtest.h>

#include "features/work/work_audit.hpp"

namespace birge::work {
namespace {

std::string told(activity::Activity const& before, activity::Activity const& now) {
  audit::Entry entry{audit::Who::system(), "changed", {"activity", 33}, Instant{}};
  tell_changes(entry, before, now);
  return entry.changes;
}

activity::Activity planned() {
  activity::Activity made;
  made.kind = "lecture";
  made.day = made.end_day = Day::parse("2018-10-25").value();
  made.start_minutes = 14 * 60;
  made.lead = {11};
  made.co_hosts = {{12}};
  made.topics = {"child_labour", "safe_migration"};
  made.languages = "ky";
  made.village = "Ак-Талаа";
  made.cost = "500 сом";
  made.contact = "0555 98 76 54";
  made.texts["ky"] = {"Сабак", "Кыскача", "Мектеп"};
  return made;
}

}  // namespace

TEST(WorkAudit, OfNothingThatChangedNothingIsTold) { EXPECT_EQ(told(planned(), planned()), ""); }

TEST(WorkAudit, AnEditOfTheHourAloneIsTold) {
  auto now = planned();
  now.start_minutes = 15 * 60;
  EXPECT_EQ(told(planned(), now), "starts\t=840\t=900");
}

TEST(WorkAudit, OfListsWhatCameAndWhatWentIsTold) {
  auto now = planned();
  now.topics = {"safe_migration", "forced_labour"};
  now.co_hosts.clear();
  now.partners = {{14}};
  now.audiences = {"pupils"};
  now.languages = "ky ru";
  EXPECT_EQ(told(planned(), now),
            "co_hosts/#c\tyes\tno\npartners/#e\tno\tyes\ntopics/child_labour\tyes\tno\ntopics/forced_labour\tno\tyes\n"
            "audiences/pupils\tno\tyes\nlanguages/ru\tno\tyes");
}

TEST(WorkAudit, NumbersAreToldWithTheirLowerEndWhereTheyAreARange) {
  auto now = planned();
  now.reach = activity::Reach::online;
  now.entry = "open";
  now.expected = activity::Count{40, 60};
  EXPECT_EQ(told(planned(), now), "reach\tplace\tonline\nentry\t-\topen\nexpected\t-\t=60\nexpected_low\t-\t=40");
}

TEST(WorkAudit, OfTextsTheFieldAloneIsTold) {
  auto now = planned();
  now.village = "Ача-Кайыңды";
  now.cost = "бекер";
  now.contact = "0700 11 22 33";
  now.texts["ky"].title = "Жашыруун";
  now.texts["ru"].venue = "Клуб";
  EXPECT_EQ(told(planned(), now), "village\ncost\ncontact\ntitle\nvenue");
}

TEST(WorkAudit, OfAResultTheCountsByAgeAndHowItWasCountedAreTold) {
  auto before = planned(), now = planned();
  before.result = activity::Result{};
  before.result->attendance = activity::Count{30, 30};
  before.result->cells = {{activity::Sex::female, "14_17", {20, 20}}, {activity::Sex::male, "14_17", {10, 10}}};
  now.result = before.result;
  now.result->attendance = activity::Count{28, 35};
  now.result->audience = activity::Count{3'000'000'000, 3'000'000'000};
  now.result->cells = {{activity::Sex::female, "14_17", {25, 25}}, {activity::Sex::unknown, "under_18", {3, 10}}};
  now.result->method = "head_count";
  now.result->narrative = "Айгүл келди";
  EXPECT_EQ(told(before, now),
            "attendance\t=30\t=35\nattendance_low\t-\t=28\naudience\t-\t=999999999\ncells/female.14_17\t=20\t=25\ncells/male.14_17\t=10\t-\n"
            "cells/unknown.under_18\t-\t=10\ncells_low/unknown.under_18\t-\t=3\nmethod\t-\thead_count\nnarrative");
}

}  // namespace birge::work
