#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "app/access_page.hpp"
#include "app/access_walk_testing.hpp"
#include "app/routes.hpp"
#include "features/account/account_store.hpp"
#include "features/account/invitation.hpp"
#include "features/account/joining.hpp"
#include "features/activity/activity_store.hpp"
#include "features/board/board_store.hpp"
#include "features/evidence/evidence_store.hpp"
#include "features/intake/intake_files.hpp"
#include "features/notice/notice.hpp"
#include "features/village/village_store.hpp"
#include "features/work/work_store.hpp"

/// Walks every route of the program with every role and scope, also to objects of others by guessed address, and compares what happens with the one
/// table. A new route is walked by itself; a new pattern with a {name} that stands for an object gets its objects in `SetUpTestSuite`, or a test fails.
namespace birge::app::testing {
namespace {

using account::Permission;
using ::testing::AllOf;
using ::testing::Ne;

std::string key_of(Route const& route) { return (route.method == http::Method::get ? "GET " : "POST ") + std::string(route.pattern); }

class Walk : public Walkers {
protected:
  /// What stands for the {names} of a pattern, in their order; the last one for those left.
  using Names = std::vector<std::string>;
  /// An object that a route leads to: for whoever cannot reach it there is nothing at its address.
  struct Thing {
    std::function<Names()> names;  ///< asked anew for each person, for what a request uses up
    Rule reachable;
    Rule allowed;                       ///< of those who reach it; others are forbidden. Empty: everybody who reaches it
    Fields form = {};                   ///< what the page of it sends
    Status answer = Status::not_found;  ///< to whoever may; not_found: any that refuses nothing
  };

  static std::function<Names()> always(Names names) {
    return [names = std::move(names)] { return names; };
  }
  static void add(std::string const& key, Thing thing) { objects[key].push_back(std::move(thing)); }
  static void add_both(std::string const& pattern, Thing const& thing) {
    auto posted = thing;
    posted.answer = Status::not_found;
    add("GET " + pattern, thing);
    add("POST " + pattern, posted);
  }

  static Rule plans(Home const& home) {
    return [=](account::Person const& viewer) { return plans_for(viewer, home); };
  }
  static Rule helps(Home const& home) {
    return [=](account::Person const& viewer) { return plans_for(viewer, home) || viewer.grants.front().activity == home.approved.value; };
  }
  static Rule coordinates(Home const& home) { return who_may(Permission::approve, home.object()); }
  static Rule works(Home const& home) { return either(helps(home), coordinates(home)); }

  static void add_organisations() {
    for (auto const& home : {ours, theirs}) {
      auto const slug = always({site->facts().organisation(home.organisation)->slug});
      auto const looks_after = who_may(Permission::manage_organisations, {home.region, {home.organisation}, {}});
      add_both("/organisations/{slug}/edit", {slug, looks_after, {}, {}, Status::ok});
      add("POST /organisations/{slug}/leave", {slug, looks_after, {}});
    }
  }

  static void add_activities() {
    for (auto const& home : {ours, theirs}) {
      auto const sees = who_may(Permission::see_coalition, home.object());
      auto const cancels = either(plans(home), coordinates(home));
      Fields const version{{"version", "1"}};
      auto const id = id_text(home.approved);
      std::string const activity = "/work/activities/{id}";
      add("GET " + activity, {always({id}), sees, {}, {}, Status::ok});
      add_both(activity + "/edit", {always({id}), sees, plans(home), version, Status::ok});
      add_both(activity + "/report", {always({id}), sees, works(home), version, Status::ok});
      add_both(activity + "/correct", {always({id}), sees, nobody(), version});
      add("POST " + activity + "/checklist", {always({id}), sees, helps(home)});
      add("POST " + activity + "/remarks", {always({id}), sees, who_may(Permission::discuss, home.object())});
      add_both(activity + "/evidence", {always({id}), sees, works(home), {{"kind", "picture"}}, Status::ok});
      // Without a reason nobody cancels anything, and who may not is told so first. Every other step is walked in access_steps_test.cpp.
      add_both(activity + "/{action}", {always({id, "cancel"}), sees, cancels, version, Status::ok});
      add_both(activity + "/{action}", {always({id, "approve"}), sees, nobody(), version});
      add_draft(id_text(home.draft), plans(home));
    }
  }

