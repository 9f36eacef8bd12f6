#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/http/request.hpp"

namespace birge::http {

/// Finds the route of a path. Built once from the list of routes; throws std::logic_error when two routes are the same.
class Router {
public:
  explicit Router(std::span<Route const> routes);

  struct Found {
    Route const* route = nullptr;      ///< null: no such path
    bool other_method = false;         ///< the path exists, for another method
    std::string allowed;               ///< for the Allow header then
    std::optional<Language> language;  ///< of a page's path
    std::string local_path;            ///< without the language
    std::vector<std::pair<std::string_view, std::string>> captures;
  };
  /// `path` is decoded. HEAD finds what GET finds.
  Found find(Method method, std::string_view path) const;

private:
  struct Entry {
    Route const* route;
    std::vector<std::string_view> segments;
  };
  std::vector<Entry> entries_;
};

}  // namespace birge::http
