#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "features/account/session.hpp"
#include "features/activity/activity_testing.hpp"
#include "features/activity/tally/tally_closing.hpp"
#include "features/work/work_store.hpp"

/// Only for tests: people of every role around activities of Naryn oblast.
namespace birge::work::testing {

using account::Grant;
using account::Person;
using account::Role;
using activity::testing::day;

class WorkWorld : public activity::testing::World {
public:
  explicit WorkWorld(db::Engine engine) : World(engine) {
    account::prepare(database(), clock().now());
    focal = person("Айгүл", {{Role::focal_point, {}, organisation(0), {}}});
    colleague = person("Бакыт", {{Role::member, {}, organisation(0), {}}});
    stranger = person("Гүлнара", {{Role::focal_point, {}, organisation(1), {}}});
    regional = person("Данияр", {{Role::regional_coordinator, place("naryn"), organisation(2), {}}});
    second = person("Жамиля", {{Role::regional_coordinator, place("naryn"), organisation(2), {}}});
    elsewhere = person("Канат", {{Role::regional_coordinator, place("talas"), {}, {}}});
    national = person("Нурлан", {{Role::national_coordinator, {}, {}, {}}});
    observer = person("Olivia", {{Role::observer, {}, organisation(3), {}}});
  }

  /// Somebody with roles, who signs in with a number and a second step.
  Person person(std::string name, std::vector<Grant> grants) {
    Person person;
    person.id = ids().make<account::PersonTag>();
    person.name = std::move(name);
    person.grants = std::move(grants);
    database().write([&](db::Tx& tx) {
      auto const now = clock().now();
      tx.run("insert into account (id, name, language, state, created, changed, version) values ($1, $2, 'ky', 'active', $3, $3, 1)", person.id,
             person.name, now);
      tx.run("insert into account_login (login, account, kind) values ($1, $2, 'phone')", id_text(person.id), person.id);
      tx.run("insert into account_factor (account, kind, secret, last_step, created) values ($1, 'card', '', 0, $2)", person.id, now);
      for (auto const& grant : person.grants)
        tx.run("insert into account_role (id, account, role, region, organisation, activity, given) values ($1, $2, $3, $4, $5, $6, $7)",
               ids().next(), person.id, account::role_code(grant.role), grant.region, grant.organisation, grant.activity, now);
      account::rights_version.touch(tx);
    });
    return person;
  }
  void remove_second_step(Person const& person) {
    database().write([&](db::Tx& tx) {
      tx.run("delete from account_factor where account = $1", person.id);
      account::rights_version.touch(tx);
    });
  }
  void end_roles(Person const& person) {
    database().write([&](db::Tx& tx) {
      tx.run("update account_role set ended = $2 where account = $1", person.id, clock().now());
      account::rights_version.touch(tx);
    });
  }

  void name_deputy(Person const& principal, Person const& substitute) {
    database().write([&](db::Tx& tx) { add_stand_in(tx, scene(principal), {0, principal.id, substitute.id, "deputy", today(), today().plus(3)}); });
  }

  /// Closes the edition of the tests as of now, as its page does.
  void close_edition() {
    database().write([&](db::Tx& tx) {
      std::string const hash(32, 'h');
      activity::freeze(tx, edition().id);
      tx.run(
          "insert into edition_closing (edition, number, at, person, entry, hash, reopened, reopened_by, reopened_reason)"
          " values ($1, 1, $2, $3, 1, $4, null, null, '')",
          edition().id, clock().now(), national.id, std::as_bytes(std::span(hash)));
      campaign::touch_facts(tx);
    });
  }

  Scene scene(Person const& person) { return {ids(), facts(), person, clock().now()}; }

  /// A lecture in Naryn on the day of the tests, complete enough to be proposed.
  Activity draft() const {
    auto activity = plain();
    activity.state = State::draft;
    activity.day = activity.end_day = today();
    activity.start_minutes = 14 * 60;
    activity.audiences = {"pupils"};
    activity.expected = activity::Count{40, 40};
    return activity;
  }
  ActivityId create_draft(Person const& person) { return create_draft(person, draft()); }
  ActivityId create_draft(Person const& person, Activity const& activity) {
    return database().write([&](db::Tx& tx) { return create(tx, scene(person), activity, {}).id; });
  }