  /// Of a draft nobody knows but those who plan it: not even whoever coordinates them.
  static void add_draft(std::string const& id, Rule const& plans) {
    Fields const version{{"version", "1"}};
    std::string const activity = "/work/activities/{id}";
    add("GET " + activity, {always({id}), plans, {}, {}, Status::ok});
    add_both(activity + "/edit", {always({id}), plans, {}, version, Status::ok});
    add_both(activity + "/report", {always({id}), plans, {}, version, Status::ok});
    add_both(activity + "/correct", {always({id}), plans, nobody(), version});
    add("POST " + activity + "/checklist", {always({id}), plans, {}});
    add("POST " + activity + "/remarks", {always({id}), plans, {}});
    add_both(activity + "/evidence", {always({id}), plans, nobody(), {{"kind", "picture"}}});
    add_both(activity + "/{action}", {always({id, "cancel"}), plans, nobody(), version});
    add("GET " + activity + "/{action}", {always({id, "discard"}), plans, {}, {}, Status::ok});
  }

  /// A sign-in sheet of each activity, with its id: only whoever would confirm the result may know. Pictures: whoever sees the activity.
  static void add_evidence() {
    for (auto const& home : {ours, theirs}) {
      evidence::Item sheet;
      sheet.id = {home.approved.value};
      sheet.activity = home.approved;
      sheet.kind = "sheet";
      sheet.file = std::string(64, 'a');
      auto const id = id_text(home.approved);
      site->database().write([&](db::Tx& tx) { evidence::add(tx, {{1}, {}, home.region, home.organisation, site->clock().now()}, sheet, id); });
      auto const confirms = who_may(Permission::confirm, home.object());
      add_both("/work/activities/{id}/evidence/{item}", {always({id}), confirms, {}, {}, Status::ok});
      add("GET /work/activities/{id}/evidence/{item}/file", {always({id}), confirms, {}});
      add("GET /work/activities/{id}/evidence/{item}/preview", {always({id}), nobody(), {}});
      add_pictures(home);
    }
  }

  static void add_pictures(Home const& home) {
    auto const picture = [home] { return added_picture(home); };
    auto const kept = always(picture());
    auto const sees = who_may(Permission::see_coalition, home.object());
    auto const publishes = who_may(Permission::publish, home.object());
    auto const manages = either(works(home), publishes);
    add("GET /work/activities/{id}/evidence/{item}", {kept, sees, {}, {}, Status::ok});
    add("GET /work/activities/{id}/evidence/{item}/file", {kept, sees, {}});
    add("GET /work/activities/{id}/evidence/{item}/preview", {kept, sees, {}});
    for (auto const* what : {"describe", "withdraw"}) add("POST /work/activities/{id}/evidence/{item}", {kept, sees, manages, {{"do", what}}});
    add("POST /work/activities/{id}/evidence/{item}", {kept, sees, publishes, {{"do", "release"}}});
    add("POST /work/activities/{id}/evidence/{item}", {picture, sees, manages, {{"do", "remove"}}, Status::see_other});
  }

  static Names added_picture(Home const& home) {
    evidence::Item item;
    item.id = site->ids().make<evidence::EvidenceTag>();
    item.activity = home.approved;
    item.kind = "picture";
    item.width = item.height = item.preview_width = item.preview_height = 8;
    auto const number = std::to_string(item.id.value % 1'000'000'000 + 1'000'000'000);  // of ten digits, as a name of a file has 64
    item.file = std::string(54, 'b') + number;
    item.preview = std::string(54, 'c') + number;
    site->database().write([&](db::Tx& tx) { evidence::add(tx, {{1}, {}, home.region, home.organisation, site->clock().now()}, item, item.file); });
    return {id_text(home.approved), id_text(item.id)};
  }

  static work::Scene scene(account::Person const& person) { return {site->ids(), site->facts(), person, site->clock().now()}; }

