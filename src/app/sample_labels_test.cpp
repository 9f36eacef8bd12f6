#include <fmt/format.h>
#include <gmock/gmock.h>

#include <regex>

#include "app/app.hpp"
#include "features/account/account_change.hpp"
#include "features/account/account_secrets.hpp"
#include "features/account/session.hpp"
#include "features/insight/insight_testing.hpp"
#include "features/report/report_article.hpp"
#include "features/report/report_plan.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A whole program on a sample edition: whatever leaves it must say that it is invented.
class SampleLabels : public testing::TestWithParam<db::Engine> {
protected:
  SampleLabels() {
    database_.sample("sample", 5, 60);
    Config config = Config::load("", false, [](std::string const&) { return std::nullopt; }, {});
    config.set("public_address", "http://test");
    app_ = std::make_unique<App>(std::move(config), std::make_unique<FixedClock>(parse_instant(insight::test_moment).value()),
                                 db::Database::open((*database_).address()));
  }

  std::string text(std::string const& target) {
    http::Message message;
    message.target = target;
    auto const question = target.find('?');
    message.path = target.substr(0, question);
    if (question != std::string::npos) message.query = target.substr(question + 1);
    if (!cookie_.empty()) message.headers.emplace_back("cookie", cookie_);
    auto reply = app_->answer(message);
    EXPECT_EQ(reply.status, http::Status::ok) << target;
    return reply.body;
  }

  /// An activity that the agenda lists.
  std::string some_activity() {
    auto const page = text("/en/activities");
    std::smatch found;
    EXPECT_TRUE(std::regex_search(page, found, std::regex("href=\"/en/activities/([0-9a-z]{10,})\"")));
    return found[1];
  }

  /// Whoever sees everything.
  void sign_in() {
    auto const secret = account::new_secret();
    auto& services = app_->services();
    auto const now = services.clock.now();
    services.database.write([&](db::Tx& tx) {
      auto const id = services.ids.make<account::PersonTag>();
      account::Grant const grant{account::Role::national_coordinator, {}, {}, {}};
      account::add_account(tx, services.ids, {id, "Айгүл", Language::ky, {account::login_of("0700123456").value()}, "", grant, {}}, now);
      account::set_factor(tx, id, {"card", "", 0}, {}, {}, now);
      account::start_session(tx, services.ids, {id, account::Stage::full, account::secret_hash(secret), "Test"}, std::nullopt, now);
    });
    cookie_ = "__Host-birge=" + secret;
  }

  insight::CampaignDatabase database_{GetParam()};
  std::unique_ptr<App> app_;
  std::string cookie_;
};
INSTANTIATE_TEST_SUITE_P(BothEngines, SampleLabels, db::both_engines(), db::engine_name);

TEST_P(SampleLabels, StandOnEveryPageInEveryLanguage) {
  auto const id = some_activity();
  std::pair<std::string, std::string> const words[] = {{"/ky", "Үлгү маалымат"}, {"/ru", "Учебные данные"}, {"/en", "Sample data"}};
  for (auto const& [language, label] : words)
    for (std::string const page : {"/",
                                   "/activities",
                                   "/activities/sheet",
                                   "/figures",
                                   "/figures/districts",
                                   "/figures/organisations",
                                   "/regions",
                                   "/regions/osh",
                                   "/organisations",
                                   "/organisations/sample-velo",
                                   "/editions/sample",
                                   "/report?edition=sample",
                                   "/figures/people?sex=female",
                                   "/figures/compare",
                                   "/figures/units?unit=ak-suu",
                                   "/figures/behind",
                                   "/search",
                                   "/search?q=osh",
                                   "/guide",
                                   "/sources",
                                   "/method",
                                   "/open-data"})
      EXPECT_THAT(text(language + page), HasSubstr(label)) << language << page;
  for (auto const& [language, label] : words)
    for (auto const* page : {"", "/poster"})
      EXPECT_THAT(text(fmt::format("{}/activities/{}{}", language, id, page)), HasSubstr(label)) << language << page;
}

TEST_P(SampleLabels, StandOnThePagesOfTheWorkspace) {
  sign_in();
  std::vector<std::string> const pages{"/work",      "/work/sheet",      "/work/board",     "/work/table",   "/work/calendar",
                                       "/work/gaps", "/work/timeliness", "/work/questions", "/work/confirm", "/work/activities/" + some_activity()};
  for (auto const& page : pages) EXPECT_THAT(text("/en" + page), HasSubstr("Sample data.")) << page;
}

