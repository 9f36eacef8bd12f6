#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "app/access_page.hpp"
#include "app/routes.hpp"
#include "app/site_testing.hpp"
#include "features/account/access.hpp"
#include "features/account/joining.hpp"
#include "features/activity/activity_store.hpp"
#include "features/evidence/evidence_store.hpp"
#include "features/village/village_store.hpp"

/// Walks every route of the program with every role and scope, also to objects of others by guessed address, and compares what happens with the one
/// table. A new route is walked by itself; a new pattern with a {name} that stands for an object gets a line in `objects`.
namespace birge::app::testing {
namespace {

using account::Permission;

class Walk : public ::testing::Test {
protected:
  struct Somebody {
    std::string name;
    PersonId id;
    account::Person person;
  };
  /// An object that a pattern leads to, and whether a person may reach it.
  struct Thing {
    std::string id;
    std::function<bool(account::Person const&)> reachable;
    bool always_ok = true;  ///< who reaches it can read it; otherwise the state of the object decides too
  };

  /// A consultation that only the coalition sees.
  static std::int64_t consultation(coalition::OrganisationId lead, place::PlaceId region) {
    activity::Activity made;
    made.edition = site->facts().edition("2018")->id;
    made.kind = "legal_consultation";
    made.sensitive = true;
    made.is_public = false;
    made.day = made.end_day = Day::parse("2018-10-25").value();
    made.place = region;
    made.lead = lead;
    made.texts["ky"] = {"Кеңеш", "", ""};
    return site->database().write([&](db::Tx& tx) {
      activity::Saver saver(tx, site->ids(), site->facts(), site->clock().now());
      auto const id = saver.add(made, "test");
      saver.finish();
      return id.value;
    });
  }

