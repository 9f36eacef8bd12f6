#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

#include "app/site_testing.hpp"
#include "features/account/invitation.hpp"

/// What is slowed down where somebody does it very often: the forms whose work or whose letters others have to bear.
namespace birge::app::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class TooOften : public ::testing::Test {
protected:
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("birge-limits-" + std::to_string(getpid()));
  Site site{db::Engine::sqlite, {{"data", folder.string()}}};
  place::PlaceId naryn = site.region("naryn");
  coalition::OrganisationId ours = site.organisation("Мээрим", naryn);
  PersonId regional = site.person("Нурлан", "nurlan@example.org", {Role::regional_coordinator, naryn, {}, {}});
  PersonId focal = site.person("Айгүл", "aigul@example.org", {Role::focal_point, {}, ours, {}});

  ~TooOften() override { std::filesystem::remove_all(folder); }
  Browser as(PersonId person) { return Browser(site, site.session(person)); }

  /// How often something is done before it has to wait; at most so often.
  template <class Act>
  int done_before_waiting(int most, Act const& act) {
    for (int i = 0; i < most; ++i)
      if (act() == Status::too_many_requests) return i;
    return most;
  }
};

TEST_F(TooOften, ManyInvitationsOfOnePersonHaveToWaitAndKeepWhatWasChosen) {
  auto browser = as(focal);
  Fields const fields{{"role", "member"}, {"organisation", site.facts().organisation(ours)->slug}, {"name", "Гүлзат"}};
  auto const made = done_before_waiting(100, [&] { return browser.submit("/en/people/invite", fields).status; });
  EXPECT_GE(made, 60) << "a day's work is free";
  EXPECT_LT(made, 100);
  EXPECT_THAT(browser.submit("/en/people/invite", fields).body, HasSubstr("value=\"Гүлзат\""));
  Fields const region{{"role", "focal_point"}, {"organisation", site.facts().organisation(ours)->slug}};
  EXPECT_EQ(as(regional).submit("/en/people/invite", region).status, Status::ok) << "nobody else waits";
}

TEST_F(TooOften, ManyPasswordsSentWithALinkHaveToWait) {
  auto const invitation =
      "/en/invitation/" + account::invite_from_outside(site.database(), site.ids(), {"", "", "en", {Role::member, {}, ours, {}}}, site.clock().now());
  auto const reset = "/en/reset/" + account::reset_link_from_outside(site.database(), site.ids(), focal, site.clock().now());
  int number = 0;
  for (auto const& path : {invitation, reset}) {
    Browser guest(site);
    guest.peer = "198.51.100." + std::to_string(++number);
    Fields const fields{{"name", "Жаңы"}, {"login", "0700111222"}, {"password", "short"}};
    auto const tried = done_before_waiting(50, [&] { return guest.submit(path, fields).status; });
    EXPECT_GE(tried, 20) << path << ": a village shares one address";
    EXPECT_LT(tried, 50) << path;
    EXPECT_EQ(guest.get(path).status, Status::ok) << "the link is still good";
    site.wait(3min);
    EXPECT_EQ(guest.submit(path, {{"name", "Жаңы"}, {"login", "0700111222"}, {"password", std::string(good_password)}}).status, Status::see_other);
  }
}

TEST_F(TooOften, ManyUploadsOfSpreadsheetsHaveToWait) {
  auto browser = as(regional);
  auto const upload = [&] {
    auto const reply = browser.submit("/en/work/import", {{"edition", "2018"}, {"table", "a\tb"}});
    // What waits is deleted at once, so that only the pace is asked.
    site.database().write([](db::Tx& tx) { tx.run("update import_run set state = 'put_away'"); });
    return reply.status;
  };
  auto const uploaded = done_before_waiting(100, upload);
  EXPECT_GE(uploaded, 60);
  EXPECT_LT(uploaded, 100);
}

}  // namespace
}  // namespace birge::app::testing
