#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/app.hpp"
#include "features/account/account_change.hpp"
#include "features/account/account_secrets.hpp"
#include "features/account/session.hpp"
#include "features/campaign/campaign.hpp"
#include "features/place/place_testing.hpp"
#include "platform/base/pack_files.hpp"
#include "platform/db/testing.hpp"
#include "platform/http/server.hpp"

/// Only for tests: the whole program with the Kyrgyz country pack and people in it, asked as browsers ask it.
namespace birge::app::testing {

using account::Grant;
using account::PersonId;
using account::Role;

inline constexpr std::string_view good_password = "жашыл тоо китеп самоор";

class Site {
public:
  explicit Site(db::Engine engine = db::Engine::sqlite, std::vector<std::pair<std::string, std::string>> const& settings = {}) : data_(engine) {
    auto clock = std::make_unique<FixedClock>(parse_instant("2018-10-20T06:00:00Z").value());
    clock_ = clock.get();
    data_->write([&](db::Tx& tx) {
      IdMaker ids(*clock_, 1);
      place::load_pack(tx, ids, place::kyrgyz_pack());
      campaign::load_pack(tx, ids, PackFiles::embedded("kg"), clock_->now());
      campaign::touch_facts(tx);
    });
    auto config = Config::load("", false, [](std::string const&) { return std::nullopt; }, {});
    config.set("public_address", "https://birge.example");
    config.set("secret_key", "only for tests: nobody must know it");
    for (auto const& [name, value] : settings) config.set(name, value);
    app_.emplace(std::move(config), std::move(clock), db::Database::open(data_.address()));
    facts_ = database().read([](db::Reader& read) { return campaign::facts(read); });
  }

  App& app() { return *app_; }
  std::string address() const { return data_.address(); }  ///< of the database, for commands
  FixedClock& clock() { return *clock_; }
  db::Database& database() { return app_->services().database; }
  IdMaker& ids() { return app_->services().ids; }
  Services const& services() { return app_->services(); }
  campaign::Facts const& facts() const { return *facts_; }
  template <class Duration>
  void wait(Duration time) {
    clock_->set(clock_->now() + time);
  }

  place::PlaceId region(char const* code) const { return facts_->places->by_code(code)->id; }
  coalition::OrganisationId organisation(char const* name, std::optional<place::PlaceId> region) {
    coalition::Organisation organisation;
    organisation.kind = "civil_society";
    organisation.original = "ky";
    organisation.names["ky"] = name;
    organisation.region = region;
    auto const id = database().write([&](db::Tx& tx) {
      auto const made = coalition::add(tx, ids(), organisation, {}, clock_->now());
      campaign::touch_facts(tx);
      return made;
    });
    facts_ = database().read([](db::Reader& read) { return campaign::facts(read); });
    return id;
  }

  /// Somebody with an account, the good password and, where the role needs one, a card as the second factor.
  PersonId person(std::string const& name, std::string const& login, Grant const& grant) {
    static std::string const hash = account::password_hash(good_password);
    account::NewAccount made{ids().make<account::PersonTag>(), name, Language::ky, {account::login_of(login).value()}, hash, grant, {}};
    database().write([&](db::Tx& tx) {
      account::add_account(tx, ids(), made, clock_->now());
      if (account::needs_second_factor({grant})) account::set_factor(tx, made.id, {"card", "", 0}, {}, {}, clock_->now());
    });
    return made.id;
  }

  /// The secret of a session that is in.
  std::string session(PersonId person) {
    auto secret = account::new_secret();
    database().write([&](db::Tx& tx) {
      account::start_session(tx, ids(), {person, account::Stage::full, account::secret_hash(secret), "Test"}, std::nullopt, clock_->now());
    });
    return secret;
  }

private:
  db::TestDatabase data_;
  FixedClock* clock_ = nullptr;
  std::optional<App> app_;
  std::shared_ptr<campaign::Facts const> facts_;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

/// A browser with its cookie. Sends what today's browsers send with a form, unless told otherwise.
class Browser {
public:
  explicit Browser(Site& site, std::string cookie = {}) : site_(site), cookie_(std::move(cookie)) {}

  std::string peer = "203.0.113.5";
  std::string sent_from = "same-origin";  ///< Sec-Fetch-Site; empty: an old browser
  std::string origin;

  Reply get(std::string const& path) { return send(http::Method::get, path, {}); }

  /// Sends fields as they are, with no token but the one among them.
  Reply post(std::string const& path, Fields const& fields) { return send(http::Method::post, path, fields); }

  /// Opens a page, takes the token from its form for `action`, and sends the fields with it.
  Reply submit(std::string const& page, std::string const& action, Fields fields) {
    fields.emplace_back("form_token", token(get(page).body, action));
    return post(action, fields);
  }
  Reply submit(std::string const& page, Fields fields) { return submit(page, page, std::move(fields)); }

  static std::string token(std::string const& body, std::string const& action) {
    auto const form = body.find("action=\"" + action + "\"");
    if (form == std::string::npos) return "no form for " + action;
    return between(body, "name=\"form_token\" value=\"", "\"", form);
  }
  static std::string between(std::string const& text, std::string_view before, std::string_view after, std::size_t from = 0) {
    auto const begin = text.find(before, from);
    if (begin == std::string::npos) return {};
    auto const start = begin + before.size();
    return text.substr(start, text.find(after, start) - start);
  }

  std::string const& cookie() const { return cookie_; }
  void set_cookie(std::string cookie) { cookie_ = std::move(cookie); }

private:
  Reply send(http::Method method, std::string const& target, Fields const& fields) {
    http::Message message;
    message.method = method;
    message.target = target;
    auto const question = target.find('?');
    message.path = target.substr(0, question);
    if (question != std::string::npos) message.query = target.substr(question + 1);
    message.peer = peer;
    message.headers = {{"host", "birge.example"}, {"user-agent", "Mozilla/5.0 (Android 13; Mobile) Firefox/120.0"}};
    if (!cookie_.empty()) message.headers.emplace_back("cookie", "theme=x; __Host-birge=" + cookie_);
    if (method == http::Method::post) {
      if (!sent_from.empty()) message.headers.emplace_back("sec-fetch-site", sent_from);
      if (!origin.empty()) message.headers.emplace_back("origin", origin);
      message.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
      message.body = http::Parameters::of(fields).encoded();
    }
    auto reply = site_.app().answer(message);
    for (auto const& [name, value] : reply.headers)
      if (name == "Set-Cookie") cookie_ = between(value, "__Host-birge=", ";");
    return reply;
  }

  Site& site_;
  std::string cookie_;
};

inline std::string header(Reply const& reply, std::string_view wanted) {
  for (auto const& [name, value] : reply.headers)
    if (name == wanted) return value;
  return {};
}
inline std::string location(Reply const& reply) { return header(reply, "Location"); }

}  // namespace birge::app::testing
