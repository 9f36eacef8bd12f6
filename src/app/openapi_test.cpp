#include "app/openapi.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <boost/pfr/core.hpp>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "app/app.hpp"
#include "app/routes.hpp"
#include "features/activity/activity_pages.hpp"
#include "features/activity/activity_testing.hpp"

namespace birge::app {
namespace {

using boost::json::object;
using boost::json::value;

object document() { return boost::json::parse(openapi_document("https://birge.example")).as_object(); }

TEST(OpenApi, DocumentsEveryRouteOfTheApiAndNoOther) {
  std::set<std::string> served, documented;
  for (auto const& route : routes())
    if (route.pattern.starts_with("/api/")) served.emplace(route.pattern);
  auto const whole = document();
  for (auto const& [path, item] : whole.at("paths").as_object()) documented.emplace(path);
  EXPECT_EQ(served, documented);
}

TEST(OpenApi, NamesEveryPlaceholderOfAPathAsAParameter) {
  auto const whole = document();
  for (auto const& [path, item] : whole.at("paths").as_object()) {
    std::set<std::string> named;
    for (auto const& parameter : item.at("get").at("parameters").as_array())
      if (parameter.at("in") == "path") named.emplace(parameter.at("name").as_string());
    std::set<std::string> expected;
    std::string_view rest(path);
    for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
      rest.remove_prefix(open + 1);
      expected.emplace(rest.substr(0, rest.find('}')));
    }
    EXPECT_EQ(named, expected) << path;
  }
}

/// What is wrong with an answer, measured by its schema; empty when nothing is.
class Checker {
public:
  explicit Checker(object const& schemas) : schemas_(schemas) {}

  void check(value const& answer, object const& schema, std::string const& where) {
    if (auto const* reference = schema.if_contains("$ref")) {
      std::string_view const name = std::string_view(reference->as_string()).substr(std::string_view("#/components/schemas/").size());
      auto const* found = schemas_.if_contains(name);
      if (!found) return wrong(where, "names no schema");
      return check(answer, found->as_object(), where);
    }
    if (auto const* either = schema.if_contains("oneOf")) {
      if (!answer.is_null()) check(answer, either->at(0).as_object(), where);
      return;
    }
    if (!is(answer, schema.at("type"))) return wrong(where, "has another type");
    if (answer.is_array())
      for (auto const& element : answer.as_array()) check(element, schema.at("items").as_object(), where + "[]");
    if (auto const* properties = schema.if_contains("properties"); properties && answer.is_object())
      check_members(answer.as_object(), properties->as_object(), where);
  }
  std::set<std::string> const& faults() const { return faults_; }

private:
  void check_members(object const& answer, object const& properties, std::string const& where) {
    for (auto const& [name, schema] : properties) {
      auto const* member = answer.if_contains(name);
      if (member) check(*member, schema.as_object(), where + "." + std::string(name));
      else wrong(where + "." + std::string(name), "is missing");
    }
    for (auto const& [name, member] : answer)
      if (!properties.contains(name)) wrong(where + "." + std::string(name), "is not documented");
  }
  static bool is(value const& answer, value const& type) {
    if (type.is_array()) {
      for (auto const& one : type.as_array())
        if (is(answer, one)) return true;
      return false;
    }
    if (type == "null") return answer.is_null();
    if (type == "string") return answer.is_string();
    if (type == "boolean") return answer.is_bool();
    if (type == "integer") return answer.is_int64() || answer.is_uint64();
    if (type == "number") return answer.is_number();
    if (type == "array") return answer.is_array();
    return type == "object" && answer.is_object();
  }
  void wrong(std::string const& where, char const* what) { faults_.insert(where + " " + what); }

