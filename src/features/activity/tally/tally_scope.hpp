#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/activity/tally/tally.hpp"
#include "platform/db/database.hpp"

/// The tallies of one scope - an edition, or one region of it - as they stand together in one row: a page reads that instead of two hundred.
namespace birge::activity {

/// A row of the tallies. Looks into the text of its scope.
struct ScopeLine {
  std::string_view dimension, key;
  Numbers numbers;  ///< up to audience_confirmed_high; those by state of what was moved or is hidden are not in the lines
  std::int64_t planned() const { return numbers[Measure::planned]; }
};

/// Copies share what was read, which does not change.
class ScopeLines {
public:
  ScopeLines() = default;
  /// What is stored in tally_scope. Throws db::Error where it is anything else.
  explicit ScopeLines(std::string text);
  std::string_view text() const { return read_ ? std::string_view(read_->text) : std::string_view(); }  ///< as it is stored
  std::span<ScopeLine const> all() const;                                                               ///< in order of dimension and key
  std::span<ScopeLine const> at(std::string_view dimension) const;                                      ///< in order of key

private:
  struct Read {
    std::string text;  ///< stays where it is, since the lines look into it
    std::vector<ScopeLine> lines;
  };
  std::shared_ptr<Read const> read_;
};

/// The lines of a scope (region 0: the whole edition) whose numbers are all as in the tallies; nothing while they are behind.
std::optional<ScopeLines> fresh_scope(db::Reader& read, std::int64_t edition, std::int64_t region);

/// The lines of a scope, of which only what is planned is sure to be as in the tallies.
ScopeLines scope(db::Reader& read, std::int64_t edition, std::int64_t region);

/// Calls `take` with each row of the tallies of a scope, in order of dimension and key, and its numbers as in ScopeLine: from the lines where they
/// are fresh, from the tallies themselves otherwise.
using TakeTally = std::function<void(std::string_view dimension, std::string_view key, Numbers const& numbers)>;
void each_tally(db::Reader& read, std::int64_t edition, std::int64_t region, TakeTally const& take);

/// Brings the scopes up to changes of the tallies that are stored already: anew where something is planned or no longer so, marked as stale where only
/// results changed. These come by the thousand and would write all lines again with each of them.
void follow(db::Tx& tx, Tallies const& changes);

/// Makes the lines of all stale scopes anew.
void refresh_scopes(db::Tx& tx);
bool any_stale_scope(db::Reader& read);

}  // namespace birge::activity
