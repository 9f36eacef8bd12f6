#include "app/openapi.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

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

}  // namespace
}  // namespace birge::app
