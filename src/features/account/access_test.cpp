#include "features/account/access.hpp"

#include <gtest/gtest.h>

namespace birge::account {
namespace {

constexpr place::PlaceId naryn{10}, talas{11};
constexpr coalition::OrganisationId ours{20}, theirs{21};

Person with(Grant grant) {
  Person person;
  person.id = {1};
  person.grants = {grant};
  return person;
}
Person of_region(place::PlaceId region) { return with({Role::regional_coordinator, region, {}, {}}); }
Person focal(coalition::OrganisationId organisation) { return with({Role::focal_point, {}, organisation, {}}); }
Person national() { return with({Role::national_coordinator, {}, {}, {}}); }
Person administrator() { return with({Role::administrator, {}, {}, {}}); }

Object in(place::PlaceId region, coalition::OrganisationId organisation) { return {region, {organisation}, 5}; }

TEST(Access, NobodyWithoutARoleMayDoAnything) {
  Person const nobody;
  for (std::size_t i = 0; i < permission_count; ++i) {
    EXPECT_FALSE(nobody.has(static_cast<int>(i)));
    EXPECT_FALSE(may(nobody, static_cast<Permission>(i), in(naryn, ours)));
  }
}

TEST(Access, ANeedThatDoesNotExistIsNeverMet) {
  EXPECT_FALSE(national().has(-1));
  EXPECT_FALSE(national().has(static_cast<int>(permission_count)));
}

TEST(Access, TheAdministratorSeesNoContent) {
  auto const person = administrator();
  for (auto const permission : {Permission::see_coalition, Permission::plan, Permission::approve, Permission::report, Permission::confirm,
                                Permission::discuss, Permission::publish, Permission::write_report, Permission::see_requests, Permission::import})
    EXPECT_FALSE(may_somewhere(person, permission)) << permission_code(permission);
  EXPECT_TRUE(may_everywhere(person, Permission::manage_system));
}

TEST(Access, ARegionalCoordinatorActsInTheOwnRegionOnly) {
  auto const person = of_region(naryn);
  EXPECT_TRUE(may(person, Permission::approve, in(naryn, theirs)));
  EXPECT_FALSE(may(person, Permission::approve, in(talas, ours)));
  EXPECT_FALSE(may(person, Permission::approve, {{}, {ours}, 5})) << "what is national has no region";
  EXPECT_FALSE(may(person, Permission::manage_editions, {}));
}

TEST(Access, AFocalPointActsForTheOwnOrganisationOnly) {
  auto const person = focal(ours);
  EXPECT_TRUE(may(person, Permission::report, {talas, {theirs, ours}, 5}));
  EXPECT_FALSE(may(person, Permission::report, in(talas, theirs)));
  EXPECT_FALSE(may(person, Permission::confirm, in(talas, ours)));
}

TEST(Access, AHelperSeesOneActivityOnly) {
  auto const person = with({Role::helper, {}, ours, 5});
  EXPECT_TRUE(may(person, Permission::see_coalition, {talas, {ours}, 5}));
  EXPECT_FALSE(may(person, Permission::see_coalition, {talas, {ours}, 6})) << "another activity of the same organisation";
  EXPECT_FALSE(may(person, Permission::see_coalition, {talas, {ours}, {}}));
}

TEST(Access, AnObserverSeesNoNames) {
  auto const person = with({Role::observer, {}, theirs, {}});
  EXPECT_TRUE(may(person, Permission::see_coalition, in(naryn, ours)));
  EXPECT_FALSE(may(person, Permission::see_names, in(naryn, theirs)));
  for (auto const permission : {Permission::plan, Permission::report, Permission::discuss, Permission::invite})
    EXPECT_FALSE(may_somewhere(person, permission));
}

TEST(Access, TwoRolesAddUp) {
  Person person;
  person.grants = {{Role::regional_coordinator, naryn, {}, {}}, {Role::focal_point, {}, ours, {}}};
  EXPECT_TRUE(may(person, Permission::approve, in(naryn, theirs)));
  EXPECT_TRUE(may(person, Permission::report, in(talas, ours)));
  EXPECT_FALSE(may(person, Permission::approve, in(talas, ours)));
}

TEST(Access, NobodyGrantsMoreThanTheyHave) {
  Grant const a_national{Role::national_coordinator, {}, {}, {}}, an_administrator{Role::administrator, {}, {}, {}};
  Grant const an_officer{Role::communications_officer, {}, ours, {}}, a_member{Role::member, {}, ours, {}};
  EXPECT_FALSE(may_grant(administrator(), a_national, {}));
  EXPECT_TRUE(may_grant(administrator(), an_administrator, {}));
  EXPECT_FALSE(may_grant(administrator(), a_member, naryn));
  EXPECT_FALSE(may_grant(national(), an_administrator, {}));
  EXPECT_TRUE(may_grant(national(), a_national, {}));
  EXPECT_FALSE(may_grant(of_region(naryn), a_national, {}));
  EXPECT_FALSE(may_grant(of_region(naryn), an_officer, naryn));
  EXPECT_FALSE(may_grant(of_region(naryn), {Role::regional_coordinator, talas, {}, {}}, {}));
  EXPECT_TRUE(may_grant(of_region(naryn), {Role::regional_coordinator, naryn, {}, {}}, {}));
  EXPECT_TRUE(may_grant(of_region(naryn), a_member, naryn));
  EXPECT_FALSE(may_grant(of_region(naryn), a_member, talas)) << "an organisation that sits in another region";
  EXPECT_FALSE(may_grant(of_region(naryn), a_member, {})) << "a national organisation";
  EXPECT_FALSE(may_grant(focal(ours), {Role::member, {}, theirs, {}}, naryn));
  EXPECT_TRUE(may_grant(focal(ours), a_member, naryn));
  EXPECT_TRUE(may_grant(focal(ours), {Role::helper, {}, ours, 5}, naryn));
  EXPECT_FALSE(may_grant(with(a_member), a_member, naryn)) << "members invite nobody";
}

TEST(Access, ARoleWithoutWhatItIsHeldForIsRefused) {
  EXPECT_FALSE(complete({Role::regional_coordinator, {}, {}, {}}));
  EXPECT_FALSE(complete({Role::focal_point, {}, {}, {}}));
  EXPECT_FALSE(complete({Role::helper, {}, ours, {}}));
  EXPECT_FALSE(complete({Role::national_coordinator, naryn, {}, {}}));
  EXPECT_FALSE(may_grant(national(), {Role::focal_point, {}, {}, {}}, {}));
}

TEST(Access, EveryRoleAndPermissionHasItsWords) {
  for (auto const role : roles) {
    EXPECT_EQ(role_of(role_code(role)), role);
    EXPECT_FALSE(role_name(role).empty());
  }
  for (std::size_t i = 0; i < permission_count; ++i) EXPECT_FALSE(permission_name(static_cast<Permission>(i)).empty());
  EXPECT_FALSE(role_of("king"));
}

}  // namespace
}  // namespace birge::account