  Done step(Person const& person, ActivityId id, Step step) {
    if (step.version == 0) step.version = find(id).version;
    return database().write([&](db::Tx& tx) { return make_step(tx, scene(person), id, step); });
  }
  Done step(Person const& person, ActivityId id, Action action, std::string reason = {}) {
    Step step;
    step.action = action;
    step.reason = std::move(reason);
    return this->step(person, id, step);
  }
  /// A result with words and a question, of a plan.
  Step report_of(Activity const& plan, std::int64_t came, Action action = Action::report, std::string const& reason = {}) const {
    activity::Result result;
    result.method = "head_count";
    result.attendance = activity::Count{came, came};
    result.cells = {{activity::Sex::female, "14_17", {came, came}}};
    result.counted_by = plan.lead;
    result.reported_day = today();
    Step step;
    step.action = action;
    step.reason = reason;
    step.words = ResultWords{false, "Жол узак", "", reason, {{"safe_migration", "Контракт керекпи?"}}};
    step.change = [result](Activity& activity) { activity.result = result; };
    return step;
  }
  Done report(Person const& person, ActivityId id, std::int64_t came, Action action = Action::report, std::string const& reason = {}) {
    return step(person, id, report_of(find(id), came, action, reason));
  }
  /// Another value of each count by sex and age, of the same total.
  Done correct(Person const& person, ActivityId id, std::vector<activity::Cell> const& cells, std::string const& reason) {
    Step step;
    step.action = Action::correct;
    step.reason = reason;
    step.words = ResultWords{false, "", "", reason, {}};
    step.change = [&](Activity& activity) { activity.result->cells = cells; };
    return this->step(person, id, step);
  }
  /// As far as confirmed: proposed and reported by the focal point, approved by one coordinator and confirmed by the other.
  ActivityId confirmed(std::int64_t came) { return confirmed(came, draft()); }
  ActivityId confirmed(std::int64_t came, Activity const& plan) {
    auto const id = create_draft(focal, plan);
    step(focal, id, Action::propose);
    step(regional, id, Action::approve);
    report(focal, id, came);
    step(second, id, Action::confirm);
    return id;
  }
  /// What a browser asks for at a path with its query.
  static http::Message message_to(http::Method method, std::string const& path) {
    http::Message message;
    auto const question = path.find('?');
    message.method = method;
    message.path = path.substr(0, question);
    message.target = path;
    message.query = question == std::string::npos ? "" : path.substr(question + 1);
    return message;
  }
  /// Asks a handler as the endpoint would for somebody who is signed in.
  Reply ask_as(Person const& person, http::Message const& message, Handler handler, http::Parameters form,
               std::vector<std::pair<std::string_view, std::string>> captures, Language language) {
    Request request(message, services(), Say::in(language), http::Parameters::parse(message.query).value());
    request.local_path = message.path;
    request.captures = std::move(captures);
    request.form = std::move(form);
    request.principal = std::make_shared<Person>(person);
    request.form_token = "token";
    return handler(request);
  }
  template <class Function>
  auto ask_work(Function&& function) {
    return database().read([&](db::Reader& read) {
      Store store(read);
      return function(store);
    });
  }

  Person focal, colleague, stranger, regional, second, elsewhere, national, observer;
};

/// What became of activities, as their timelines say.
class LifeTest : public ::testing::TestWithParam<db::Engine> {
protected:
  WorkWorld world{GetParam()};
  State state(ActivityId id) { return world.find(id).state; }
  std::vector<std::string> life(ActivityId id) {
    std::vector<std::string> codes;
    for (auto const& line : world.ask_work([&](Store& store) { return store.timeline(id); })) codes.push_back(line.what);
    return codes;
  }
};

}  // namespace birge::work::testing
