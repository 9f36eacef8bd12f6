#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/config.hpp"
#include "platform/base/id.hpp"
#include "platform/base/problem.hpp"
#include "platform/db/database.hpp"
#include "platform/http/message.hpp"
#include "platform/i18n/say.hpp"

namespace birge {

/// What lives as long as the program and every request may use.
struct Services {
  Clock const& clock;
  Config const& config;
  db::Database& database;
  IdMaker& ids;
};

using Reply = http::Reply;
using Status = http::Status;

/// Whoever is signed in, as the edge and the frame of a page see it; what else there is to know stands in features/account.
class Principal {
public:
  virtual ~Principal() = default;
  /// Whether something of this kind is allowed somewhere; for which objects is decided where they are known.
  virtual bool has(int need) const = 0;
};

/// One request on its way through a handler: what was asked, in which language, and the snapshot it reads.
class Request {
public:
  Request(http::Message const& message, Services const& services, Say const& say, http::Parameters query)
      : message(message), services(services), say(say), query(std::move(query)), now(services.clock.now()) {}

  http::Message const& message;
  Services const& services;
  Say const& say;
  http::Parameters query;
  http::Parameters form;                                           ///< of a POST: fields of an urlencoded or multipart form
  std::vector<http::File> files;                                   ///< of a multipart POST
  Instant const now;                                               ///< one time for the whole request
  std::string local_path;                                          ///< the path without its language: /activities
  std::vector<std::pair<std::string_view, std::string>> captures;  ///< values of {name} in the route's pattern
  std::shared_ptr<Principal const> principal;                      ///< null: nobody is signed in
  std::chrono::seconds retry_after{2};                             ///< how long a reply of 429 or 503 tells its client to wait
  std::string form_token;  ///< what a form must send back to be believed, bound to the session; empty where there is none

  std::string_view capture(std::string_view name) const {
    for (auto const& [key, value] : captures)
      if (key == name) return value;
    return {};
  }

  /// The snapshot of this request, taken at first use.
  db::Reader& read() {
    if (!snapshot_) snapshot_.emplace(services.database.snapshot());
    return snapshot_->reader();
  }

  /// Ends the snapshot, before something that takes long: a later read takes another. Nothing that was read through it may be used any more.
  void give_back() { snapshot_.reset(); }

  /// Stores in the writer and returns when it is durable. The snapshot is given back first: later reads see what was written.
  template <class Function>
  auto write(Function&& function) {
    snapshot_.reset();
    return services.database.write(std::forward<Function>(function));
  }

  /// A full address from the configured public address, never from the Host header.
  std::string absolute(Url const& path) const { return services.config.text("public_address") + std::string(path.text()); }

private:
  std::optional<db::Database::Snapshot> snapshot_;
};

using Handler = Reply (*)(Request&);

/// Who may call a route. There is no default: a route without an access does not compile.
class Access {
public:
  enum class Kind {
    everyone,   ///< anybody; a form is still believed only with its token
    by_link,    ///< anybody who has the secret in the address: cookies are not looked at, so no form token is asked for
    signed_in,  ///< everybody with an account
    needing,    ///< those whose role allows it somewhere
  };
  static constexpr Access everyone() { return Access(Kind::everyone, 0); }
  static constexpr Access by_link() { return Access(Kind::by_link, 0); }
  static constexpr Access signed_in() { return Access(Kind::signed_in, 0); }
  static constexpr Access needing(int need) { return Access(Kind::needing, need); }

  constexpr Kind kind() const { return kind_; }
  constexpr int need() const { return need_; }
  constexpr bool is_public() const { return kind_ == Kind::everyone || kind_ == Kind::by_link; }

private:
  constexpr Access(Kind kind, int need) : kind_(kind), need_(need) {}
  Kind kind_;
  int need_;
};
inline constexpr Access Public = Access::everyone();
inline constexpr Access ByLink = Access::by_link();
inline constexpr Access SignedIn = Access::signed_in();

/// Where a route lives: pages under /ky, /ru and /en, everything else at its bare path.
enum class Where { page, bare };

struct Route {
  http::Method method;
  std::string_view pattern;  ///< /activities/{id}; a {name} is one segment, {name*} (last only) the rest
  Access access;
  Handler handler;
  Where where = Where::page;
};

constexpr Route get(std::string_view pattern, Access access, Handler handler) { return {http::Method::get, pattern, access, handler, Where::page}; }
constexpr Route get_bare(std::string_view pattern, Access access, Handler handler) {
  return {http::Method::get, pattern, access, handler, Where::bare};
}
constexpr Route post(std::string_view pattern, Access access, Handler handler) { return {http::Method::post, pattern, access, handler, Where::page}; }

}  // namespace birge