  /// What belongs to one person alone: a remark, a deputy, news, a view of the table.
  static void add_own() {
    add_remark(ours, called("member of ours"));
    add_remark(theirs, called("member of theirs"));
    add_deputy(called("coordinator of Naryn"), person_called("focal point of theirs"));
    add_deputy(called("coordinator of Talas"), person_called("focal point of ours"));
    add_news_and_view(person_called("focal point of ours"), ours);
    add_news_and_view(person_called("focal point of theirs"), theirs);
  }

  static void add_remark(Home const& home, Somebody const& member) {
    auto const remark = [home, person = member.person] {
      return site->database().write([&](db::Tx& tx) {
        auto const activity = activity::Store(tx).find(home.approved).value();
        work::remark(tx, scene(person), activity, "Макулмун", {}, "");
        return Names{id_text(home.approved), id_text(tx.one<std::int64_t>("select max(id) from remark"))};
      });
    };
    add("POST /work/activities/{id}/remarks/{remark}", {remark, only(member.id), {}});
  }

  static void add_deputy(Somebody const& coordinator, PersonId substitute) {
    auto const deputy = [person = coordinator.person, substitute] {
      return site->database().write([&](db::Tx& tx) {
        auto const later = Day::parse("2018-12-01").value();
        work::add_stand_in(tx, scene(person), {0, person.id, substitute, "deputy", later, later});
        return Names{id_text(tx.one<std::int64_t>("select max(id) from stand_in"))};
      });
    };
    add("POST /work/deputies/{id}/end", {deputy, only(coordinator.id), {}});
  }

  static void add_news_and_view(PersonId focal, Home const& home) {
    notice::News news;
    news.event = notice::Event::factor_removed;
    auto const told = site->database().write([&](db::Tx& tx) {
      notice::tell(tx, site->ids(), news, {focal}, site->clock().now());
      return tx.one<std::int64_t>("select id from notice where person = $1", focal);
    });
    add("GET /work/news/{id}", {always({id_text(told)}), only(focal), {}, {}, Status::see_other});
    board::SavedView const view{0, focal, home.organisation, "Биздики", "kind=lecture"};
    auto const saved = site->database().write([&](db::Tx& tx) {
      board::save_view(tx, site->ids(), view, site->clock().now());
      return tx.one<std::int64_t>("select id from saved_view where person = $1", focal);
    });
    add("POST /work/table/views/{id}", {always({id_text(saved)}), only(focal), {}, {{"name", "Бизге"}}});
  }

  static void add_people_to_manage() {
    auto const home_of = [](Grant const& grant) {
      return !grant.organisation ? std::optional<place::PlaceId>() : grant.organisation == ours.organisation ? ours.region : theirs.region;
    };
    for (auto const& somebody : people) {
      auto const grant = somebody.person.grants.front();
      auto const home = home_of(grant);
      auto const sees = who_may(Permission::manage_accounts, account::scope_of(grant, home));
      Rule const manages = [=, id = somebody.id](account::Person const& viewer) {
        bool const everywhere = viewer.is(Role::administrator) || viewer.is(Role::national_coordinator);
        return viewer.id != id && (everywhere || account::may_grant(viewer, grant, home));
      };
      auto const id = always({id_text(somebody.id)});
      add("GET /people/{id}", {id, sees, {}, {}, Status::ok});
      // What cannot be taken back needs the right to give each role of the account.
      Rule const gives = [id = somebody.id, grant, home](account::Person const& viewer) {
        return viewer.id != id && account::may_grant(viewer, grant, home);
      };
      add("POST /people/{id}", {id, sees, manages, {{"what", "lock"}}, Status::ok});
      add("POST /people/{id}", {id, sees, gives, {{"what", "remove"}}, Status::ok});
      add("POST /people/{id}", {id, sees, gives, {{"what", "remove_factor"}}, Status::ok});
      add("POST /people/{id}", {id, sees, gives, {{"what", "link"}}, Status::ok});
      auto const role = site->database().read([&](db::Reader& read) { return account::Store(read).roles_of(somebody.id).front().id; });
      add("POST /people/{id}", {id, sees, manages, {{"what", "end_role"}, {"role", id_text(role)}}, Status::ok});
      add("POST /people/{id}", {id, sees, manages, {{"what", "unlock"}}, Status::see_other});
    }
    for (auto const& home : {ours, theirs}) {
      auto const invitation = [=] {
        account::invite_from_outside(site->database(), site->ids(), {"", "", "ky", {Role::member, {}, home.organisation, {}}}, site->clock().now());
        return Names{
            id_text(site->database().read([](db::Reader& read) { return account::Store(read).open_invitations(site->clock().now()).front().id; }))};
      };
      add("POST /people/invitations/{id}", {invitation, who_may(Permission::manage_accounts, {home.region, {home.organisation}, {}}), {}});
    }
  }