  static void SetUpTestSuite() {
    folder = std::filesystem::temp_directory_path() / ("birge-walk-" + std::to_string(getpid()));
    site = new Site(db::Engine::sqlite, {{"data", folder.string()}});
    auto const naryn = site->region("naryn"), talas = site->region("talas");
    auto const ours = site->organisation("Мээрим", naryn), theirs = site->organisation("Үмүт", talas);
    auto const our_activity = consultation(ours, naryn), their_activity = consultation(theirs, talas);
    int number = 0;
    auto const add = [&](std::string name, Grant const& grant) {
      auto const id = site->person(name, "walker" + std::to_string(++number) + "@example.org", grant);
      account::Person person;
      person.id = id;
      person.grants = {grant};
      people.push_back({std::move(name), id, std::move(person)});
    };
    add("administrator", {Role::administrator, {}, {}, {}});
    add("national coordinator", {Role::national_coordinator, {}, {}, {}});
    add("coordinator of Naryn", {Role::regional_coordinator, naryn, {}, {}});
    add("coordinator of Talas", {Role::regional_coordinator, talas, {}, {}});
    add("focal point of ours", {Role::focal_point, {}, ours, {}});
    add("focal point of theirs", {Role::focal_point, {}, theirs, {}});
    add("member of ours", {Role::member, {}, ours, {}});
    add("member of theirs", {Role::member, {}, theirs, {}});
    add("helper", {Role::helper, {}, ours, our_activity});
    add("communications officer", {Role::communications_officer, {}, ours, {}});
    add("observer", {Role::observer, {}, {}, {}});
    for (auto const& [organisation, home] : {std::pair(ours, naryn), std::pair(theirs, talas)}) {
      auto const object = account::Object{home, {organisation}, {}};
      auto const reachable = [=](account::Person const& viewer) { return account::may(viewer, Permission::manage_organisations, object); };
      for (auto const* pattern : {"/organisations/{slug}/edit", "/organisations/{slug}/leave"})
        objects[pattern].push_back({site->facts().organisation(organisation)->slug, reachable});
    }
    for (auto const& [id, object] : {std::pair(our_activity, account::Object{naryn, {ours}, our_activity}),
                                     std::pair(their_activity, account::Object{talas, {theirs}, their_activity})}) {
      auto const reachable = [object = object](account::Person const& viewer) { return account::may(viewer, Permission::see_coalition, object); };
      for (auto const* pattern :
           {"/work/activities/{id}", "/work/activities/{id}/edit", "/work/activities/{id}/report", "/work/activities/{id}/correct",
            "/work/activities/{id}/checklist", "/work/activities/{id}/remarks", "/work/activities/{id}/evidence"})
        objects[pattern].push_back({id_text(id), reachable, std::string_view(pattern) == "/work/activities/{id}"});
    }
    // A sign-in sheet of each, with the id of its activity, which stands for both names in the address: only whoever would confirm the result may know.
    for (auto const& [id, region, home] : {std::tuple(our_activity, naryn, ours), std::tuple(their_activity, talas, theirs)}) {
      evidence::Item sheet;
      sheet.id = {id};
      sheet.activity = {id};
      sheet.kind = "sheet";
      sheet.file = std::string(64, 'a');
      site->database().write([&, id = id, region = region, home = home](db::Tx& tx) {
        evidence::add(tx, {{1}, {}, region, home, site->clock().now()}, sheet, id_text(id));
      });
      auto const reachable = [region = region](account::Person const& viewer) {
        return viewer.is(Role::national_coordinator) || (viewer.is(Role::regional_coordinator) && viewer.grants.front().region == region);
      };
      for (auto const* pattern : {"/work/activities/{id}/evidence/{item}", "/work/activities/{id}/evidence/{item}/file"})
        objects[pattern].push_back({id_text(id), reachable, std::string_view(pattern).ends_with("{item}")});
      objects["/work/activities/{id}/evidence/{item}/preview"].push_back({id_text(id), [](account::Person const&) { return false; }});
    }
    for (auto const region : {std::optional(naryn), std::optional<place::PlaceId>()}) {
      account::JoiningRequest joining;
      joining.kind = "youth";
      joining.name = "Жаштар";
      joining.language = "ky";
      joining.region = region;
      site->database().write([&](db::Tx& tx) { account::add_request(tx, site->ids(), joining, site->clock().now()); });
    }
    for (auto const& joining : site->database().read([](db::Reader& read) { return account::Register(read).waiting(); }))
      objects["/joining/{id}"].push_back({id_text(joining.id), [=](account::Person const& viewer) { return account::may_decide(viewer, joining); }});
    for (auto const* district : {"kochkor", "manas"}) {
      village::Invitation invitation;
      invitation.edition = site->facts().edition("2018")->id;
      invitation.language = "ky";
      invitation.place = site->region(district);
      invitation.district = invitation.place;
      invitation.region = site->facts().places->region_of(invitation.place)->id;
      auto const id = site->database().write([&](db::Tx& tx) {
        village::add(tx, site->ids(), invitation, district, site->clock().now());
        return tx.one<village::InvitationId>("select id from village_invitation where once = $1", district);
      });
      for (auto const* pattern : {"/work/invitations/{id}", "/work/invitations/{id}/pass"})
        objects[pattern].push_back({id_text(id), [=](account::Person const& viewer) { return village::may_see(viewer, invitation); }});
    }
    auto const owner = std::ranges::find(people, "coordinator of Naryn", &Somebody::name)->id;
    auto const upload = Browser(*site, site->session(owner)).submit("/en/work/import", {{"edition", "2018"}, {"table", "a\tb"}});
    auto const import = location(upload).substr(std::string("/en/work/import/").size());
    for (auto const* pattern : {"/work/import/{id}", "/work/import/{id}/undo"})
      objects[pattern].push_back(
          {import, [=](account::Person const& viewer) { return viewer.id == owner; }, std::string_view(pattern) == "/work/import/{id}"});
    for (auto const& somebody : people) {
      auto const grant = somebody.person.grants.front();
      auto const home = !grant.organisation ? std::optional<place::PlaceId>() : grant.organisation == ours ? naryn : talas;
      objects["/people/{id}"].push_back({id_text(somebody.id), [=](account::Person const& viewer) {
                                           return account::may(viewer, Permission::manage_accounts, account::scope_of(grant, home));
                                         }});
    }
  }
  static void TearDownTestSuite() {
    delete site;
    std::filesystem::remove_all(folder);
    people.clear();
    objects.clear();
  }

  static std::string address(Route const& route, std::string const& id) {
    std::string path = route.where == Where::page ? "/en" : "";
    for (std::size_t i = 0; i < route.pattern.size(); ++i) {
      if (route.pattern[i] != '{') {
        path += route.pattern[i];
        continue;
      }
      i = route.pattern.find('}', i);
      path += id;
    }
    return path;
  }

