#include "platform/http/wire.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <ctime>

#include "platform/base/text.hpp"
#include "platform/i18n/say.hpp"

namespace birge::http {

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 204: return "No Content";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    default: return "";
  }
}

namespace {

/// The language of a page's address, /ky/activities; English for every other, where programs ask.
Say const& say_at(std::string_view target) {
  auto const first = target.empty() ? target : target.substr(1, target.find_first_of("/?", 1) - 1);  // npos - 1 is the rest
  return Say::in(language_of(first).value_or(Language::en));
}

std::string_view sentence_of(int status, Say const& say) {
  switch (status) {
    case 408: return say("What was sent took too long to arrive. Please try again.");
    case 413: return say("What was sent is larger than this server accepts: please send it in smaller parts.");
    case 500: return say("Something went wrong on our side. Please try again in a moment.");
    case 503: return say("Too much is going on right now. Please try again in a moment.");
    // The others tell whoever wrote the client.
    case 414: return "The address is too long.";
    case 417: return "This server knows no expectation but 100-continue.";
    case 431: return "The headers are too long.";
    case 501: return "This server does not know the method or encoding.";
    default: return "The request could not be understood.";
  }
}

/// The Date header (RFC 9110, section 6.6.1), written once a second and thread.
std::string_view date() {
  thread_local std::time_t written = 0;
  thread_local std::string text;
  auto const now = std::time(nullptr);
  if (now == written) return text;
  written = now;
  text = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now));
  return text;
}

/// The address part of an element of X-Forwarded-For, which may carry a port: 192.0.2.1:4711, [2001:db8::1]:4711. Empty when it is none.
std::string_view address_of(std::string_view element) {
  element = trim(element);
  if (element.starts_with('[')) {
    auto const end = element.find(']');
    return end == std::string_view::npos ? std::string_view{} : element.substr(1, end - 1);
  }
  if (std::ranges::count(element, ':') == 1) element = element.substr(0, element.find(':'));
  bool const plausible =
      element.size() >= 2 && element.size() <= 45 && element.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
  return plausible ? element : std::string_view{};
}

}  // namespace

void compose_head(std::string& out, Finished const& finished, bool keep_alive) {
  out.clear();
  out += "HTTP/1.1 ";
  out += std::to_string(finished.status);
  out += ' ';
  out += reason_of(finished.status);
  out += "\r\nDate: ";
  out += date();
  if (finished.status != 204 && finished.status != 304) {
    out += "\r\nContent-Length: ";
    out += std::to_string(finished.fixed_body.empty() ? finished.body.size() : finished.fixed_body.size());
  }
  if (!keep_alive) out += "\r\nConnection: close";
  for (auto const& [name, value] : finished.headers) {
    out += "\r\n";
    out += name;
    out += ": ";
    out += value;
  }
  out += "\r\n\r\n";
}

Finished bare_reply(int status, Message const& asked) {
  auto reply = short_error(asked.target, static_cast<Status>(status), sentence_of(status, say_at(asked.target)));
  reply.cache_control = "no-store";
  if (status == 503) reply.header("Retry-After", "1");
  Message request;
  request.method = asked.method;
  return finish(request, std::move(reply));
}

std::string peer_of(std::string_view connection, std::string_view forwarded_for, std::vector<std::string> const& trusted_proxies) {
  auto const trusted = [&](std::string_view address) { return std::ranges::find(trusted_proxies, address) != trusted_proxies.end(); };
  std::string peer(connection);
  while (trusted(peer) && !forwarded_for.empty()) {
    auto const comma = forwarded_for.rfind(',');
    auto const last = address_of(forwarded_for.substr(comma + 1));  // npos + 1 is the whole
    if (last.empty()) break;
    peer = last;
    forwarded_for = forwarded_for.substr(0, comma == std::string_view::npos ? 0 : comma);
  }
  return peer;
}

}  // namespace birge::http
