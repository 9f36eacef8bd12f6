#pragma once

#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "features/work/work_pages.hpp"
#include "features/work/work_testing.hpp"

/// Only for tests: the pages of the workspace, asked as a browser without scripts asks them, on both engines.
namespace birge::work::testing {

using Captures = std::vector<std::pair<std::string_view, std::string>>;

/// The fields a browser would send back from a page: what its form holds, without running any script.
inline http::Parameters fields_of(std::string const& html) {
  http::Parameters form;
  std::vector<std::pair<std::string, std::string>> list;
  auto const attribute = [](std::string const& tag, std::string const& name) -> std::optional<std::string> {
    std::smatch found;
    if (!std::regex_search(tag, found, std::regex(" " + name + "=\"([^\"]*)\""))) return std::nullopt;
    return found[1].str();
  };
  std::regex const input("<input [^>]*>"), select("<select [^>]*>[\\s\\S]*?</select>"), area("<textarea [^>]*>([^<]*)</textarea>"),
      option("<option [^>]*>");
  for (std::sregex_iterator at(html.begin(), html.end(), input), end; at != end; ++at) {
    auto const tag = at->str();
    auto const type = attribute(tag, "type").value_or("text");
    if ((type == "checkbox" || type == "radio") && tag.find("checked") == std::string::npos) continue;
    if (auto const name = attribute(tag, "name")) list.emplace_back(*name, attribute(tag, "value").value_or(""));
  }
  for (std::sregex_iterator at(html.begin(), html.end(), select), end; at != end; ++at) {
    auto const text = at->str();
    std::string value;
    bool first = true;
    for (std::sregex_iterator each(text.begin(), text.end(), option), none; each != none; ++each) {
      if (first || each->str().find("selected") != std::string::npos) value = attribute(each->str(), "value").value_or("");
      first = false;
    }
    list.emplace_back(attribute(text, "name").value_or(""), value);
  }
  for (std::sregex_iterator at(html.begin(), html.end(), area), end; at != end; ++at)
    list.emplace_back(attribute(at->str(), "name").value_or(""), (*at)[1].str());
  return http::Parameters::of(std::move(list));
}

class PagesTest : public ::testing::TestWithParam<db::Engine> {
protected:
  WorkWorld world{GetParam()};

  Reply ask(account::Person const& person, Handler handler, http::Method method, std::string const& path, http::Parameters form = {},
            Captures captures = {}, Language language = Language::ky) {
    return world.ask_as(person, world.message_to(method, path), handler, std::move(form), std::move(captures), language);
  }
  Reply page(account::Person const& person, ActivityId id) {
    return ask(person, activity_work, http::Method::get, address(id), {}, {{"id", id_text(id)}});
  }
  Reply get(account::Person const& person, Handler handler, ActivityId id, Action action) {
    return ask(person, handler, http::Method::get, address(id) + "/" + std::string(code(action)), {}, {{"id", id_text(id)}});
  }
  Reply post(account::Person const& person, Handler handler, ActivityId id, Action action, http::Parameters form) {
    return ask(person, handler, http::Method::post, address(id) + "/" + std::string(code(action)), std::move(form), {{"id", id_text(id)}});
  }
  /// Presses the button of a step on the activity's page.
  Reply press(account::Person const& person, ActivityId id, Action action) {
    http::Parameters form;
    form.set("version", std::to_string(world.find(id).version));
    form.set("post", "press-" + std::to_string(++pressed_));
    return post(person, make_step_now, id, action, form);
  }
  /// A result that waits to be confirmed; the higher its number, the later it was due.
  std::string waiting_result(int number, std::int64_t came) {
    auto activity = world.plain("Натыйжа " + std::to_string(number));
    activity.state = State::reported;
    activity.day = activity.end_day = world.today().plus(number / 5 - 30);
    activity.expected = activity::Count{40, 40};
    activity::Result result;
    result.attendance = activity::Count{came, came};
    result.reported_day = world.today();
    activity.result = result;
    return id_text(world.add(activity));
  }
  /// The results that a page of the confirm list offers, in its order.
  static std::vector<std::string> offered(std::string const& body) {
    std::vector<std::string> ids;
    std::regex const box("name=\"chosen\" value=\"([0-9a-z]+)\\.");
    for (std::sregex_iterator at(body.begin(), body.end(), box), end; at != end; ++at) ids.push_back((*at)[1].str());
    return ids;
  }
  static std::string address(ActivityId id) { return "/work/activities/" + id_text(id); }
  ActivityId id_of(Reply const& reply) {
    for (auto const& [name, value] : reply.headers)
      if (name == "Location") {
        auto const from = value.find("/activities/") + 12;
        auto const until = value.find('/', from);
        return parse_id_as<activity::ActivityTag>(value.substr(from, until == std::string::npos ? until : until - from)).value_or(ActivityId{});
      }
    return {};
  }
  http::Parameters filled_form() {
    auto form = fields_of(ask(world.focal, new_activity, http::Method::get, "/work/activities/new?kind=lecture").body);
    form.set("title", "Коопсуз миграция боюнча лекция");
    form.set("day", world.today().iso());
    form.set("start", "14:00");
    form.set("place", "Ат-Башы району");
    form.set("audience", "pupils");
    form.set("expected", "40");
    return form;
  }

private:
  int pressed_ = 0;
};

}  // namespace birge::work::testing
