#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "app/site_testing.hpp"
#include "features/account/invitation.hpp"
#include "features/account/joining.hpp"
#include "features/activity/activity_store.hpp"
#include "features/work/work_store.hpp"

/// Sends with the forms of activities, results, organisations, people and roles what these forms do not have: the columns of the tables behind them, with
/// values that would give somebody more than is theirs. Nothing of it is stored, neither with what the form is about nor with what it names.
namespace birge::app::testing {
namespace {

using activity::ActivityId;
using activity::State;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// What a form has, and behind it what it does not have: of a name that is there twice the first value counts.
Fields with(Fields form, Fields const& smuggled) {
  form.insert(form.end(), smuggled.begin(), smuggled.end());
  return form;
}

class Smuggled : public ::testing::TestWithParam<db::Engine> {
protected:
  Site site{GetParam()};
  place::PlaceId naryn = site.region("naryn"), talas = site.region("talas");
  coalition::OrganisationId ours = site.organisation("Мээрим", naryn), theirs = site.organisation("Үмүт", talas);
  PersonId national = site.person("Бакыт", "bakyt@example.org", {Role::national_coordinator, {}, {}, {}});
  PersonId regional = site.person("Нурлан", "nurlan@example.org", {Role::regional_coordinator, naryn, {}, {}});
  PersonId focal = site.person("Айгүл", "aigul@example.org", {Role::focal_point, {}, ours, {}});
  PersonId stranger = site.person("Талант", "talant@example.org", {Role::focal_point, {}, theirs, {}});
  ActivityId other = added(theirs, talas);

  /// Sends a form as its page would, to an address without its language.
  Reply post(PersonId person, std::string const& path, Fields form) {
    Browser browser(site, site.session(person));
    form.emplace_back("form_token", Browser::token(browser.get("/en/account").body, "/en/account"));
    return browser.post("/en" + path, form);
  }
  template <class Question>
  auto ask(Question&& question) {
    return site.database().read(std::forward<Question>(question));
  }
  std::string slug(coalition::OrganisationId id) const { return site.facts().organisation(id)->slug; }

  ActivityId added(coalition::OrganisationId lead, place::PlaceId region) {
    activity::Activity made;
    made.edition = site.facts().edition("2018")->id;
    made.kind = "legal_consultation";
    made.sensitive = true;
    made.is_public = false;
    made.day = made.end_day = Day::parse("2018-10-15").value();
    made.place = region;
    made.lead = lead;
    made.texts["ky"] = {"Кеңеш", "", ""};
    return site.database().write([&](db::Tx& tx) {
      activity::Saver saver(tx, site.ids(), site.facts(), site.clock().now());
      auto const id = saver.add(made, "test");
      saver.finish();
      return id;
    });
  }
  activity::Activity find(ActivityId id) {
    return ask([&](db::Reader& read) { return activity::Store(read).find(id).value(); });
  }
  work::Standing standing(ActivityId id) {
    return ask([&](db::Reader& read) { return work::Store(read).work(id); });
  }
  std::int64_t activities() {
    return ask([](db::Reader& read) { return read.one<std::int64_t>("select count(*) from activity"); });
  }
  void expect_other_untouched() {
    auto const now = find(other);
    EXPECT_EQ(now.version, 1);
    EXPECT_EQ(now.state, State::approved);
    EXPECT_EQ(now.lead, theirs);
    EXPECT_EQ(now.text(Language::ky).title, "Кеңеш");
    EXPECT_FALSE(now.result);
    EXPECT_EQ(standing(other), work::Standing{});
  }

