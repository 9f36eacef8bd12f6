#include <gtest/gtest.h>

#include "app/site_testing.hpp"
#include "features/account/invitation.hpp"
#include "features/account/joining.hpp"
#include "features/people/joining_pages.hpp"
#include "features/people/people_pages.hpp"

/// What somebody may do is asked again in the writer: a role that ends while a request is on its way allows nothing any more.
namespace birge::app::testing {
namespace {

class EndedRoles : public ::testing::Test {
protected:
  Site site;
  place::PlaceId naryn = site.region("naryn");
  coalition::OrganisationId ours = site.organisation("Мээрим", naryn);
  PersonId national = site.person("Бакыт", "bakyt@example.org", {Role::national_coordinator, {}, {}, {}});
  PersonId regional = site.person("Нурлан", "nurlan@example.org", {Role::regional_coordinator, naryn, {}, {}});
  PersonId focal = site.person("Айгүл", "aigul@example.org", {Role::focal_point, {}, ours, {}});

  template <class Question>
  auto ask(Question question) {
    return site.database().read([&](db::Reader& read) { return question(read); });
  }
  /// Sends a form as somebody whom the edge has let in and whose roles ended before the writer saw it; why it was refused, nothing where it was not.
  std::optional<Failure> refused(PersonId id, Handler handler, Fields const& fields, std::string_view capture, std::string const& captured) {
    auto const person = ask([&](db::Reader& read) {
      account::Store store(read);
      return store.as_person(store.find(id).value());
    });
    site.database().write([&](db::Tx& tx) {
      for (auto const& role : account::Store(tx).roles_of(id)) account::end_role(tx, id, role.id, site.clock().now());
    });
    http::Message message;
    message.method = http::Method::post;
    message.path = message.target = "/test";
    Request request(message, site.services(), Say::in(Language::en), {});
    request.local_path = message.path;
    request.form = http::Parameters::of(fields);
    request.captures = {{capture, captured}};
    request.principal = std::make_shared<account::Person>(person);
    request.form_token = "token";
    try {
      handler(request);
    } catch (Problem const& problem) { return problem.failure; }
    return {};
  }
  std::int64_t asked_to_join() {
    account::JoiningRequest request;
    request.kind = "youth";
    request.name = "Жаш муун";
    request.language = "ky";
    request.region = naryn;
    request.contact_name = "Жамиля";
    request.contact = "0555 98 76 54";
    return site.database().write([&](db::Tx& tx) { return account::add_request(tx, site.ids(), request, site.clock().now()); });
  }
  account::JoiningRequest stored(std::int64_t id) {
    return ask([&](db::Reader& read) { return account::Register(read).request(id).value(); });
  }
};

TEST_F(EndedRoles, LockNobody) {
  EXPECT_EQ(refused(regional, people::act_on_person, {{"what", "lock"}, {"sure", "1"}}, "id", id_text(focal)), Failure::not_found);
  EXPECT_EQ(ask([&](db::Reader& read) { return account::Store(read).find(focal)->state; }), "active");
}

TEST_F(EndedRoles, TakeNoInvitationBack) {
  account::invite_from_outside(site.database(), site.ids(), {"Жамиля", "", "ky", {Role::member, {}, ours, {}}}, site.clock().now());
  auto const open = [&] { return ask([&](db::Reader& read) { return account::Store(read).open_invitations(site.clock().now()); }); };
  ASSERT_EQ(open().size(), 1U);
  EXPECT_EQ(refused(regional, people::revoke_invitation, {}, "id", id_text(open()[0].id)), Failure::not_found);
  EXPECT_EQ(open().size(), 1U);
}

TEST_F(EndedRoles, DecideOnNoOrganisationThatAsksToJoin) {
  auto const id = asked_to_join();
  EXPECT_EQ(refused(regional, people::decide_joining, {{"what", "approve"}}, "id", id_text(id)), Failure::not_found);
  EXPECT_EQ(refused(national, people::decide_joining, {{"what", "refuse"}}, "id", id_text(id)), Failure::not_found);
  EXPECT_EQ(stored(id).state, "waiting");
  EXPECT_FALSE(stored(id).first_by);
}

TEST_F(EndedRoles, ChangeNoOrganisation) {
  auto const slug = site.facts().organisation(ours)->slug;
  auto const profile = [&] { return ask([&](db::Reader& read) { return account::Register(read).profile(ours); }); };
  EXPECT_EQ(refused(focal, people::save_organisation, {{"version", "0"}, {"phone", "0312 112233"}}, "slug", slug), Failure::not_found);
  EXPECT_EQ(refused(regional, people::leave_coalition, {{"sure", "1"}}, "slug", slug), Failure::not_found);
  EXPECT_FALSE(profile()) << "nothing was stored";
}

}  // namespace
}  // namespace birge::app::testing
