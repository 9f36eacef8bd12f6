#include <spdlog/spdlog.h>

#include "app/app.hpp"
#include "app/openapi.hpp"
#include "features/account/session.hpp"
#include "features/site/site.hpp"
#include "platform/http/server.hpp"

/// The one place that decides how a request is answered: language, route, access, snapshot, and what becomes of whatever goes wrong.
namespace birge::app {

namespace {

Language page_language(http::Message const& message, std::optional<Language> of_path, Config const& config) {
  if (of_path) return *of_path;
  auto const fallback = language_of(config.text("default_language")).value_or(Language::ky);
  return preferred_language(message.header("accept-language"), fallback);
}

Status status_of(Failure failure) {
  switch (failure) {
    case Failure::bad_input: return Status::bad_request;
    case Failure::forbidden: return Status::forbidden;
    case Failure::not_found: return Status::not_found;
    case Failure::method_not_allowed: return Status::method_not_allowed;
    case Failure::timed_out: return Status::request_timeout;
    case Failure::conflict: return Status::conflict;
    case Failure::gone: return Status::gone;
    case Failure::too_large: return Status::content_too_large;
    case Failure::unsupported_type: return Status::unsupported_media_type;
    case Failure::unprocessable: return Status::unprocessable;
    case Failure::too_many: return Status::too_many_requests;
    case Failure::internal: return Status::internal_error;
    case Failure::busy: return Status::service_unavailable;
  }
  return Status::internal_error;
}

Reply failed(Request& request, Status status, Message const& what) {
  if (http::is_api(request.message.path)) {
    auto reply = http::problem_json(status, request.say(what));
    // Pages of other sites may read what is wrong, as they may read the answers.
    reply.header("Access-Control-Allow-Origin", "*");
    return reply;
  }
  try {
    return site::problem_page(request, status, what);
  } catch (std::exception const& error) {
    // Even the frame could not be drawn (no database, say): the sentence alone is better than nothing.
    spdlog::error("the error page failed: {}", error.what());
    return http::short_error(request.message.path, status, request.say(what));
  }
}

/// Whoever is told to come back is told when, whether a page or an abandoned request says so.
Reply with_retry(Request const& request, Reply reply) {
  if (reply.status == Status::service_unavailable || reply.status == Status::too_many_requests)
    reply.header("Retry-After", std::to_string(request.retry_after.count()));
  return reply;
}

Reply given_up(Request& request, Status status, Message const& what) {
  auto reply = failed(request, status, what);
  reply.cache_control = "no-store";
  return with_retry(request, std::move(reply));
}

/// HEAD is answered as GET is, without the body.
bool reads(http::Message const& message) { return message.method == http::Method::get || message.method == http::Method::head; }

Reply redirect(std::string to, Status status) {
  Reply reply;
  reply.status = status;
  reply.header("Location", std::move(to));
  return reply;
}

}  // namespace

Reply App::answer(http::Message const& message) {
  try {
    return route(message);
  } catch (std::exception const& error) {
    spdlog::error("a request failed before it had a page: {}", error.what());
    return http::short_error(message.path, Status::internal_error, "Something went wrong on our side. Please try again in a moment.");
  }
}

Reply App::route(http::Message const& message) {
  auto const found = router_.find(message.method, message.path);
  if (!found.route && !found.other_method && reads(message)) {
    auto const language = page_language(message, std::nullopt, config_);
    auto const query = message.query.empty() ? std::string() : "?" + message.query;
    if (message.path == "/") {
      auto reply = redirect("/" + std::string(code(language)) + "/" + query, Status::temporary_redirect);
      reply.header("Vary", "Accept-Language");
      return reply;
    }
    // /ky is meant as /ky/, and any other path with a slash too many as the one without.
    if (language_of(message.path.substr(1))) return redirect(message.path + "/" + query, Status::permanent_redirect);
    if (message.path.size() > 1 && message.path.back() == '/') {
      auto const shorter = message.path.substr(0, message.path.size() - 1);
      if (router_.find(message.method, shorter).route && !shorter.starts_with("//"))
        return redirect(
            message.target.substr(0, message.target.find('?') == std::string::npos ? message.target.size() - 1 : message.target.find('?') - 1) +
                query,
            Status::permanent_redirect);
    }
  }
  return handle(message, found);
}

Reply App::handle(http::Message const& message, http::Router::Found const& found) {
  auto parameters = http::Parameters::parse(message.query);
  // Whoever asks the API for a language is answered in it, also where something is wrong.
  auto const asked = parameters && http::is_api(message.path) ? language_of(parameters->get("language")) : std::nullopt;
  auto const language = page_language(message, asked ? asked : found.language, config_);
  Request request(message, services_, Say::in(language), parameters.value_or(http::Parameters()));
  request.local_path = found.local_path.empty() ? message.path : found.local_path;
  request.captures = found.captures;
  try {
    if (!parameters) throw Problem(Failure::bad_input, birge::message("The address of this page cannot be read. Check it for stray characters."));
    if (found.other_method) {
      auto reply = failed(request, Status::method_not_allowed, birge::message("This address cannot be used in this way."));
      reply.header("Allow", found.allowed);
      return reply;
    }
    if (!found.route)
      throw Problem(Failure::not_found, birge::message("There is no page at this address. It may have moved, or the address has a typing error."));
    return with_retry(request, call(request, *found.route));
  } catch (Problem const& problem) {
    auto const status = status_of(problem.failure);
    if (status == Status::internal_error || status == Status::service_unavailable) spdlog::error("{}", problem.what());
    return given_up(request, status, problem.shown);
  } catch (db::Error const& error) {
    spdlog::error("database: {}", error.what());
    bool const busy = error.kind == db::Error::Kind::busy || error.kind == db::Error::Kind::retry || error.kind == db::Error::Kind::connection;
    auto const status = busy ? Status::service_unavailable : Status::internal_error;
    return given_up(request, status,
                    busy ? birge::message("Too much is going on right now. Please try again in a moment.")
                         : birge::message("Something went wrong on our side. Nothing you entered was changed."));
  } catch (std::exception const& error) {
    spdlog::error("{}", error.what());
    return given_up(request, Status::internal_error, birge::message("Something went wrong on our side. Nothing you entered was changed."));
  }
}

namespace {

/// Whether a route looks at the cookie: not for files and feeds that everybody gets alike, which stay as fast and as easy to keep as they are.
bool knows_people(Request const& request, Route const& route) {
  if (route.access.kind() == Access::Kind::by_link) return false;
  return route.where == Where::page || http::is_api(request.message.path) || !route.access.is_public() || route.method != http::Method::get;
}

/// To the page where one signs in, and from there back to here.
Reply to_sign_in(Request& request, std::optional<account::Session> const& session) {
  auto const back = reads(request.message) ? "?next=" + percent_encoded(request.message.target) : std::string();
  auto const step = !session                                  ? request.say.path("/sign-in")
                    : session->stage == account::Stage::setup ? request.say.path("/sign-in/setup")
                                                              : request.say.path("/sign-in/code");
  return http::see_other(own_path(std::string(step.text()) + back));
}

/// Nothing where the route may be used; otherwise what to answer instead.
std::optional<Reply> refused(Request& request, Route const& route, std::optional<account::Session> const& session) {
  if (route.access.is_public()) return {};
  if (!request.principal) {
    if (http::is_api(request.message.path) || route.where == Where::bare)
      return failed(request, Status::unauthorized, birge::message("Sign in to use this address."));
    return to_sign_in(request, session);
  }
  if (route.access.kind() == Access::Kind::needing && !request.principal->has(route.access.need()))
    throw Problem(Failure::forbidden, birge::message("Your role does not include this page. Ask your coordinator if it should."));
  return {};
}

}  // namespace

Reply App::call(Request& request, Route const& route) {
  std::optional<account::Session> session;
  bool const has_cookie = knows_people(request, route) && !account::cookie_value(request.message).empty();
  if (has_cookie && (session = account::session_of(request))) account::enter(request, *session);
  auto reply = call_as(request, route, session);
  // What was answered to somebody signed in is nobody else's: neither a proxy nor the browser keeps it.
  if (session) {
    reply.cache_control = "no-store";
    reply.etag.clear();
  }
  return reply;
}

Reply App::call_as(Request& request, Route const& route, std::optional<account::Session> const& session) {
  if (session) account::note_use(request, *session);
  if (route.method != http::Method::get) {
    http::read_form(request.message, request.form, request.files);
    // A form is looked at before the person: who was signed out meanwhile gets back what they typed.
    if (route.access.kind() != Access::Kind::by_link) {
      auto const trust = account::trust(request);
      if (trust == account::FormTrust::foreign)
        throw Problem(Failure::forbidden, birge::message("This form was not sent from a page of this site. Open the page here and try again."));
      if (trust == account::FormTrust::stale) return site::send_again_page(request, !route.access.is_public() && !request.principal);
    }
    if (auto instead = refused(request, route, session)) return std::move(*instead);
    return route.handler(request);
  }
  if (auto instead = refused(request, route, session)) return std::move(*instead);
  // Pages pass over what messengers and campaigns of mails add to their links.
  if (http::is_api(request.message.path)) refuse_unknown_parameters(route.pattern, request.query);
  // What lives at a bare path outside the API (health, files) says itself how it may be kept.
  bool const tagged = !session && (route.where == Where::page || http::is_api(request.message.path));
  auto const tag = tagged ? site::etag(request) : std::string();
  if (!tag.empty() && request.message.knows(tag)) {
    Reply reply;
    reply.etag = tag;  // the edge turns it into 304 without a body
    return reply;
  }
  // Every page, feed and file that takes words to look for is a search, whatever else it shows.
  if (!request.query.get("q").empty()) account::spend(searches_, request, message("There were too many searches at once. Try again in a minute."));
  auto reply = route.handler(request);
  if (reply.status == Status::ok && !tag.empty() && reply.etag.empty() && reply.cache_control == "no-cache") reply.etag = tag;
  return reply;
}

}  // namespace birge::app