  object const& schemas_;
  std::set<std::string> faults_;
};

TEST(OpenApi, AnswersHaveTheMembersThatItDocuments) {
  auto& world = activity::testing::made_world(db::Engine::sqlite);
  auto const whole = document();
  auto const& schemas = whole.at("components").at("schemas").as_object();
  auto const schema_of = [&](char const* path) {
    return whole.at("paths").at(path).at("get").at("responses").at("200").at("content").at("application/json").at("schema").as_object();
  };
  Checker checker(schemas);
  auto const check = [&](char const* path, Reply const& reply) { checker.check(boost::json::parse(reply.body), schema_of(path), path); };
  auto const list = world.get(activity::api_activities, "limit=100");
  check("/api/v1/activities", list);
  check("/api/v1/editions", world.get(activity::api_editions));
  check("/api/v1/places", world.get(activity::api_places));
  check("/api/v1/organisations", world.get(activity::api_organisations));
  check("/api/v1/codes", world.get(activity::api_codes));
  auto const rows = boost::json::parse(list.body);
  for (auto const& row : rows.at("items").as_array())
    check("/api/v1/activities/{id}", world.get(activity::api_activity, "", Language::ru, {{"id", std::string(row.at("id").as_string())}}));
  EXPECT_EQ(checker.faults(), std::set<std::string>{});
}

TEST(OpenApi, NamesTheProblemThatEveryRouteMayAnswerWith) {
  auto const whole = document();
  for (auto const& [path, item] : whole.at("paths").as_object())
    EXPECT_TRUE(item.at("get").at("responses").at("400").at("content").as_object().contains("application/problem+json")) << path;
}

/// The query parameters that the document gives the route at a path.
std::set<std::string> documented_at(object const& document, std::string_view path) {
  std::set<std::string> names;
  for (auto const& parameter : document.at("paths").at(path).at("get").at("parameters").as_array())
    if (parameter.at("in") == "query") names.emplace(parameter.at("name").as_string());
  return names;
}

/// A filter in which every field says something. Reach and place stand in one parameter, so there are two that together do.
std::pair<activity::Filter, activity::Filter> full_filters(activity::testing::World const& world) {
  activity::Filter filter;
  filter.edition = world.edition().id;
  filter.place = world.place("naryn");
  filter.region_only = true;
  filter.kind = "lecture";
  filter.topic = filter.audience = activity::not_said;
  filter.other_than = {"training"};
  filter.several = activity::Filter::Several::topics;
  filter.organisation = world.organisation(0);
  filter.week = filter.from = filter.until = Day::parse("2018-10-22");
  filter.status = activity::Filter::Status::held;
  filter.text = "words";
  auto anywhere = filter;
  anywhere.place.reset();
  anywhere.region_only = false;
  anywhere.reach = activity::Reach::national;
  return {filter, anywhere};
}

/// The fields, counted from 0, that say nothing in either filter.
template <std::size_t... I>
std::vector<std::size_t> silent_fields(activity::Filter const& one, activity::Filter const& other, std::index_sequence<I...>) {
  using boost::pfr::get;
  activity::Filter const nothing;
  std::vector<std::size_t> silent;
  auto const look = [&](std::size_t field, bool says) {
    if (!says) silent.push_back(field);
  };
  (look(I, get<I>(one) != get<I>(nothing) || get<I>(other) != get<I>(nothing)), ...);
  return silent;
}

TEST(OpenApi, AListOfActivitiesHasTheParametersOfItsFilterAndNoOthers) {
  auto& world = activity::testing::made_world(db::Engine::sqlite);
  auto const [local, anywhere] = full_filters(world);
  EXPECT_EQ(silent_fields(local, anywhere, std::make_index_sequence<boost::pfr::tuple_size_v<activity::Filter>>{}), std::vector<std::size_t>{})
      << "give these fields of a filter a value in full_filters()";

  std::set<std::string> read{"limit", "after", "language"};
  for (auto const& filter : {local, anywhere}) {
    auto const query = activity::query_of(filter, world.facts(), campaign::EditionId{});
    for (auto const& [name, value] : query.list()) read.insert(name);
    auto const again = activity::read_filter(query, world.facts(), filter.edition);
    EXPECT_TRUE(again.faults.empty());
    EXPECT_EQ(again.filter, filter);
  }
  EXPECT_EQ(documented_at(document(), "/api/v1/activities"), read);
}

TEST(OpenApi, EveryParameterThatItDocumentsIsReadAndNoOther) {
  auto& world = activity::testing::made_world(db::Engine::sqlite);
  std::map<std::string, Handler> const lists{{"/api/v1/activities", activity::api_activities},
                                             {"/api/v1/editions", activity::api_editions},
                                             {"/api/v1/places", activity::api_places},
                                             {"/api/v1/organisations", activity::api_organisations},
                                             {"/api/v1/codes", activity::api_codes}};
  /// The status and what is in it, but for the address of the next rows, which repeats what was asked.
  auto const answer = [&](std::string const& path, std::string const& query) -> std::string {
    try {
      auto const parsed = boost::json::parse(world.get(lists.at(path), query).body);
      auto body = parsed.as_object();
      body.erase("next");
      return boost::json::serialize(body);
    } catch (Problem const& problem) { return "refused: " + problem.shown.text; }
  };
  auto const whole = document();
  std::set<std::string> every;
  for (auto const& [path, handler] : lists) every.merge(documented_at(whole, path));
  for (auto const& [path, handler] : lists) {
    auto const documented = documented_at(whole, path);
    for (auto const& name : every) {
      // What changes every list that reads it; "only" says something about a place alone.
      auto const before = name == "only" && path == "/api/v1/activities" ? "place=naryn" : std::string();
      auto const value = name == "only" ? "region" : name == "limit" ? "1" : "~nothing";
      auto const asked = before + (before.empty() ? "" : "&") + name + "=" + value;
      EXPECT_EQ(answer(path, before) != answer(path, asked), documented.contains(name)) << path << "?" << asked;
    }
  }
  for (auto const& [path, item] : whole.at("paths").as_object())
    EXPECT_TRUE(lists.contains(path) || documented_at(whole, path).empty() || path.contains('{')) << path;
}

}  // namespace
}  // namespace birge::app
