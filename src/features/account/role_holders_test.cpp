#include "features/account/role_holders.hpp"

#include <gtest/gtest.h>

#include "features/account/account_change.hpp"
#include "features/account/joining.hpp"
#include "platform/db/testing.hpp"

namespace birge::account {
namespace {

constexpr place::PlaceId region{2};
constexpr PersonId person{4};

/// What is kept in memory of roles must be told anew by everything that changes them.
class RoleHolders : public testing::TestWithParam<db::Engine> {
protected:
  RoleHolders() {
    write([&](db::Tx& tx) {
      tx.run("insert into place (id, level, kind, code, path, path_end, position) values (1, 0, 'country', 'kg', 'kg/', 'kg0', 0)");
      tx.run("insert into place (id, parent, level, kind, code, path, path_end, position) values (2, 1, 1, 'oblast', 'n', 'kg/n/', 'kg/n0', 1)");
      coalition::Organisation organisation;
      organisation.slug = "club";
      organisation.kind = "civil_society";
      organisation.original = "ky";
      organisation.names = {{"ky", "Клуб"}};
      club = coalition::add(tx, ids_, organisation, {}, now_);
    });
    write([&](db::Tx& tx) {
      NewAccount account{person, "Айгүл", Language::ky, {}, {}, {Role::focal_point, {}, club, {}}, {}};
      add_account(tx, ids_, account, now_);
    });
  }
  void write(std::function<void(db::Tx&)> const& change) {
    database_->write([&](db::Tx& tx) { change(tx); });
  }
  template <class Ask>
  auto read(Ask ask) {
    return database_->read([&](db::Reader& read) { return ask(read); });
  }
  std::vector<Grant> grants() {
    return read([](db::Reader& read) { return grants_of(read, person); });
  }
  std::vector<Coordinator> coordinators() {
    return read([](db::Reader& read) { return regional_coordinators(read, region); });
  }
  std::vector<PersonId> focal_points(coalition::OrganisationId organisation) {
    return read([&](db::Reader& read) { return holders_of(read, Role::focal_point, organisation); });
  }
  std::int64_t id_of(Role role) {
    return read([&](db::Reader& read) {
      return read.one<std::int64_t>("select id from account_role where account = $1 and role = $2", person, role_code(role));
    });
  }

  db::TestDatabase database_{GetParam()};
  coalition::OrganisationId club;
  FixedClock clock_{parse_instant("2026-10-01T06:00:00Z").value()};
  IdMaker ids_{clock_, 0};
  Instant now_ = clock_.now();
  Grant const coordinator_{Role::regional_coordinator, region, {}, {}};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, RoleHolders, db::both_engines(), db::engine_name);

TEST_P(RoleHolders, RolesGivenAndEndedAreKnownAtOnce) {
  ASSERT_EQ(grants().size(), 1U);
  EXPECT_EQ(focal_points(club), std::vector{person});
  EXPECT_TRUE(focal_points({99}).empty());
  EXPECT_TRUE(coordinators().empty());
  write([&](db::Tx& tx) {
    give_role(tx, ids_, person, coordinator_, {}, now_);
    EXPECT_EQ(grants_of(tx, person).size(), 2U) << "in the transaction too";
  });
  ASSERT_EQ(grants().size(), 2U);
  EXPECT_EQ(grants()[1], coordinator_);
  ASSERT_EQ(coordinators().size(), 1U);
  EXPECT_EQ(coordinators()[0].organisations, std::vector{club}) << "where they come from";
  Person before;
  before.id = person;
  EXPECT_EQ(read([&](db::Reader& read) { return fresh(read, before).grants; }), grants()) << "whatever they held when the request began";
  write([&](db::Tx& tx) { change_name(tx, person, "Айнура", Language::ky, now_); });
  EXPECT_EQ(coordinators()[0].name, "Айнура");
  write([&](db::Tx& tx) { end_role(tx, person, id_of(Role::regional_coordinator), now_); });
  EXPECT_EQ(grants().size(), 1U);
  EXPECT_TRUE(coordinators().empty());
}

TEST_P(RoleHolders, ACoordinatorComesFromTheOrganisationTheRoleNamesAndElseFromEachOfTheOthers) {
  coalition::OrganisationId office, third;
  write([&](db::Tx& tx) {
    for (auto* id : {&office, &third}) {
      coalition::Organisation organisation;
      organisation.slug = id == &office ? "office" : "third";
      organisation.kind = "state_body";
      organisation.original = "ky";
      organisation.names = {{"ky", organisation.slug}};
      *id = coalition::add(tx, ids_, organisation, {}, now_);
    }
    give_role(tx, ids_, person, coordinator_, {}, now_);
    give_role(tx, ids_, person, {Role::member, {}, third, {}}, {}, now_);
  });
  ASSERT_EQ(coordinators().size(), 1U);
  EXPECT_EQ(coordinators()[0].organisations, (std::vector{club, third}));
  write([&](db::Tx& tx) {
    end_role(tx, person, id_of(Role::regional_coordinator), now_);
    give_role(tx, ids_, person, {Role::regional_coordinator, region, office, {}}, {}, now_);
  });
  ASSERT_EQ(coordinators().size(), 1U);
  EXPECT_EQ(coordinators()[0].organisations, std::vector{office}) << "the club's plans are not those of the administration";
}

TEST_P(RoleHolders, WhoIsLockedOrLeavesHoldsNoRole) {
  EXPECT_EQ(grants().size(), 1U);
  write([&](db::Tx& tx) { set_locked(tx, person, true, now_); });
  EXPECT_TRUE(grants().empty());
  EXPECT_TRUE(focal_points(club).empty());
  write([&](db::Tx& tx) { set_locked(tx, person, false, now_); });
  EXPECT_EQ(grants().size(), 1U);
  write([&](db::Tx& tx) { leave(tx, person, now_); });
  EXPECT_TRUE(grants().empty());
}

TEST_P(RoleHolders, WhenAnOrganisationLeavesItsRolesEnd) {
  write([&](db::Tx& tx) { give_role(tx, ids_, person, coordinator_, {}, now_); });
  EXPECT_EQ(grants().size(), 2U);
  write([&](db::Tx& tx) { leave_coalition(tx, club, Day::parse("2026-10-01").value(), now_); });
  EXPECT_EQ(grants(), std::vector{coordinator_});
}

}  // namespace
}  // namespace birge::account
