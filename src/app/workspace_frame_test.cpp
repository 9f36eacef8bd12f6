#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/site_testing.hpp"
#include "platform/http/static_files.hpp"

/// What the frame of a page gives people who are signed in, and nobody else.
namespace birge::app::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class WorkspaceFrame : public ::testing::Test {
protected:
  Site site;

  std::string work_page(Role role) {
    auto const somebody = site.person("Айгүл", "somebody@example.org", {role, {}, {}, {}});
    return Browser(site, site.session(somebody)).get("/en/work").body;
  }
};

TEST_F(WorkspaceFrame, TheListOfKeysLeadsToThePlacesOfTheWorkspace) {
  EXPECT_THAT(work_page(Role::national_coordinator),
              AllOf(HasSubstr("data-keys=\"g b\" href=\"/en/work/board\""), HasSubstr("data-keys=\"n\" href=\"/en/work/activities/new\"")));
}

TEST_F(WorkspaceFrame, AnObserverHasNoKeyForANewActivity) {
  EXPECT_THAT(work_page(Role::observer), AllOf(HasSubstr("data-keys=\"g t\""), Not(HasSubstr("data-keys=\"n\""))));
}

TEST_F(WorkspaceFrame, AnAdministratorHasNoKeyForWhatTheCoalitionDoes) {
  EXPECT_THAT(work_page(Role::administrator),
              AllOf(HasSubstr("data-keys=\"g h\""), Not(HasSubstr("data-keys=\"g c\"")), Not(HasSubstr("data-keys=\"n\""))));
}

TEST_F(WorkspaceFrame, PublicPagesLoadNothingOfTheWorkspace) {
  auto const page = Browser(site).get("/en/activities").body;
  EXPECT_THAT(page, HasSubstr(std::string(http::static_url("web/site.js").text())));
  for (auto const* name : {"web/work.css", "web/work.js", "web/work_head.js"})
    EXPECT_THAT(page, Not(HasSubstr(std::string(http::static_url(name).text())))) << name;
  EXPECT_THAT(page, AllOf(Not(HasSubstr("class=\"space\"")), Not(HasSubstr("class=\"shortcuts\""))));
}

TEST_F(WorkspaceFrame, TheHeadOfWhoIsSignedInBringsTheRoomTheyWant) {
  auto const page = work_page(Role::observer);
  auto const head = page.substr(0, page.find("</head>"));
  EXPECT_THAT(head, HasSubstr("<script src=\"" + std::string(http::static_url("web/work_head.js").text()) + "\"></script>"));
  EXPECT_THAT(head, AllOf(HasSubstr(std::string(http::static_url("web/work.css").text())),
                          Not(HasSubstr(std::string(http::static_url("web/site.js").text())))))
      << "one file holds both";
  EXPECT_THAT(page, HasSubstr("<button class=\"space\" type=\"button\" hidden"));
}

}  // namespace
}  // namespace birge::app::testing
