#include "platform/http/router.hpp"

#include <algorithm>
#include <stdexcept>

#include "platform/base/text.hpp"

namespace birge::http {
namespace {

enum class Kind { literal, capture, rest };

Kind kind_of(std::string_view segment) {
  if (!segment.starts_with('{')) return Kind::literal;
  return segment.ends_with("*}") ? Kind::rest : Kind::capture;
}

std::string_view name_of(std::string_view segment) {
  segment.remove_prefix(1);
  segment.remove_suffix(kind_of(segment) == Kind::rest || segment.ends_with("*}") ? 2 : 1);
  return segment;
}

[[noreturn]] void refuse(Route const& route, char const* why) { throw std::logic_error("the route " + std::string(route.pattern) + " " + why); }

std::vector<std::string_view> segments_of(Route const& route) {
  if (!route.pattern.starts_with('/')) refuse(route, "does not begin with /");
  auto segments = split(route.pattern.substr(1), '/');
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto const segment = segments[i];
    bool const capture = segment.starts_with('{');
    if (capture && (!segment.ends_with('}') || name_of(segment).empty())) refuse(route, "has a capture that is not {name}");
    if (!capture && segment.find_first_of("{}") != std::string_view::npos) refuse(route, "has a brace inside a segment");
    if (kind_of(segment) == Kind::rest && i + 1 != segments.size()) refuse(route, "goes on after {name*}");
    if (segment.empty() && route.pattern != "/") refuse(route, "has an empty segment");
  }
  return segments;
}

/// Order in which patterns are tried: at the first segment that differs a literal comes before a capture, a capture before the rest.
int compare(std::vector<std::string_view> const& a, std::vector<std::string_view> const& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    auto const kind_a = kind_of(a[i]);
    auto const kind_b = kind_of(b[i]);
    if (kind_a != kind_b) return kind_a < kind_b ? -1 : 1;
    if (kind_a != Kind::literal) continue;
    if (int const order = a[i].compare(b[i]); order != 0) return order;
  }
  return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

bool matches(std::vector<std::string_view> const& pattern, std::vector<std::string_view> const& path) {
  bool const takes_rest = kind_of(pattern.back()) == Kind::rest;
  if (takes_rest ? path.size() < pattern.size() : path.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    bool const fits = kind_of(pattern[i]) == Kind::literal ? pattern[i] == path[i] : !path[i].empty();
    if (!fits) return false;
  }
  return true;
}

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get: return "GET, HEAD";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::del: return "DELETE";
    case Method::options: return "OPTIONS";
    case Method::other: break;
  }
  return "";
}

/// Takes the language off the front of a page's path: /ky/activities is /activities in Kyrgyz. /ky alone is not a page.
std::optional<Language> take_language(std::string_view& path) {
  auto const end = path.find('/', 1);
  if (end == std::string_view::npos) return std::nullopt;
  auto const language = language_of(path.substr(1, end - 1));
  if (language) path.remove_prefix(end);
  return language;
}

}  // namespace

Router::Router(std::span<Route const> routes) {
  entries_.reserve(routes.size());
  for (auto const& route : routes) entries_.push_back({&route, segments_of(route)});
  std::ranges::stable_sort(entries_, [](Entry const& a, Entry const& b) { return compare(a.segments, b.segments) < 0; });
  for (std::size_t i = 0; i < entries_.size(); ++i)
    for (std::size_t j = i + 1; j < entries_.size() && compare(entries_[i].segments, entries_[j].segments) == 0; ++j)
      if (entries_[i].route->method == entries_[j].route->method && entries_[i].route->where == entries_[j].route->where)
        refuse(*entries_[j].route, "is there twice");
}

Router::Found Router::find(Method method, std::string_view path) const {
  Found found;
  if (!path.starts_with('/')) return found;
  found.language = take_language(path);
  found.local_path = path;
  auto const segments = split(path.substr(1), '/');
  auto const wanted = method == Method::head ? Method::get : method;
  auto const where = found.language ? Where::page : Where::bare;
  for (auto const& entry : entries_) {
    if (entry.route->where != where || !matches(entry.segments, segments)) continue;
    if (entry.route->method != wanted) {
      if (!found.allowed.empty()) found.allowed += ", ";
      found.allowed += name_of(entry.route->method);
      continue;
    }
    found.route = entry.route;
    for (std::size_t i = 0; i < entry.segments.size(); ++i) {
      auto const kind = kind_of(entry.segments[i]);
      if (kind == Kind::capture) found.captures.emplace_back(name_of(entry.segments[i]), segments[i]);
      // The segments are views into one text, so the rest reaches from the first of them to the path's end.
      if (kind == Kind::rest) found.captures.emplace_back(name_of(entry.segments[i]), std::string(segments[i].data(), path.data() + path.size()));
    }
    found.allowed.clear();
    return found;
  }
  found.other_method = !found.allowed.empty();
  return found;
}

}  // namespace birge::http
