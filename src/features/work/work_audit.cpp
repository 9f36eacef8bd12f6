#include "features/work/work_audit.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace birge::work {

namespace {

using activity::Activity;
using activity::Count;
using audit::Value;

/// The log keeps no number as large as a telephone's.
std::int64_t logged(std::int64_t number) {
  constexpr std::int64_t most = 999'999'999;
  return std::min(number, most);
}

Value coded(std::string_view code) { return code.empty() ? Value(std::nullopt) : Value::pack_code(code); }
Value coded(std::string const& code) { return coded(std::string_view(code)); }
template <class Tag>
Value coded(Id<Tag> id) {
  return id;
}

/// What came into a list or went out of it, each by itself.
template <class Item>
void list_changed(audit::Entry& entry, audit::Word field, std::vector<Item> const& before, std::vector<Item> const& now) {
  if (before == now) return;
  auto const without = [&](std::vector<Item> const& list, std::vector<Item> const& other, bool came) {
    for (auto const& item : list)
      if (std::ranges::find(other, item) == other.end()) entry.changed(field, coded(item), !came, came);
  };
  without(before, now, false);
  without(now, before, true);
}

std::optional<std::int64_t> highest(std::optional<Count> const& count) { return count ? std::optional(logged(count->high)) : std::nullopt; }
/// Only of a count that is a range.
std::optional<std::int64_t> lowest(std::optional<Count> const& count) {
  return count && !count->exact() ? std::optional(logged(count->low)) : std::nullopt;
}

void count_changed(audit::Entry& entry, audit::Word field, audit::Word least, std::optional<Count> const& before, std::optional<Count> const& now) {
  entry.changed(field, highest(before), highest(now)).changed(least, lowest(before), lowest(now));
}

void cells_changed(audit::Entry& entry, std::vector<activity::Cell> const& before, std::vector<activity::Cell> const& now) {
  if (before == now) return;
  auto const of = [](std::vector<activity::Cell> const& cells, activity::Cell const& wanted) {
    auto const found = std::ranges::find_if(cells, [&](auto const& cell) { return cell.sex == wanted.sex && cell.band == wanted.band; });
    return found == cells.end() ? std::nullopt : std::optional(found->count);
  };
  auto const tell = [&](activity::Cell const& cell) {
    auto const part = Value::pack_code(std::string(activity::code(cell.sex)) + "." + cell.band);
    auto const was = of(before, cell), is = of(now, cell);
    entry.changed("cells", part, highest(was), highest(is)).changed("cells_low", part, lowest(was), lowest(is));
  };
  for (auto const& cell : before) tell(cell);
  for (auto const& cell : now)
    if (!of(before, cell)) tell(cell);
}

void result_changed(audit::Entry& entry, Activity const& before, Activity const& now) {
  static activity::Result const none;
  auto const& was = before.result ? *before.result : none;
  auto const& is = now.result ? *now.result : none;
  count_changed(entry, "attendance", "attendance_low", was.attendance, is.attendance);
  count_changed(entry, "audience", "audience_low", was.audience, is.audience);
  cells_changed(entry, was.cells, is.cells);
  entry.changed("method", coded(was.method), coded(is.method)).changed("counted_by", was.counted_by, is.counted_by);
  if (was.narrative != is.narrative) entry.text_changed("narrative");
}

void texts_changed(audit::Entry& entry, Activity const& before, Activity const& now) {
  if (before.texts == now.texts) return;
  static activity::Text const none;
  bool title = false, summary = false, venue = false;
  auto const compare = [&](std::map<std::string, activity::Text> const& these, std::map<std::string, activity::Text> const& others) {
    for (auto const& [language, text] : these) {
      auto const found = others.find(language);
      auto const& other = found == others.end() ? none : found->second;
      title = title || text.title != other.title;
      summary = summary || text.summary != other.summary;
      venue = venue || text.venue != other.venue;
    }
  };
  compare(before.texts, now.texts);
  compare(now.texts, before.texts);
  if (title) entry.text_changed("title");
  if (summary) entry.text_changed("summary");
  if (venue) entry.text_changed("venue");
}

std::vector<std::string> words_of(std::string const& codes) {
  std::vector<std::string> list;
  for (auto const code : split(codes, ' '))
    if (!code.empty()) list.emplace_back(code);
  return list;
}

}  // namespace

void tell_changes(audit::Entry& entry, Activity const& before, Activity const& now) {
  entry.changed("state", before.state, now.state).changed("day", before.day, now.day).changed("end_day", before.end_day, now.end_day);
  entry.changed("starts", before.start_minutes, now.start_minutes).changed("ends", before.end_minutes, now.end_minutes);
  entry.changed("reach", before.reach, now.reach).changed("place", before.place, now.place);
  list_changed(entry, "places", before.places, now.places);
  if (before.village != now.village) entry.text_changed("village");
  entry.changed("lead", before.lead, now.lead);
  list_changed(entry, "co_hosts", before.co_hosts, now.co_hosts);
  list_changed(entry, "partners", before.partners, now.partners);
  entry.changed("kind", coded(before.kind), coded(now.kind)).changed("public", before.is_public, now.is_public);
  list_changed(entry, "topics", before.topics, now.topics);
  list_changed(entry, "audiences", before.audiences, now.audiences);
  if (before.languages != now.languages) list_changed(entry, "languages", words_of(before.languages), words_of(now.languages));
  entry.changed("entry", coded(before.entry), coded(now.entry));
  count_changed(entry, "expected", "expected_low", before.expected, now.expected);
  if (before.cost != now.cost) entry.text_changed("cost");
  if (before.contact != now.contact) entry.text_changed("contact");
  texts_changed(entry, before, now);
  result_changed(entry, before, now);
}

}  // namespace birge::work
