#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/message.hpp"
#include "platform/db/db.hpp"

/// What makes the log hard to falsify: every entry's hash covers the hash before it. Who knows the head of yesterday finds out today when
/// anything up to it was edited, deleted, put in another order or cut off.
namespace birge::audit {

/// An entry as it stands in the table.
struct Row {
  std::int64_t sequence = 0;  ///< 1, 2, 3 ... without gaps
  Instant at{};
  std::string actor;
  std::int64_t person = 0, organisation = 0, on_behalf = 0;
  std::string action, object;
  std::int64_t object_id = 0, region = 0, owner = 0;
  std::string changes;
  std::string hash;  ///< 32 bytes
};

/// SHA-256 (FIPS 180-4) of the lines: "birge audit 1"; the hash before in hexadecimal, zeros for the first entry; sequence; at, in
/// milliseconds since 1970; actor; person; organisation; on_behalf; action; object; object_id; region; owner; and the lines of changes.
/// Lines are joined by a line feed, without one at the end; numbers are decimal. So `sha256sum` can check it. 32 bytes.
std::string hash_of(Row const& row, std::string_view previous);

/// Where the chain ends.
struct Head {
  std::int64_t sequence = 0;  ///< 0: the log is empty
  std::string hash;           ///< 32 bytes
  Instant at{};
};
/// SEQUENCE:HASH, the hash in hexadecimal: what is printed, mailed and kept by a partner.
std::string head_text(Head const& head);
/// Reads what head_text wrote; nothing for anything else.
std::optional<Head> parse_head(std::string_view text);

/// The head as it is kept; a head with sequence 0 when the log is empty.
Head head(db::Reader& read);

/// What a walk over the whole chain found.
struct Verdict {
  std::int64_t entries = 0;
  std::vector<Message> faults;  ///< the first ones, at most 20
  std::int64_t faults_in_all = 0;
};
/// Recomputes every hash. `known` is a head that somebody kept: the chain must still go through it.
Verdict check_chain(db::Reader& read, std::optional<Head> const& known = std::nullopt);

}  // namespace birge::audit
