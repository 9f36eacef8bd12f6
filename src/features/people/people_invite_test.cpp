#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "features/account/account_change.hpp"
#include "features/people/people_pages.hpp"
#include "features/work/work_pages_testing.hpp"

namespace birge::people {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using work::Action;

class PeopleInvite : public work::testing::PagesTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, PeopleInvite, db::both_engines(), db::engine_name);

TEST_P(PeopleInvite, AHelperIsInvitedToAnActivityThatIsChosenByItsName) {
  auto const add = [&](account::Person const& person, std::string title, int days) {
    auto draft = world.draft();
    draft.texts["ky"].title = std::move(title);
    draft.day = draft.end_day = world.today().plus(days);
    return world.create_draft(person, draft);
  };
  auto const id = add(world.focal, "Биздин каралама", 3), put_away = add(world.focal, "Алып салынган", 4);
  auto const proposed = add(world.focal, "Биздин сунуш", 5);
  add(world.focal, "Өтүп кеткен", -1);
  world.step(world.focal, put_away, Action::discard);
  world.step(world.focal, proposed, Action::propose);
  auto const invite = [&](account::Person const& person) {
    return ask(person, invite_page, http::Method::get, "/people/invite?activity=" + id_text(id), {}, {}, Language::en).body;
  };
  auto const own = invite(world.focal);
  EXPECT_THAT(own, HasSubstr("<option value=\"" + id_text(id) + "\" selected"));
  EXPECT_THAT(own, HasSubstr("Биздин сунуш"));
  EXPECT_THAT(own, Not(HasSubstr("Алып салынган")));
  EXPECT_THAT(own, Not(HasSubstr("Өтүп кеткен")));
  EXPECT_THAT(own, HasSubstr("Helps with one activity and enters its result."));
  EXPECT_THAT(own, HasSubstr("<option value=\"\" >Choose</option>"));
  EXPECT_THAT(invite(world.national), HasSubstr("Биздин сунуш"));
  for (auto const* person : {&world.regional, &world.national, &world.stranger, &world.elsewhere})
    EXPECT_THAT(invite(*person), Not(HasSubstr("Биздин каралама"))) << "a draft of others";
  EXPECT_THAT(invite(world.stranger), Not(HasSubstr("name=\"activity\""))) << "nothing of theirs lies ahead";
}

TEST_P(PeopleInvite, WhoInvitesForOneOrganisationHasNoneToChoose) {
  auto const form = [&](account::Person const& person) {
    auto const body = ask(person, invite_page, http::Method::get, "/people/invite", {}, {}, Language::en).body;
    auto const from = body.find("name=\"organisation\"");
    return from == std::string::npos ? std::string() : body.substr(from, body.find("</select>", from) - from);
  };
  auto const options = [](std::string const& text) {
    std::size_t count = 0;
    for (auto at = text.find("<option"); at != std::string::npos; at = text.find("<option", at + 1)) ++count;
    return count;
  };
  EXPECT_EQ(options(form(world.focal)), 1U);
  EXPECT_THAT(form(world.focal), Not(HasSubstr("Choose")));
  EXPECT_GT(options(form(world.national)), 2U);
  EXPECT_THAT(form(world.national), HasSubstr("<option value=\"\""));
}