  Fields plan(std::string const& title) const {
    return {{"edition", "2018"},        {"kind", "legal_consultation"}, {"title", title},           {"day", "2018-10-19"},  {"start", "14:00"},
            {"reach", "place"},         {"lead", slug(ours)},           {"place", "Кочкор району"}, {"audience", "pupils"}, {"expected", "40"},
            {"visibility", "coalition"}};
  }
  /// Columns of an activity and of what is kept beside it.
  Fields columns_of_activities() const {
    Fields all{{"id", id_text(other)},
               {"activity", id_text(other)},
               {"version", "7"},
               {"sequence", "9"},
               {"uid", "smuggled"},
               {"state", "confirmed"},
               {"sensitive", "0"},
               {"is_sample", "1"},
               {"sample", "1"},
               {"source", "smuggled"},
               {"original", "en"},
               {"region", "talas"},
               {"district", "manas"},
               {"result", "9999"},
               {"external_id", "smuggled"},
               {"reason", "smuggled"},
               {"attendance", "9999"},
               {"discarded", "1"},
               {"unapproved", "1"},
               {"attendance_low", "9999"},
               {"due_day", "2019-01-01"},
               {"moved_from_day", "2018-10-01"},
               {"moved_from_place", "talas"},
               {"day_precision", "year"},
               {"escalates", "2018-01-01"},
               {"warning", "smuggled"},
               {"created", "1"},
               {"role", "administrator"}};
    for (auto const* name : {"person", "created_by", "proposed_by", "proposed_for", "approved_by", "reported_by", "confirmed_by", "acting_for"})
      all.emplace_back(name, id_text(stranger));
    return all;
  }
  void expect_only_the_plan(ActivityId id, int version) {
    auto const now = find(id);
    EXPECT_EQ(now.version, version);
    EXPECT_EQ(now.state, State::draft);
    EXPECT_EQ(now.lead, ours);
    EXPECT_EQ(now.place, site.region("kochkor"));
    EXPECT_EQ(now.day, Day::parse("2018-10-19"));
    EXPECT_EQ(now.precision, activity::Precision::day);
    EXPECT_TRUE(now.sensitive);
    EXPECT_EQ(now.original, "ky");
    EXPECT_THAT(now.uid, Not(HasSubstr("smuggled")));
    EXPECT_EQ(now.source, "");
    EXPECT_EQ(now.reason, "");
    EXPECT_FALSE(now.external_id);
    EXPECT_FALSE(now.moved());
    EXPECT_FALSE(now.result);
    EXPECT_NE(now.due_day, Day::parse("2019-01-01"));
    EXPECT_THAT(now.warnings, IsEmpty());
    work::Standing expected;
    expected.created_by = focal;
    EXPECT_EQ(standing(id), expected);
    auto const others = ask([&](db::Reader& read) {
      return read.one<std::int64_t>(
          "select count(*) from activity_step where activity = $1 and (person <> $2 or acting_for is not null or role <> 'focal_point')", id, focal);
    });
    EXPECT_EQ(others, 0) << "every step is of whoever made it, in the role it was made in";
  }

  std::vector<Grant> grants(PersonId person) {
    return ask([&](db::Reader& read) { return account::Store(read).grants(person); });
  }
  std::vector<account::Ticket> invitations() {
    return ask([&](db::Reader& read) { return account::Store(read).open_invitations(site.clock().now()); });
  }
  /// Columns of an account and of what hangs on it.
  Fields columns_of_accounts() const {
    return {{"id", id_text(stranger)},
            {"person", id_text(stranger)},
            {"account", id_text(stranger)},
            {"state", "locked"},
            {"role", "administrator"},
            {"grant", "administrator"},
            {"organisation", slug(theirs)},
            {"region", "talas"},
            {"activity", id_text(other)},
            {"given_by", id_text(national)},
            {"version", "99"},
            {"created", "1"},
            {"email", "smuggled@example.org"},
            {"kind", "reset"},
            {"hash", "smuggled"},
            {"factor", "card"}};
  }