TEST_P(SampleLabels, StandInEveryFeedAndFile) {
  auto const id = some_activity();
  for (std::string const feed : {"agenda-en.ics", "agenda-en.atom", "agenda-en.csv", "3w-en.csv"})
    EXPECT_THAT(text("/feeds/" + feed), HasSubstr("ample")) << feed;
  EXPECT_THAT(text("/feeds/agenda-en.json"), HasSubstr("(sample data)"));
  EXPECT_THAT(text("/feeds/agenda-en.json"), HasSubstr("\"sample\":true"));
  EXPECT_THAT(text("/feeds/agenda-en.geojson"), HasSubstr("\"sample\":true"));
  EXPECT_THAT(text("/feeds/activity/" + id + "-en.ics"), HasSubstr("ample data"));
  EXPECT_THAT(text("/api/v1/activities"), HasSubstr("\"sample\":true"));
  EXPECT_THAT(text("/api/v1/activities/" + id), HasSubstr("\"sample\":true"));
}

/// Every sheet of a workbook says it.
void expect_on_every_sheet(std::string bytes, std::string const& file) {
  auto const book = sheet::open_bytes(std::move(bytes));
  ASSERT_FALSE(book->tables().empty());
  for (std::size_t table = 0; table < book->tables().size(); ++table) {
    bool said = false;
    book->read(table, [&](sheet::Row const& row) {
      for (auto const& cell : row.cells) said = said || cell.text.find("ample data") != std::string::npos;
      return !said;
    });
    EXPECT_TRUE(said) << file << ", sheet " << book->tables()[table].name;
  }
}

TEST_P(SampleLabels, StandOnEverySheetOfTheWorkbooks) {
  for (std::string const file : {"/feeds/agenda-en.xlsx", "/feeds/report/sample-en.xlsx"}) expect_on_every_sheet(text(file), file);
  sign_in();
  for (std::string const file : {"/en/work/table/export?format=xlsx", "/en/work/gap-table"}) expect_on_every_sheet(text(file), file);
}

TEST_P(SampleLabels, StandInEveryRowOfTheWorkspacesTables) {
  sign_in();
  for (std::string const file : {"/en/work/table/export?format=csv", "/en/work/gap-table?format=csv"}) {
    std::vector<std::string> last;
    sheet::open_bytes(text(file))->read(0, [&](sheet::Row const& row) {
      last.push_back(row.cells.back().text);
      return true;
    });
    ASSERT_GT(last.size(), 1U) << file;
    EXPECT_EQ(last.front(), "Sample data") << file;
    last.erase(last.begin());
    EXPECT_THAT(last, ::testing::Each("sample")) << file;
  }
}

TEST_P(SampleLabels, StandOnThePlanThatIsSigned) {
  auto const& say = Say::in(Language::en);
  auto& services = app_->services();
  auto const plan = services.database.read([&](db::Reader& read) {
    activity::Filter scope;
    scope.edition = campaign::facts(read)->edition("sample")->id;
    return report::gather_plan(read, scope, services.clock.now());
  });
  EXPECT_THAT(report::document(say, report::plan_title(plan, say), report::plan_article(plan, say)), HasSubstr("Sample data"));
  expect_on_every_sheet(report::plan_workbook(plan, say), "the plan");
}

TEST_P(SampleLabels, DoNotStandOnADocumentedEdition) {
  for (std::string const page : {"/en/editions/2018", "/en/activities?edition=2018", "/en/figures?edition=2018", "/en/report?edition=2018",
                                 "/feeds/agenda-en.csv?edition=2018"})
    EXPECT_THAT(text(page), Not(HasSubstr("ample data"))) << page;
  sign_in();
  for (std::string const page : {"/en/work/table?edition=2018", "/en/work/questions?edition=2018", "/en/work/table/export?edition=2018&format=csv",
                                 "/en/work/gap-table?edition=2018&format=csv"})
    EXPECT_THAT(text(page), Not(HasSubstr("ample data"))) << page;
}

}  // namespace
}  // namespace birge::app