TEST_P(PeopleInvite, ACoordinatorWhoUsesNoComputerIsEnteredWithoutAnAccountAndActsThroughAnAssistant) {
  http::Parameters form;
  form.set("role", "regional_coordinator");
  form.set("region", world.facts().places->find(world.place("naryn"))->code);
  form.set("name", "Орунбасар");
  form.set("without_account", "1");
  auto const send = [&](account::Person const& person) { return ask(person, invite, http::Method::post, "/people/invite", form, {}, Language::en); };
  for (auto const& [field, value, sentence] :
       {std::tuple("name", "", "Enter the name"), {"role", "communications_officer", "Only a coordinator acts through an assistant."}}) {
    auto const typed = std::string(form.get(field));
    form.set(field, value);
    auto const reply = send(world.national);
    EXPECT_EQ(reply.status, Status::unprocessable) << field;
    EXPECT_THAT(reply.body, HasSubstr(sentence));
    EXPECT_THAT(reply.body, HasSubstr("name=\"without_account\" value=\"1\""));
    form.set(field, typed);
  }
  EXPECT_THROW(send(world.second), Problem) << "only a national coordinator";
  EXPECT_THAT(ask(world.second, invite_page, http::Method::get, "/people/invite").body, Not(HasSubstr("without_account")));

  auto const acting = [&] {
    auto people = world.ask_work([&](work::Store& store) { return store.acting_coordinators(world.place("naryn"), world.today()); });
    std::ranges::sort(people);
    return people;
  };
  auto const before = acting();
  auto const entered = send(world.national);
  ASSERT_EQ(entered.status, Status::see_other);
  auto const& address = entered.headers.at(0).second;
  auto const from = address.find("for=") + 4;
  auto const id = address.substr(from, address.find('&') - from);
  EXPECT_THAT(ask(world.national, work::stand_ins, http::Method::get, address, {}, {}, Language::en).body,
              HasSubstr("Entered. Now name who acts in this place."));
  EXPECT_THAT(ask(world.national, people_page, http::Method::get, "/people", {}, {}, Language::en).body,
              HasSubstr("Орунбасар</a> <span class=\"tag info\">does not sign in</span>"));
  auto const deputy_head = parse_id_as<account::PersonTag>(id).value();
  EXPECT_EQ(send(world.national).headers.at(0).second, address) << "a form that is sent twice enters one person";
  EXPECT_EQ(acting(), before) << "nobody waits for one in whose place nobody acts";
  EXPECT_THAT(ask(world.national, work::stand_ins, http::Method::get, "/work/deputies?for=" + id).body, HasSubstr("Орунбасар"));
  EXPECT_THAT(ask(world.regional, work::stand_ins, http::Method::get, "/work/deputies").body, Not(HasSubstr("Орунбасар")))
      << "who does not sign in cannot act for others";

  http::Parameters named;
  named.set("for", id);
  named.set("substitute", id_text(world.stranger.id));
  named.set("from", world.today().iso());
  EXPECT_EQ(ask(world.national, work::add_deputy, http::Method::post, "/work/deputies", named).status, Status::see_other);
  EXPECT_EQ(acting().size(), before.size() + 1);
  world.database().write([&](db::Tx& tx) {
    EXPECT_THROW(work::add_stand_in(tx, world.scene(world.regional), {0, world.regional.id, deputy_head, "deputy", world.today(), world.today()}),
                 Problem);
  });
  auto const plan = world.create_draft(world.focal);
  world.step(world.focal, plan, Action::propose);
  world.step(world.stranger, plan, Action::approve);
  auto const line = world.ask_work([&](work::Store& store) { return store.timeline(plan); }).back();
  EXPECT_EQ(line.what, "approve");
  EXPECT_EQ(line.person, world.stranger.id);
  EXPECT_EQ(line.acting_for, deputy_head);

  auto const page = ask(world.national, person_page, http::Method::get, "/people/" + id, {}, {{"id", id}}, Language::en).body;
  EXPECT_THAT(page, HasSubstr("has nothing to sign in with"));
  EXPECT_THAT(page, Not(HasSubstr("Link to a new password")));
  http::Parameters link;
  link.set("what", "link");
  EXPECT_THROW(ask(world.national, act_on_person, http::Method::post, "/people/" + id, link, {{"id", id}}), Problem);
}

TEST_P(PeopleInvite, WhereOnlySomebodyWithoutAnAssistantCoordinatesTheNationalCoordinatorIsAsked) {
  http::Parameters form;
  form.set("role", "regional_coordinator");
  form.set("region", world.facts().places->find(world.place("naryn"))->code);
  form.set("name", "Орунбасар");
  form.set("without_account", "1");
  auto const reply = ask(world.national, invite, http::Method::post, "/people/invite", form);
  ASSERT_EQ(reply.status, Status::see_other);
  world.database().write([&](db::Tx& tx) {
    for (auto const* person : {&world.regional, &world.second}) account::set_locked(tx, person->id, true, world.clock().now());
  });
  auto const plan = world.create_draft(world.focal);
  world.step(world.focal, plan, Action::propose);
  EXPECT_THAT(
      world.database().read([](db::Reader& read) { return read.all<account::PersonId>("select person from notice where event = 'proposed'"); }),
      ::testing::ElementsAre(world.national.id));
  world.step(world.national, plan, Action::approve);
  EXPECT_EQ(world.find(plan).state, activity::State::approved);
}

}  // namespace
}  // namespace birge::people
