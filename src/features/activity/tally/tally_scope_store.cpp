#include "features/activity/tally/tally_scope.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace birge::activity {

namespace {

constexpr std::size_t written = static_cast<std::size_t>(Measure::audience_confirmed_high) + 1;

[[noreturn]] void wrong(std::string_view line) { throw db::Error(db::Error::Kind::other, "this is no line of tally_scope: " + std::string(line)); }

struct Row {
  std::string dimension, key;
  std::int64_t planned = 0, held = 0, cancelled = 0, moved = 0, reported = 0, confirmed = 0, hidden = 0, co_hosted = 0;
  std::int64_t reported_low = 0, reported_high = 0, confirmed_low = 0, confirmed_high = 0;
  std::int64_t audience_reported_low = 0, audience_reported_high = 0, audience_confirmed_low = 0, audience_confirmed_high = 0;
};

Numbers numbers_of(Row const& row) {
  return {{row.planned, row.held, row.cancelled, row.moved, row.reported, row.confirmed, row.hidden, row.co_hosted, row.reported_low,
           row.reported_high, row.confirmed_low, row.confirmed_high, row.audience_reported_low, row.audience_reported_high,
           row.audience_confirmed_low, row.audience_confirmed_high}};
}

/// In the order of their bytes, whatever order the engine has.
std::vector<Row> rows_of(db::Reader& read, std::int64_t edition, std::int64_t region) {
  auto rows = read.all<Row>(
      "select dimension, key, planned, held, cancelled, moved, reported, confirmed, hidden, co_hosted, reported_low, reported_high, confirmed_low,"
      " confirmed_high, audience_reported_low, audience_reported_high, audience_confirmed_low, audience_confirmed_high"
      " from tally where edition = $1 and region = $2 order by dimension, key",
      edition, region);
  auto const name = [](Row const& row) { return std::pair(std::string_view(row.dimension), std::string_view(row.key)); };
  if (!std::ranges::is_sorted(rows, {}, name)) std::ranges::sort(rows, {}, name);
  return rows;
}

void store_scope(db::Tx& tx, std::int64_t edition, std::int64_t region) {
  std::string lines;
  for (auto const& row : rows_of(tx, edition, region)) {
    if (!lines.empty()) lines += '\n';
    lines.append(row.dimension).append(1, ' ').append(std::to_string(row.planned)).append(1, ' ').append(row.key);
    auto const numbers = numbers_of(row);
    for (std::size_t i = 1; i < written; ++i) lines.append(1, i == 1 ? '\t' : ' ').append(std::to_string(numbers.values[i]));
  }
  if (lines.empty()) return tx.put("delete from tally_scope where edition = $1 and region = $2", edition, region);
  tx.put(
      "insert into tally_scope (edition, region, stale, lines) values ($1, $2, 0, $3)"
      " on conflict (edition, region) do update set stale = 0, lines = excluded.lines",
      edition, region, lines);
}

struct ScopeKey {
  std::int64_t edition = 0, region = 0;
  auto operator<=>(ScopeKey const&) const = default;
};

ScopeLine line_of(std::string_view line) {
  ScopeLine read;
  auto& numbers = read.numbers.values;
  auto const space = line.find(' ');
  if (space == std::string_view::npos) wrong(line);
  read.dimension = line.substr(0, space);
  auto const* const end = line.data() + line.size();
  auto const [behind, error] = std::from_chars(line.data() + space + 1, end, numbers.front());
  auto const key = static_cast<std::size_t>(behind - line.data()) + 1;
  auto const tab = line.find('\t', key);
  if (error != std::errc() || tab == std::string_view::npos || *behind != ' ') wrong(line);
  read.key = line.substr(key, tab - key);
  auto const* at = line.data() + tab + 1;
  for (std::size_t i = 1; i < written; ++i) {
    auto const [next, problem] = std::from_chars(at, end, numbers[i]);
    if (problem != std::errc() || (i + 1 == written ? next != end : next == end || *next != ' ')) wrong(line);
    at = next + 1;
  }
  return read;
}

}  // namespace