  coalition::Organisation organisation(coalition::OrganisationId id) {
    return ask([&](db::Reader& read) { return coalition::Store(read).find(id).value(); });
  }
  account::Profile profile(coalition::OrganisationId id) {
    return ask([&](db::Reader& read) { return account::Register(read).profile(id).value(); });
  }
  /// The form of an organisation as somebody opens it, with a telephone number.
  Fields form_of_ours(PersonId person) {
    auto const body = Browser(site, site.session(person)).get("/en/organisations/" + slug(ours) + "/edit").body;
    return {{"version", Browser::between(body, "name=\"version\" value=\"", "\"")}, {"phone", "0700 123 456"}};
  }
  /// Columns of an organisation that no form has.
  Fields columns_of_organisations() const {
    return {{"id", id_text(theirs)}, {"organisation", slug(theirs)}, {"slug", "smuggled"},    {"sample", "1"},         {"is_sample", "1"},
            {"original", "en"},      {"standing", "left"},           {"since", "2000-01-01"}, {"until", "2018-01-01"}, {"created", "1"}};
  }
  void expect_same_but_for_its_kind(coalition::Organisation const& before) {
    auto const now = organisation(before.id);
    EXPECT_EQ(now.slug, before.slug);
    EXPECT_EQ(now.sample, before.sample);
    EXPECT_EQ(now.original, before.original);
    EXPECT_EQ(now.region, before.region);
    EXPECT_EQ(now.names, before.names);
    EXPECT_EQ(now.short_names, before.short_names);
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Smuggled, db::both_engines(), db::engine_name);

TEST_P(Smuggled, WithThePlanOfAnActivityAreNotStored) {
  auto const made = post(focal, "/work/activities", with(plan("Биздики"), columns_of_activities()));
  ASSERT_EQ(made.status, Status::see_other);
  auto const id = parse_id_as<activity::ActivityTag>(location(made).substr(std::string("/en/work/activities/").size())).value();
  EXPECT_NE(id, other);
  expect_only_the_plan(id, 1);
  auto const edit = "/work/activities/" + id_text(id) + "/edit";
  EXPECT_EQ(post(focal, edit, with(with({{"version", "1"}}, plan("Дагы биздики")), columns_of_activities())).status, Status::see_other);
  expect_only_the_plan(id, 2);
  EXPECT_EQ(find(id).text(Language::ky).title, "Дагы биздики");
  EXPECT_EQ(post(focal, edit, with(plan("Башкача"), columns_of_activities())).status, Status::conflict) << "the version is another activity's";
  expect_only_the_plan(id, 2);
  EXPECT_EQ(find(id).text(Language::ky).title, "Дагы биздики");
  expect_other_untouched();
}

TEST_P(Smuggled, TheNameOfAnotherOrganisationMakesNoPlanItsOwn) {
  auto form = plan("Биздики");
  for (auto& [name, value] : form)
    if (name == "lead") value = slug(theirs);
  auto const before = activities();
  EXPECT_EQ(post(focal, "/work/activities", form).status, Status::unprocessable);
  EXPECT_EQ(activities(), before);
  auto const id = added(ours, naryn);
  EXPECT_EQ(post(focal, "/work/activities/" + id_text(id) + "/edit", with({{"version", "1"}}, form)).status, Status::unprocessable);
  EXPECT_EQ(find(id).version, 1);
  EXPECT_EQ(find(id).lead, ours);
}

TEST_P(Smuggled, WithAResultAreNotStored) {
  auto const id = added(ours, naryn);
  Fields const form{{"version", "1"}, {"total", "17"}, {"method", "head_count"}, {"sheet", "kept"}};
  Fields const more{
      {"counted_by", slug(theirs)}, {"reported_day", "2018-10-01"}, {"confirmed_at", "1"}, {"sum_differs", "1"},     {"result_version", "9"},
      {"lead", slug(theirs)},       {"day", "2018-10-01"},          {"title", "smuggled"}, {"visibility", "public"}, {"kind", "lecture"}};
  ASSERT_EQ(post(focal, "/work/activities/" + id_text(id) + "/report", with(with(form, more), columns_of_activities())).status, Status::see_other);
  auto const now = find(id);
  EXPECT_EQ(now.version, 2);
  EXPECT_EQ(now.state, State::reported);
  EXPECT_EQ(now.lead, ours);
  EXPECT_EQ(now.day, Day::parse("2018-10-15"));
  EXPECT_EQ(now.kind, "legal_consultation");
  EXPECT_EQ(now.text(Language::ky).title, "Кеңеш");
  EXPECT_FALSE(now.is_public);
  EXPECT_TRUE(now.sensitive);
  EXPECT_EQ(now.reason, "");
  ASSERT_TRUE(now.result);
  EXPECT_EQ(now.result->version, 1);
  EXPECT_EQ(now.result->attendance.value().high, 17);
  EXPECT_EQ(now.result->counted_by, ours);
  EXPECT_EQ(now.result->reported_day, Day::parse("2018-10-20").value());
  work::Standing expected;
  expected.reported_by = focal;
  EXPECT_EQ(standing(id), expected);
  EXPECT_FALSE(ask([&](db::Reader& read) { return work::Store(read).words(id, 1).sum_differs; }));
  EXPECT_EQ(ask([](db::Reader& read) { return read.one<std::int64_t>("select count(*) from result_confirmation"); }), 0);
  expect_other_untouched();
}

TEST_P(Smuggled, WithAnOrganisationAreNotStored) {
  auto const before = organisation(ours), others = organisation(theirs);
  Fields const identity{{"kind", "donor"}, {"region", "talas"}, {"name_ky", "Башка"}, {"name_en", "Another"}, {"short_name_ky", "Б"}};
  auto const path = "/organisations/" + slug(ours) + "/edit";
  for (auto const person : {focal, regional}) {
    EXPECT_EQ(post(person, path, with(with(form_of_ours(person), identity), columns_of_organisations())).status, Status::see_other);
    expect_same_but_for_its_kind(before);
    EXPECT_EQ(organisation(ours).kind, before.kind);
  }
  // These fields are those of a national coordinator, who has no others either.
  Fields const corrected{{"kind", "youth"}, {"region", "naryn"}, {"name_ky", "Мээрим"}};
  EXPECT_EQ(post(national, path, with(with(form_of_ours(national), corrected), columns_of_organisations())).status, Status::see_other);
  expect_same_but_for_its_kind(before);
  EXPECT_EQ(organisation(ours).kind, "youth");
  EXPECT_EQ(profile(ours).standing, "member");
  EXPECT_EQ(profile(ours).since, "2018-10-20");
  EXPECT_FALSE(profile(ours).until);
  EXPECT_EQ(profile(ours).phone, "0700 123 456");
  expect_same_but_for_its_kind(others);
  EXPECT_EQ(organisation(theirs).kind, others.kind);
  EXPECT_FALSE(ask([&](db::Reader& read) { return account::Register(read).profile(theirs); }));
}

TEST_P(Smuggled, WithARequestToJoinAreNotStored) {
  Fields const form{{"name", "Жаш муун"}, {"kind", "youth"},          {"about", "Жаштар үчүн лекциялар."},
                    {"region", "naryn"},  {"contact_name", "Жамиля"}, {"contact", "0555 98 76 54"}};
  Fields const more{{"state", "accepted"},
                    {"organisation", id_text(ours)},
                    {"first_by", id_text(national)},
                    {"second_by", id_text(regional)},
                    {"decided", "1"},
                    {"reason", "smuggled"},
                    {"id", "1"},
                    {"first_at", "1"}};
  EXPECT_EQ(Browser(site).submit("/en/join", with(form, more)).status, Status::ok);
  auto const all = ask([](db::Reader& read) { return account::Register(read).waiting(); });
  ASSERT_EQ(all.size(), 1U) << "it waits for its two approvals";
  EXPECT_FALSE(all.front().first_by || all.front().second_by || all.front().decided || all.front().organisation);
  EXPECT_EQ(all.front().reason, "");
  EXPECT_NE(all.front().id, 1);
}

TEST_P(Smuggled, WithTheOwnAccountAreNotStored) {
  auto const before = grants(focal);
  auto const secrets = [&] {
    return ask([&](db::Reader& read) {
      account::Store store(read);
      return std::tuple(store.logins(focal), store.password_hash(focal), store.factor(focal).has_value());
    });
  };
  auto const kept = secrets();
  Fields const more{{"login", "smuggled@example.org"}, {"password", "башка узун купуя сөз"}};
  EXPECT_EQ(post(focal, "/account", with(with({{"name", "Айгүл Жаңы"}, {"language", "ru"}}, more), columns_of_accounts())).status, Status::see_other);
  auto const account_of = [&](PersonId person) { return ask([&](db::Reader& read) { return account::Store(read).find(person).value(); }); };
  EXPECT_EQ(account_of(focal).name, "Айгүл Жаңы");
  EXPECT_EQ(account_of(focal).language, Language::ru);
  EXPECT_EQ(account_of(focal).state, "active");
  EXPECT_EQ(grants(focal), before);
  EXPECT_EQ(secrets(), kept);
  EXPECT_EQ(account_of(stranger).name, "Талант");
  EXPECT_EQ(account_of(stranger).state, "active");
}

TEST_P(Smuggled, WithAnInvitationAreNotStored) {
  Fields const form{{"role", "member"}, {"organisation", slug(ours)}, {"name", "Жаңы"}, {"language", "ky"}};
  Fields const more{{"made_by", id_text(national)}, {"expires", "9999999999999"}, {"used", "1"}, {"outcome", "used"}, {"token", "smuggled"}};
  EXPECT_EQ(post(focal, "/people/invite", with(with(form, more), columns_of_accounts())).status, Status::ok);
  ASSERT_EQ(invitations().size(), 1U);
  auto const invited = invitations().front();
  EXPECT_EQ(invited.grant, (Grant{Role::member, {}, ours, {}})) << "neither a region nor an activity goes with the role";
  EXPECT_EQ(invited.made_by, focal);
  EXPECT_FALSE(invited.account);
  EXPECT_TRUE(invited.invitation);
  EXPECT_EQ(invited.login, "");
  EXPECT_TRUE(invited.expires == site.clock().now() + account::ticket_time);
}

TEST_P(Smuggled, NoFormGivesARoleThatSomebodyMayNotGive) {
  account::Person person;
  person.id = focal;
  person.grants = grants(focal);
  for (auto const role : account::roles) {
    Fields const form{
        {"role", std::string(account::role_code(role))}, {"organisation", slug(theirs)}, {"region", "talas"}, {"activity", id_text(other)}};
    EXPECT_EQ(post(focal, "/people/invite", form).status, Status::forbidden) << account::role_code(role);
  }
  EXPECT_THAT(invitations(), IsEmpty());
  EXPECT_EQ(grants(focal), person.grants);
}

TEST_P(Smuggled, WhoeverComesInHasTheRoleOfTheInvitation) {
  Grant const member{Role::member, {}, ours, {}};
  auto const secret = account::invite_from_outside(site.database(), site.ids(), {"", "", "en", member}, site.clock().now());
  Fields const form{{"name", "Жаңы"}, {"login", "0700111222"}, {"password", std::string(good_password)}};
  EXPECT_EQ(Browser(site).submit("/en/invitation/" + secret, with(form, columns_of_accounts())).status, Status::see_other);
  auto const made = ask([](db::Reader& read) { return account::Store(read).by_login("+996700111222"); });
  ASSERT_TRUE(made);
  EXPECT_NE(*made, stranger);
  EXPECT_EQ(grants(*made), std::vector{member});
}

TEST_P(Smuggled, WhatIsDoneWithAPersonGivesNoRoleAndEndsNoneOfAnother) {
  auto const before = grants(focal);
  auto const path = "/people/" + id_text(focal);
  EXPECT_EQ(post(regional, path, with({{"what", "unlock"}}, columns_of_accounts())).status, Status::see_other);
  EXPECT_EQ(grants(focal), before);
  auto const role = ask([&](db::Reader& read) { return account::Store(read).roles_of(stranger).front().id; });
  for (auto const* sure : {"", "1"})
    EXPECT_EQ(post(regional, path, {{"what", "end_role"}, {"role", id_text(role)}, {"sure", sure}}).status, Status::not_found);
  EXPECT_EQ(grants(stranger), (std::vector{Grant{Role::focal_point, {}, theirs, {}}}));
  EXPECT_EQ(grants(focal), before);
}

}  // namespace
}  // namespace birge::app::testing
