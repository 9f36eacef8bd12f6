#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "features/board/board_pages.hpp"
#include "features/work/work_testing.hpp"

namespace birge::board::testing {

using account::Person;
using activity::ActivityId;
using work::Action;

/// The pages of the board, asked as people of the workspace.
class BoardPages : public ::testing::TestWithParam<db::Engine> {
protected:
  work::testing::WorkWorld world{GetParam()};

  Reply ask(Person const& person, Handler handler, http::Method method, std::string const& path, http::Parameters form = {},
            std::vector<std::pair<std::string_view, std::string>> captures = {}, Language language = Language::en) {
    return world.ask_as(person, world.message_to(method, path), handler, std::move(form), std::move(captures), language);
  }
  std::string get(Person const& person, Handler handler, std::string const& path) { return ask(person, handler, http::Method::get, path).body; }
  ActivityId proposed(std::string title = "Лекция") {
    auto draft = world.draft();
    draft.texts["ky"].title = std::move(title);
    auto const id = world.create_draft(world.focal, draft);
    world.step(world.focal, id, Action::propose);
    return id;
  }
  /// Approved, of the edition before the current one.
  ActivityId of_last_edition(std::string title) {
    auto activity = world.plain(std::move(title));
    activity.edition = world.facts().edition("2017")->id;
    activity.day = activity.end_day = work::testing::day("2017-10-03");
    return world.add(activity);
  }
  http::Parameters many(Action action, std::vector<ActivityId> const& ids) {
    std::vector<std::pair<std::string, std::string>> list{{"step", std::string(work::code(action))}, {"which", "ticked"}, {"post", "once"}};
    for (auto const id : ids) list.emplace_back("row", id_text(id) + "." + std::to_string(world.find(id).version));
    return http::Parameters::of(std::move(list));
  }
  /// As after the page that asks once more.
  Reply steps(Person const& person, http::Parameters form) {
    form.set("sure", "yes");
    return first_steps(person, std::move(form));
  }
  Reply first_steps(Person const& person, http::Parameters form) {
    return ask(person, many_steps, http::Method::post, "/work/table/steps", std::move(form));
  }
};

}  // namespace birge::board::testing