ScopeLines::ScopeLines(std::string text) {
  auto const read = std::make_shared<Read>();
  read->text = std::move(text);
  auto& lines = read->lines;
  lines.reserve(192);
  for (std::string_view left = read->text; !left.empty();) {
    auto const line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(left.size(), line.size() + 1));
    lines.push_back(line_of(line));
  }
  // What an older database was given once is in the order of its engine.
  auto const name = [](ScopeLine const& line) { return std::pair(line.dimension, line.key); };
  if (!std::ranges::is_sorted(lines, {}, name)) std::ranges::sort(lines, {}, name);
  read_ = read;
}

std::span<ScopeLine const> ScopeLines::all() const { return read_ ? std::span(read_->lines) : std::span<ScopeLine const>(); }

std::span<ScopeLine const> ScopeLines::at(std::string_view dimension) const {
  auto const lines = all();
  auto const first = std::ranges::lower_bound(lines, dimension, {}, &ScopeLine::dimension);
  return {first, std::ranges::upper_bound(first, lines.end(), dimension, {}, &ScopeLine::dimension)};
}

namespace {

/// The lines that were read last of some scopes. The text of a scope comes from the database each time it is asked for; where it is the one that is
/// known, so are its lines.
class KnownScopes {
public:
  ScopeLines lines_of(ScopeKey key, std::string_view text) {
    auto lines = known(key);
    if (lines.text() == text) return lines;
    lines = ScopeLines(std::string(text));
    std::scoped_lock const lock(mutex_);
    if (scopes_.size() >= most && !scopes_.contains(key)) scopes_.clear();
    scopes_.insert_or_assign(key, lines);
    return lines;
  }

private:
  static constexpr std::size_t most = 64;  // some 40 KB each

  ScopeLines known(ScopeKey key) {
    std::scoped_lock const lock(mutex_);
    auto const found = scopes_.find(key);
    return found == scopes_.end() ? ScopeLines() : found->second;
  }

  std::mutex mutex_;
  std::map<ScopeKey, ScopeLines> scopes_;
};
KnownScopes known_scopes;

std::optional<ScopeLines> stored_scope(db::Reader& read, std::int64_t edition, std::int64_t region, bool even_stale) {
  std::optional<ScopeLines> found;
  read.each<std::string_view>(
      "select lines from tally_scope where edition = $1 and region = $2 and stale <= $3",
      [&](std::string_view lines) {
        found = known_scopes.lines_of({edition, region}, lines);
      },
      edition, region, even_stale);
  return found;
}

}  // namespace

std::optional<ScopeLines> fresh_scope(db::Reader& read, std::int64_t edition, std::int64_t region) {
  return stored_scope(read, edition, region, false);
}

ScopeLines scope(db::Reader& read, std::int64_t edition, std::int64_t region) {
  return stored_scope(read, edition, region, true).value_or(ScopeLines());
}

void each_tally(db::Reader& read, std::int64_t edition, std::int64_t region, TakeTally const& take) {
  if (auto const lines = fresh_scope(read, edition, region)) {
    for (auto const& line : lines->all()) take(line.dimension, line.key, line.numbers);
    return;
  }
  for (auto const& row : rows_of(read, edition, region)) take(row.dimension, row.key, numbers_of(row));
}

void follow(db::Tx& tx, Tallies const& changes) {
  std::set<ScopeKey> planned;
  std::set<std::int64_t> behind;
  for (auto const& [key, numbers] : changes.rows()) {
    if (numbers.zero()) continue;
    if (numbers[Measure::planned] != 0) planned.insert({std::get<0>(key), std::get<1>(key)});
    else behind.insert(std::get<0>(key));
  }
  for (auto const edition : behind) tx.put("update tally_scope set stale = 1 where edition = $1 and stale = 0", edition);
  for (auto const& [edition, region] : planned) store_scope(tx, edition, region);
}

void refresh_scopes(db::Tx& tx) {
  for (auto const& [edition, region] : tx.all<ScopeKey>("select edition, region from tally_scope where stale = 1")) store_scope(tx, edition, region);
}

bool any_stale_scope(db::Reader& read) { return read.maybe<std::int64_t>("select stale from tally_scope where stale = 1 limit 1").has_value(); }

}  // namespace birge::activity
