#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/account/session.hpp"
#include "features/audit/log.hpp"
#include "features/evidence/evidence_pages.hpp"
#include "features/evidence/evidence_view.hpp"
#include "features/work/result/result_evidence.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_testing.hpp"
#include "platform/files/files_testing.hpp"

/// Only for tests: evidence of activities, sent and asked for as the endpoint would.
namespace birge::work::testing {

using evidence::Item;
using evidence::Kind;
using Fields = std::vector<std::pair<std::string, std::string>>;

class EvidenceTest : public ::testing::TestWithParam<db::Engine> {
protected:
  void SetUp() override { account::prepare(world.database(), world.clock().now()); }

  WorkWorld world{GetParam()};
  std::string const place_ = db::test_folder() + "/evidence-" + std::to_string(++worlds);
  Config config_ = Config::load("", false, [](std::string const&) { return std::nullopt; }, {{"data", place_}});
  Services services_{world.clock(), config_, world.database(), world.ids()};
  files::Folder const folder_ = files::Folder::of(config_);

  /// As the endpoint would ask for somebody who is signed in.
  Reply ask(account::Person const& person, Handler handler, ActivityId id, Fields form, std::optional<evidence::EvidenceId> item = {},
            std::vector<std::string> const& contents = {}, std::string const& query = {}) {
    http::Message message;
    message.method = form.empty() && contents.empty() ? http::Method::get : http::Method::post;
    message.path = message.target = "/en/work/activities/" + id_text(id) + "/evidence";
    Request request(message, services_, Say::in(Language::en), http::Parameters::parse(query).value());
    request.local_path = message.path.substr(3);
    request.captures = {{"id", id_text(id)}};
    if (item) request.captures.emplace_back("item", id_text(*item));
    request.form = http::Parameters::of(std::move(form));
    for (auto const& content : contents) request.files.push_back({"file", "Айгүл 0555 123456.jpg", "image/jpeg", content});
    request.principal = std::make_shared<account::Person>(person);
    request.form_token = "token";
    return handler(request);
  }
  Reply add(account::Person const& person, ActivityId id, Kind kind, std::string const& content, Fields more = {}) {
    more.emplace_back("kind", code(kind));
    more.emplace_back("post", "form-" + std::to_string(++forms_));
    return ask(person, add_evidence, id, std::move(more), {}, {content});
  }
  Status status(std::function<Reply()> const& asked) {
    try {
      return asked().status;
    } catch (Problem const& problem) {
      return problem.failure == Failure::not_found   ? Status::not_found
             : problem.failure == Failure::forbidden ? Status::forbidden
                                                     : Status::bad_request;
    }
  }
  std::vector<Item> items(ActivityId id) {
    return world.database().read([&](db::Reader& read) { return evidence::Store(read).of_activity(id); });
  }
  bool is_public(ActivityId id) {
    return world.database().read([&](db::Reader& read) { return !evidence::Store(read).public_pictures(id).empty(); });
  }
  Reply page_of(account::Person const& person, ActivityId id) { return ask(person, activity_work, id, {}); }
  /// Held and reported, but not confirmed.
  ActivityId reported() {
    auto const id = world.create_draft(world.focal);
    world.step(world.focal, id, Action::propose);
    world.step(world.regional, id, Action::approve);
    world.report(world.focal, id, 12);
    return id;
  }
  Fields consents() const { return {{"caption", "Оюн"}, {"on", "both"}, {"agreed", "people"}, {"agreed", "guardians"}, {"publish", "yes"}}; }
  std::vector<std::string> audited(std::string const& action) {
    std::vector<std::string> found;
    world.database().read([&](db::Reader& read) {
      audit::LogFilter filter;
      filter.action = action;
      for (auto const& row : audit::entries(read, filter, std::numeric_limits<std::int64_t>::max(), 100)) found.push_back(row.changes);
    });
    return found;
  }
  int forms_ = 0;
  static inline int worlds = 0;
};

}  // namespace birge::work::testing
