#include <algorithm>
#include <set>

#include "features/campaign/campaign.hpp"
#include "platform/base/text.hpp"

namespace birge::campaign {

namespace {

/// A text without what stands in brackets: "форум-театр (для школьников)".
std::string without_brackets(std::string_view text) {
  std::string out;
  int depth = 0;
  for (char const c : text) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return out;
}

/// How far a spelling is from a text: 0 is the same; one that holds the other as whole words is nearer than one with wrong letters.
int distance(std::string const& text, std::string const& alias, int limit) {
  auto const inside = [](std::string const& large, std::string const& small) {
    return length(small) >= 4 && (" " + large + " ").find(" " + small + " ") != std::string::npos;
  };
  if (inside(text, alias) || inside(alias, text)) return 1;
  return edit_distance(text, alias, limit);
}

}  // namespace

std::vector<Code> const& Codes::list(std::string_view list) const {
  static std::vector<Code> const none;
  auto const found = lists_.find(list);
  return found == lists_.end() ? none : found->second;
}

Code const* Codes::find(std::string_view list, std::string_view code) const {
  auto const& codes = this->list(list);
  auto const found = std::ranges::find(codes, code, &Code::code);
  return found == codes.end() ? nullptr : &*found;
}

std::string Codes::name(std::string_view list, std::string_view code, Language language) const {
  auto const* const found = find(list, code);
  return found ? found->name(language) : std::string(code);
}

std::optional<std::string> Codes::match(std::string_view list, std::string_view text) const {
  auto const aliases = aliases_.find(list);
  if (aliases == aliases_.end()) return {};
  auto found = aliases->second.find(fold(text));
  if (found == aliases->second.end()) found = aliases->second.find(fold(without_brackets(text)));
  return found == aliases->second.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Codes::nearest(std::string_view list, std::string_view text) const {
  auto const aliases = aliases_.find(list);
  auto const folded = fold(text);
  if (aliases == aliases_.end() || folded.empty()) return {};
  int const limit = std::clamp(static_cast<int>(length(folded)) / 3, 1, 4);
  std::set<std::pair<int, std::string>> near;
  for (auto const& [alias, code] : aliases->second)
    if (int const far = distance(folded, alias, limit); far <= limit) near.emplace(far, code);
  std::vector<std::string> codes;
  for (auto const& [far, code] : near)
    if (codes.size() < 3 && std::ranges::find(codes, code) == codes.end()) codes.push_back(code);
  return codes;
}

}  // namespace birge::campaign
