#include <algorithm>
#include <stdexcept>

#include "platform/http/compression.hpp"
#include "platform/http/server.hpp"

namespace birge::http {
namespace {

// Below this a packet carries the body either way, and compressing only costs time.
constexpr std::size_t smallest_compressed = 1024;

constexpr std::pair<char const*, char const*> always[] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'none'; connect-src 'self'; "
     "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

/// A line break in a header would let what a reader sent become a header of its own.
void check(std::string_view value) {
  auto const harmful = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
  if (std::ranges::any_of(value, harmful)) throw std::logic_error("a reply header holds a line break");
}

bool among(std::vector<std::pair<std::string, std::string>> const& headers, std::string_view name) {
  return std::ranges::any_of(headers, [&](auto const& header) { return header.first == name; });
}

/// Puts the body into the form the client likes best; the encoding's name, or nothing.
std::string_view put_body(Encoding encoding, Reply& reply, Finished& finished) {
  bool const fixed = !reply.fixed_body.empty();
  if (fixed) {
    finished.fixed_body = reply.fixed_body;
    if (encoding == Encoding::brotli && !reply.fixed_brotli.empty()) return finished.fixed_body = reply.fixed_brotli, "br";
    if (encoding != Encoding::identity && !reply.fixed_gzip.empty()) return finished.fixed_body = reply.fixed_gzip, "gzip";
    return {};
  }
  if (encoding != Encoding::identity && reply.body.size() >= smallest_compressed) {
    if (auto smaller = compressed(reply.body, encoding)) {
      finished.body = std::move(*smaller);
      return encoding == Encoding::brotli ? "br" : "gzip";
    }
  }
  finished.body = std::move(reply.body);
  return {};
}

void put_validators(Reply const& reply, bool varies, Finished& finished) {
  // Weak, because the same tag stands for the plain and the compressed form of a page.
  if (!reply.etag.empty()) finished.headers.emplace_back("ETag", "W/\"" + reply.etag + "\"");
  if (!reply.cache_control.empty()) finished.headers.emplace_back("Cache-Control", reply.cache_control);
  if (varies) finished.headers.emplace_back("Vary", "Accept-Encoding");
}

}  // namespace

Finished finish(Message const& request, Reply reply) {
  Finished finished;
  finished.status = static_cast<int>(reply.status);
  finished.headers.reserve(reply.headers.size() + 11);
  check(reply.content_type);
  check(reply.etag);
  check(reply.cache_control);
  for (auto const& [name, value] : reply.headers) check(value);

  bool const varies = compressible(reply.content_type);
  bool const reading = request.method == Method::get || request.method == Method::head;
  bool const tagged = reading && reply.status == Status::ok && !reply.etag.empty();
  // "*" is whatever there is, and only here it is certain that there is something.
  bool const unchanged = tagged && (request.knows(reply.etag) || request.header("if-none-match") == "*");
  if (unchanged) {
    finished.status = static_cast<int>(Status::not_modified);
  } else {
    auto const encoding =
        varies ? put_body(preferred_encoding(request.header("accept-encoding")), reply, finished) : put_body(Encoding::identity, reply, finished);
    bool const has_body = !finished.body.empty() || !finished.fixed_body.empty();
    if (has_body) finished.headers.emplace_back("Content-Type", std::move(reply.content_type));
    if (!encoding.empty()) finished.headers.emplace_back("Content-Encoding", encoding);
  }
  put_validators(reply, varies, finished);
  for (auto& header : reply.headers) finished.headers.push_back(std::move(header));
  for (auto const& [name, value] : always)
    if (reply.headers.empty() || !among(finished.headers, name)) finished.headers.emplace_back(name, value);
  return finished;
}

}  // namespace birge::http