  /// Asks as a page of this site would: a form with the right token of its session.
  static Reply ask(Route const& route, std::string const& path, Somebody const* somebody) {
    Browser browser(*site, somebody ? site->session(somebody->id) : std::string());
    if (route.method == http::Method::get) return browser.get(path);
    auto const token = somebody ? Browser::token(browser.get("/en/account").body, "/en/account") : std::string();
    return browser.post(path, {{"form_token", token}});
  }

  static inline std::filesystem::path folder;
  static inline Site* site = nullptr;
  static inline std::vector<Somebody> people;
  static inline std::map<std::string, std::vector<Thing>, std::less<>> objects;
};

std::string named(Route const& route, std::string_view who) {
  return std::string(route.method == http::Method::get ? "GET " : "POST ") + std::string(route.pattern) + " as " + std::string(who);
}

TEST_F(Walk, NobodyGetsPastADoorWithoutSigningIn) {
  for (auto const& route : routes()) {
    if (route.access.is_public()) continue;
    auto const reply = ask(route, address(route, "0"), nullptr);
    bool const bare = route.where == Where::bare, reads = route.method == http::Method::get;
    auto const expected = !reads ? Status::forbidden : bare ? Status::unauthorized : Status::see_other;
    EXPECT_EQ(reply.status, expected) << named(route, "nobody");
    EXPECT_TRUE(expected != Status::see_other || location(reply).starts_with("/en/sign-in?next=")) << named(route, "nobody");
    EXPECT_EQ(reply.etag, "") << named(route, "nobody");
  }
}

TEST_F(Walk, NoFormIsTakenWithoutItsToken) {
  for (auto const& route : routes()) {
    if (route.method == http::Method::get || route.access.kind() == Access::Kind::by_link) continue;
    for (auto const& somebody : people) {
      Browser browser(*site, site->session(somebody.id));
      EXPECT_EQ(browser.post(address(route, "0"), {{"form_token", "guessed"}}).status, Status::forbidden) << named(route, somebody.name);
    }
  }
}

TEST_F(Walk, ARoleReachesWhatTheTableGivesItAndNothingElse) {
  for (auto const& route : routes()) {
    for (auto const& somebody : people) {
      auto const reply = ask(route, address(route, "0"), &somebody);
      auto const what = named(route, somebody.name);
      bool const refused = route.access.kind() == Access::Kind::needing && !somebody.person.has(route.access.need());
      bool const plain_page = route.pattern.find('{') == std::string_view::npos && route.method == http::Method::get;
      EXPECT_LT(static_cast<int>(reply.status), 500) << what;
      EXPECT_FALSE(refused && reply.status != Status::forbidden) << what << ": " << static_cast<int>(reply.status);
      EXPECT_FALSE(!refused && plain_page && reply.status == Status::forbidden) << what;
      if (route.access.is_public()) continue;
      EXPECT_FALSE(location(reply).starts_with("/en/sign-in")) << what;
      EXPECT_EQ(reply.etag, "") << what << ": what one sees is nobody else's";
      EXPECT_EQ(reply.cache_control, "no-store") << what;
    }
  }
}

TEST_F(Walk, ObjectsOfOthersAreNotReachedByGuessingTheirAddress) {
  int walked = 0;
  for (auto const& route : routes()) {
    auto const things = objects.find(route.pattern);
    if (things == objects.end()) continue;
    for (auto const& thing : things->second)
      for (auto const& somebody : people) {
        auto const reply = ask(route, address(route, thing.id), &somebody);
        auto const what = named(route, somebody.name) + " to " + thing.id;
        ++walked;
        bool const may_come = somebody.person.has(route.access.need());
        bool const reachable = thing.reachable(somebody.person);
        auto const expected = !may_come ? Status::forbidden : !reachable ? Status::not_found : Status::ok;
        if (expected == Status::ok && (route.method != http::Method::get || !thing.always_ok)) {
          EXPECT_NE(reply.status, Status::not_found) << what;
        } else {
          EXPECT_EQ(reply.status, expected) << what;
        }
      }
  }
  EXPECT_GT(walked, 200);
}

/// docs/access.md is what access_page() says. BIRGE_WRITE_DOCS=1 writes it.
TEST(AccessPage, InTheDocumentationIsTheTableOfTheProgram) {
  std::string const path = std::string(BIRGE_SOURCE) + "/docs/access.md";
  if (std::getenv("BIRGE_WRITE_DOCS")) std::ofstream(path) << access_page(routes());
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), access_page(routes())) << "make access writes it anew";
}

}  // namespace
}  // namespace birge::app::testing
