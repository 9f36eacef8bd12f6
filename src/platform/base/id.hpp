#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/clock.hpp"

namespace birge {

/// The identity of a row, typed by what it identifies so that a place is never taken for an activity.
/// 63 bits, ordered by the time of making: 41 bits of milliseconds since 2020, 8 of node, 14 of sequence. 0 is nobody.
template <class Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(Id const&) const = default;
  explicit operator bool() const { return value != 0; }
};

/// The text of an id in addresses and JSON: base32 (digits and lower-case letters without i, l, o, u), 13 characters at most, no padding.
std::string id_text(std::int64_t value);
/// Reads what id_text wrote, forgiving upper case; nothing for anything else.
std::optional<std::int64_t> parse_id(std::string_view text);

template <class Tag>
std::string id_text(Id<Tag> id) {
  return id_text(id.value);
}
template <class Tag>
std::optional<Id<Tag>> parse_id_as(std::string_view text) {
  auto const value = parse_id(text);
  return value ? std::optional(Id<Tag>{*value}) : std::nullopt;
}

/// Makes ids that grow strictly, also when the clock steps back. Safe to share between threads.
class IdMaker {
public:
  /// `node` (0-255) tells apart several programs on one database.
  IdMaker(Clock const& clock, int node) : clock_(clock), node_(node) {}
  std::int64_t next();
  template <class Tag>
  Id<Tag> make() {
    return {next()};
  }

private:
  Clock const& clock_;
  int node_;
  std::mutex mutex_;
  std::int64_t last_ = 0;
};

}  // namespace birge

template <class Tag>
struct std::hash<birge::Id<Tag>> {
  std::size_t operator()(birge::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