  static void add_requests() {
    for (auto const region : {std::optional(ours.region), std::optional(theirs.region), std::optional<place::PlaceId>()}) {
      account::JoiningRequest joining;
      joining.kind = "youth";
      joining.name = "Жаштар";
      joining.language = "ky";
      joining.region = region;
      site->database().write([&](db::Tx& tx) { account::add_request(tx, site->ids(), joining, site->clock().now()); });
    }
    for (auto const& joining : site->database().read([](db::Reader& read) { return account::Register(read).waiting(); }))
      add_both("/joining/{id}", {always({id_text(joining.id)}), who_may(Permission::admit, {joining.region, {}, {}}), {}, {}, Status::ok});
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
      auto const sees = who_may(Permission::see_requests, {invitation.region, {}, {}});
      add_both("/work/invitations/{id}", {always({id_text(id)}), sees, {}, {}, Status::ok});
      add("GET /work/invitations/{id}/pass", {always({id_text(id)}), sees, {}, {}, Status::ok});
    }
  }

  static void add_import(PersonId owner) {
    auto const upload = Browser(*site, site->session(owner)).submit("/en/work/import", {{"edition", "2018"}, {"table", "a\tb"}});
    auto const id = location(upload).substr(std::string("/en/work/import/").size());
    auto const run = parse_id_as<intake::RunTag>(id).value();
    intake::Files(site->app().services().config).save(run, intake::Files::What::refused, "a,b\n");
    site->database().write([&](db::Tx& tx) { tx.run("update import_run set refused = 1 where id = $1", run); });
    add_both("/work/import/{id}", {always({id}), only(owner), {}, {}, Status::ok});
    add("GET /work/import/{id}/refused", {always({id}), only(owner), {}, {}, Status::ok});
    add_both("/work/import/{id}/undo", {always({id}), only(owner), {}, {}, Status::see_other});
  }

  /// What there is one of for the whole country: the route's permission alone decides.
  static void add_what_everybody_shares() {
    Rule const everybody = [](account::Person const&) { return true; };
    add("GET /work/gaps/{code}", {always({"kochkor"}), everybody, {}});
    for (auto const& route : routes())
      if (route.pattern.starts_with("/work/editions/{slug}")) add(key_of(route), {always({"2017"}), everybody, {}});
  }

  static void SetUpTestSuite() {
    open_site();
    add_organisations();
    add_activities();
    add_evidence();
    add_own();
    add_people_to_manage();
    add_requests();
    add_import(person_called("coordinator of Naryn"));
    add_import(person_called("coordinator of Talas"));
    add_what_everybody_shares();
  }
  static void TearDownTestSuite() {
    close_site();
    objects.clear();
  }

  static std::string address(Route const& route, Names const& names) {
    std::string path = route.where == Where::page ? "/en" : "";
    auto name = names.begin();
    for (std::size_t i = 0; i < route.pattern.size(); ++i) {
      if (route.pattern[i] != '{') {
        path += route.pattern[i];
        continue;
      }
      i = route.pattern.find('}', i);
      path += *name;
      if (std::next(name) != names.end()) ++name;
    }
    return path;
  }

  /// Asks as a page of this site would: a form with the right token of its session.
  static Reply ask(Route const& route, std::string const& path, Somebody const* somebody, Fields form = {}) {
    Browser browser(*site, somebody ? site->session(somebody->id) : std::string());
    if (route.method == http::Method::get) return browser.get(path);
    form.emplace_back("form_token", somebody ? Browser::token(browser.get("/en/account").body, "/en/account") : std::string());
    return browser.post(path, form);
  }

