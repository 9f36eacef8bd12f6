#include <algorithm>

#include "platform/base/text.hpp"
#include "platform/html/url.hpp"
#include "platform/http/message.hpp"
#include "platform/http/percent.hpp"

namespace birge::http {
namespace {

constexpr std::size_t most_parameters = 200;

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view encoded, bool plus_is_space) {
  std::string out;
  out.reserve(encoded.size());
  bool ascii = true;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    char c = encoded[i];
    if (c == '%') {
      if (i + 2 >= encoded.size()) return std::nullopt;
      int const high = digit_of(encoded[i + 1]);
      int const low = digit_of(encoded[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    if (static_cast<unsigned char>(c) >= 0x80) ascii = false;
    out += c;
  }
  if (!ascii && !valid_utf8(out)) return std::nullopt;
  return out;
}

std::optional<Parameters> Parameters::parse(std::string_view encoded) {
  Parameters parameters;
  while (!encoded.empty()) {
    auto const end = std::min(encoded.find('&'), encoded.size());
    auto const pair = encoded.substr(0, end);
    encoded.remove_prefix(std::min(end + 1, encoded.size()));
    if (pair.empty()) continue;
    if (parameters.list_.size() == most_parameters) return std::nullopt;
    auto const equals = std::min(pair.find('='), pair.size());
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return std::nullopt;
    parameters.list_.emplace_back(std::move(*name), std::move(*value));
  }
  return parameters;
}

std::string_view Parameters::get(std::string_view name) const {
  for (auto const& [key, value] : list_)
    if (key == name) return value;
  return {};
}

std::vector<std::string_view> Parameters::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (auto const& [key, value] : list_)
    if (key == name) values.emplace_back(value);
  return values;
}

bool Parameters::has(std::string_view name) const {
  return std::ranges::any_of(list_, [&](auto const& pair) { return pair.first == name; });
}

void Parameters::set(std::string_view name, std::string_view value) {
  // Both are copied first: they may be views into the very values that go.
  std::pair<std::string, std::string> pair(name, value);
  remove(pair.first);
  list_.push_back(std::move(pair));
}

void Parameters::remove(std::string_view name) {
  std::string const wanted(name);
  std::erase_if(list_, [&](auto const& pair) { return pair.first == wanted; });
}

std::string Parameters::encoded() const {
  std::string out;
  for (auto const& [key, value] : list_) {
    if (!out.empty()) out += '&';
    out += percent_encoded(key);
    out += '=';
    out += percent_encoded(value);
  }
  return out;
}

}  // namespace birge::http
