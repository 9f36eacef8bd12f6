#include "features/account/session.hpp"

#include <algorithm>
#include <chrono>

#include "features/account/account_secrets.hpp"
#include "platform/base/text.hpp"

namespace birge::account {

namespace {

using namespace std::chrono_literals;

// A page with a form may stay open over a working day.
constexpr auto public_form_time = 12h;
constexpr auto seen_every = 5min;

/// The path without its language and query: forms in every language of one page are the same form.
std::string_view local(std::string_view path) {
  path = path.substr(0, path.find('?'));
  if (path.size() < 2) return path;
  auto const end = path.find('/', 1);
  if (end != std::string_view::npos && language_of(path.substr(1, end - 1))) path.remove_prefix(end);
  return path;
}

std::string session_token(std::string_view secret, Session const& session) { return signature(secret, "form of a session", session.token); }

std::string public_signature(std::string_view secret, std::string_view action, std::string_view time) {
  return signature(secret, "public form", std::string(time) + " " + std::string(local(action)));
}

bool fresh(std::string_view secret, std::string_view token, std::string_view action, Instant now) {
  auto const dot = token.find('.');
  if (dot == std::string_view::npos) return false;
  auto const made = parse_id(token.substr(0, dot));
  if (!made || !same_secret(token.substr(dot + 1), public_signature(secret, action, token.substr(0, dot)))) return false;
  auto const age = now - Instant(std::chrono::milliseconds(*made));
  return age >= -5min && age < public_form_time;
}

/// Scheme and authority of an address.
std::string_view origin_of(std::string_view address) {
  auto const scheme = address.find("://");
  return scheme == std::string_view::npos ? std::string_view() : address.substr(0, address.find('/', scheme + 3));
}

/// What the browser says of where a form was sent from. Old browsers say nothing, and ours says "null" because our pages tell no referrer: the token
/// alone decides then.
enum class From { here, elsewhere, unknown };
From sent_from(Request const& request) {
  if (auto const site = request.message.header("sec-fetch-site"); !site.empty()) return site == "same-origin" ? From::here : From::elsewhere;
  auto const origin = request.message.header("origin");
  if (origin.empty() || origin == "null") return From::unknown;
  if (origin == origin_of(request.services.config.text("public_address"))) return From::here;
  // Reached by another name than the public one (localhost, an address of the office network): then it must be the name the form was read under.
  auto const scheme = origin.find("://");
  bool const own = scheme != std::string_view::npos && origin.substr(scheme + 3) == request.message.header("host");
  return own ? From::here : From::elsewhere;
}

}  // namespace

std::string_view cookie_value(http::Message const& message) {
  auto const header = message.header("cookie");
  if (header.empty()) return {};
  for (auto const part : split(header, ';')) {
    auto const pair = trim(part);
    if (pair.size() > cookie_name.size() && pair.starts_with(cookie_name) && pair[cookie_name.size()] == '=')
      return pair.substr(cookie_name.size() + 1);
  }
  return {};
}

std::string cookie_header(std::string_view secret) {
  auto header = std::string(cookie_name) + "=" + std::string(secret) + "; Path=/; Secure; HttpOnly; SameSite=Lax";
  // Without an age the cookie goes with the browser; on a telephone that is never, and the session's own end decides.
  header += secret.empty() ? "; Max-Age=0" : "; Max-Age=2592000";
  return header;
}

Instant not_before(Instant latest, Instant now) {
  constexpr auto believable = 48h;
  return latest > now && latest - now < believable ? latest : now;
}

std::optional<Session> session_of(Request& request) {
  auto const secret = cookie_value(request.message);
  if (secret.empty() || secret.size() > 100) return {};
  return Store(request.read()).session(secret_hash(secret), request.now);
}

void enter(Request& request, Session const& session) {
  request.form_token = session_token(Store(request.read()).secret(), session);
  if (session.stage == Stage::full) request.principal = std::make_shared<Person>(session.person);
}

void note_use(Request& request, Session const& session) {
  if (request.now - session.seen < seen_every) return;
  try {
    request.write([&](db::Tx& tx) { see(tx, session.person.session, request.now); });
  } catch (Problem const&) {
    // Too much is being written: the next request will note it.
  }
}

std::string form_token(Request& request, std::string_view action) {
  if (!request.form_token.empty()) return request.form_token;
  auto const time = id_text(request.now.time_since_epoch().count());
  return time + "." + public_signature(Store(request.read()).secret(), action, time);
}

std::string signed_by_us(db::Reader& read, std::string_view purpose, std::string_view text) { return signature(Store(read).secret(), purpose, text); }

FormTrust trust(Request& request) {
  auto const from = sent_from(request);
  if (from == From::elsewhere) return FormTrust::foreign;
  auto const field = request.form.get("form_token");
  auto const sent = field.empty() ? request.message.header("x-form-token") : field;
  if (!request.form_token.empty() && same_secret(sent, request.form_token)) return FormTrust::good;
  // Who has a session must send its token, also with a form that was drawn before.
  if (request.form_token.empty() && fresh(Store(request.read()).secret(), sent, request.local_path, request.now)) return FormTrust::good;
  return from == From::here ? FormTrust::stale : FormTrust::foreign;
}

Url next_path(Say const& say, std::string_view wanted) {
  bool const own = wanted.starts_with('/') && !wanted.starts_with("//") && wanted.find('\\') == std::string_view::npos && wanted.size() < 2000;
  if (own)
    if (auto const address = url(wanted)) return *address;
  return say.path("/work");
}

}  // namespace birge::account