  /// How far the log has come: what is refused adds nothing to it.
  static std::int64_t logged() {
    return site->database().read([](db::Reader& read) { return read.one<std::int64_t>("select coalesce(max(sequence), 0) from audit"); });
  }

  static inline std::map<std::string, std::vector<Thing>, std::less<>> objects;
};

std::string named(Route const& route, std::string_view who) { return key_of(route) + " as " + std::string(who); }

TEST_F(Walk, NobodyGetsPastADoorWithoutSigningIn) {
  for (auto const& route : routes()) {
    if (route.access.is_public()) continue;
    auto const reply = ask(route, address(route, {"0"}), nullptr);
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
      EXPECT_EQ(browser.post(address(route, {"0"}), {{"form_token", "guessed"}}).status, Status::forbidden) << named(route, somebody.name);
    }
  }
}

/// A helper may see and plan one activity, and these pages are about none or about all of them.
constexpr std::array<std::string_view, 2> about_more_than_one{"/work/questions", "/work/activities/new"};

TEST_F(Walk, ARoleReachesWhatTheTableGivesItAndNothingElse) {
  for (auto const& route : routes()) {
    for (auto const& somebody : people) {
      auto const reply = ask(route, address(route, {"0"}), &somebody);
      auto const what = named(route, somebody.name);
      bool const refused = route.access.kind() == Access::Kind::needing && !somebody.person.has(route.access.need());
      bool const plain_page = route.pattern.find('{') == std::string_view::npos && route.method == http::Method::get;
      EXPECT_LT(static_cast<int>(reply.status), 500) << what;
      EXPECT_FALSE(refused && reply.status != Status::forbidden) << what << ": " << static_cast<int>(reply.status);
      bool const about_more = somebody.person.is(Role::helper) && std::ranges::find(about_more_than_one, route.pattern) != about_more_than_one.end();
      EXPECT_EQ(!refused && plain_page && reply.status == Status::forbidden, about_more) << what;
      if (route.access.is_public()) continue;
      EXPECT_FALSE(location(reply).starts_with("/en/sign-in")) << what;
      EXPECT_EQ(reply.etag, "") << what << ": what one sees is nobody else's";
      EXPECT_EQ(reply.cache_control, "no-store") << what;
    }
  }
}

TEST_F(Walk, EveryAddressOfAnObjectHasObjectsToWalkTo) {
  for (auto const& route : routes()) {
    bool const of_an_object = route.pattern.find('{') != std::string_view::npos && route.access.kind() == Access::Kind::needing;
    EXPECT_TRUE(!of_an_object || objects.contains(key_of(route))) << key_of(route) << " is walked to no object: add one to SetUpTestSuite";
  }
  for (auto const& [key, things] : objects)
    EXPECT_TRUE(std::ranges::any_of(routes(), [&](Route const& route) { return key_of(route) == key; })) << key << " is no route";
}

TEST_F(Walk, ObjectsOfOthersAreNotReachedByGuessingTheirAddress) {
  int walked = 0;
  for (auto const& route : routes()) {
    auto const things = objects.find(key_of(route));
    if (things == objects.end()) continue;
    for (auto const& thing : things->second)
      for (auto const& somebody : people) {
        auto const path = address(route, thing.names());
        auto const log = logged();
        auto const reply = ask(route, path, &somebody, thing.form);
        auto const what = named(route, somebody.name) + " at " + path;
        ++walked;
        bool const comes = somebody.person.has(route.access.need());
        bool const reaches = thing.reachable(somebody.person);
        bool const may = !thing.allowed || thing.allowed(somebody.person);
        if (!comes || !reaches || !may) {
          EXPECT_EQ(reply.status, comes && !reaches ? Status::not_found : Status::forbidden) << what;
          EXPECT_EQ(logged(), log) << what;
        } else if (thing.answer != Status::not_found) {
          EXPECT_EQ(reply.status, thing.answer) << what;
        } else {
          EXPECT_THAT(reply.status, AllOf(Ne(Status::not_found), Ne(Status::forbidden))) << what;
          EXPECT_LT(static_cast<int>(reply.status), 500) << what;
        }
      }
  }
  EXPECT_GT(walked, 1000);
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
