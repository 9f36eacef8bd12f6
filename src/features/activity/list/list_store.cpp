#include <algorithm>
#include <iterator>

#include "features/activity/activity_card.hpp"
#include "features/activity/list/list_filter_store.hpp"

namespace birge::activity {

using namespace detail;

namespace {

struct CardRow {
  ActivityId id;
  std::string_view state;
  Day day;
  std::optional<std::int64_t> attendance_low, attendance_high, audience_low, audience_high;
  std::string_view card;
};

Card card_of(EditionId edition, CardRow const& row) {
  Card card;
  card.id = row.id;
  card.edition = edition;
  card.state = state_of(row.state).value();
  card.day = row.day;
  card.attendance = stored_count(row.attendance_low, row.attendance_high);
  card.audience = stored_count(row.audience_low, row.audience_high);
  read_card(card, row.card);
  return card;
}

/// The columns of cards and their tables. Without a filter all columns of the activities stand in the index of the days. The tables are read in this
/// order, so that cards are looked up only for what passes the filter, and rows come in the order of the index without sorting.
void add_cards(Sql& sql, Driver driver, Language language) {
  sql.add("select a.id, a.state, a.day, a.attendance_low, a.attendance_high, a.audience_low, a.audience_high, coalesce(t.card, o.card)");
  add_tables(sql, driver);
  // Where there is a card in the language asked for, the key of the original is null and it is not looked up.
  sql.add(
      " left join activity_card t on t.activity = a.id and t.language = ?"
      " left join activity_card o on o.activity = case when t.activity is null then a.id end and o.original = 1",
      birge::code(language));
}

std::vector<Card> cards(db::Reader& read, EditionId edition, Sql const& sql) {
  std::vector<Card> cards;
  cards.reserve(24);
  read.each<CardRow>(sql, [&](CardRow const& row) { cards.push_back(card_of(edition, row)); });
  return cards;
}

}  // namespace

std::string Cursor::text() const { return day + "." + id_text(id); }

std::optional<Cursor> Cursor::parse(std::string_view text) {
  auto const dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  auto const day = Day::parse(text.substr(0, dot));
  auto const id = parse_id_as<ActivityTag>(text.substr(dot + 1));
  if (!day || !id) return std::nullopt;
  return Cursor{day->iso(), *id};
}

namespace {

void add_before(Sql& sql, Driver driver, Cursor const& before, int limit) {
  if (driver == Driver::activity || driver == Driver::late) {
    if (before.whole_day()) sql.add(" and a.day < ?", before.day);
    else sql.add(" and (a.day, a.id) < (?, ?)", before.day, before.id);
    sql.add(" order by a.day desc, a.id desc limit ?", limit);
  } else if (driver == Driver::word) {
    sql.add(" and (x.day, x.id) < (?, ?) order by x.day desc, x.id desc limit ?", before.day, before.id, limit);
  } else {
    sql.add(" and (x.day, x.activity) < (?, ?) order by x.day desc, x.activity desc limit ?", before.day, before.id, limit);
  }
}

/// What several searches found, each row once, and no more than one of them was asked for.
void put_together(std::vector<Card>& cards, bool backwards, int limit) {
  auto const place = [](Card const& card) { return std::pair(card.day, card.id); };
  std::ranges::sort(cards, {}, place);
  cards.erase(std::unique(cards.begin(), cards.end(), [](Card const& one, Card const& other) { return one.id == other.id; }), cards.end());
  auto const size = static_cast<std::ptrdiff_t>(std::min(cards.size(), static_cast<std::size_t>(limit)));
  if (backwards) cards.erase(cards.begin(), cards.end() - size);
  else cards.erase(cards.begin() + size, cards.end());
}

}  // namespace

std::vector<Card> Store::list(Filter const& filter, campaign::Facts const& facts, Language language, Day today, Cursor const& after, int limit) {
  std::vector<Card> list;
  int searches = 0;
  each_search(read_, filter, [&](Search const& search) {
    auto const driver = driver_of(read_, filter, search, facts);
    Sql sql;
    add_cards(sql, driver, language);
    add_conditions(sql, driver, filter, search, facts, today);
    sql.add(" and a.visibility = 'public'");
    add_after(sql, driver, after, limit);
    auto found = cards(read_, filter.edition, sql);
    if (searches++ == 0) list = std::move(found);
    else std::ranges::move(found, std::back_inserter(list));
  });
  if (searches > 1) put_together(list, false, limit);
  return list;
}

std::vector<Card> Store::going_on(Filter const& filter, campaign::Facts const& facts, Language language, Day today, int limit) {
  std::vector<Card> list;
  each_search(read_, filter, [&](Search const& search) {
    Sql sql;
    add_cards(sql, Driver::activity, language);
    add_conditions(sql, Driver::activity, filter, search, facts, today);
    sql.add(
        " and a.visibility = 'public' and a.state <> 'cancelled' and a.day_precision = 'day' and a.end_day > a.day and a.end_day >= ? and a.day < ?",
        today, today);
    sql.add(" order by a.end_day, a.day, a.id limit ?", limit);
    std::ranges::move(cards(read_, filter.edition, sql), std::back_inserter(list));
  });
  put_together(list, false, limit);
  return list;
}

std::vector<Card> Store::list_before(Filter const& filter, campaign::Facts const& facts, Language language, Day today, Cursor const& before,
                                     int limit) {
  std::vector<Card> list;
  each_search(read_, filter, [&](Search const& search) {
    auto const driver = driver_of(read_, filter, search, facts);
    Sql sql;
    add_cards(sql, driver, language);
    add_conditions(sql, driver, filter, search, facts, today);
    sql.add(" and a.visibility = 'public'");
    add_before(sql, driver, before, limit);
    std::ranges::move(cards(read_, filter.edition, sql), std::back_inserter(list));
  });
  put_together(list, true, limit);  // each was read from its end
  return list;
}

namespace {

/// Whether a list goes on beyond a cursor; `add_side` adds the condition for one direction.
template <class AddSide>
bool any_beyond(db::Reader& read, Filter const& filter, campaign::Facts const& facts, Day today, AddSide const& add_side) {
  bool any = false;
  each_search(read, filter, [&](Search const& search) {
    if (any) return;
    auto const driver = driver_of(read, filter, search, facts);
    Sql sql("select a.id");
    add_filter(sql, driver, filter, search, facts, today);
    sql.add(" and a.visibility = 'public'");
    add_side(sql, driver);
    any = read.maybe<ActivityId>(sql).has_value();
  });
  return any;
}

}  // namespace

bool Store::any_after(Filter const& filter, campaign::Facts const& facts, Day today, Cursor const& cursor) {
  return any_beyond(read_, filter, facts, today, [&](Sql& sql, auto const& driver) { add_after(sql, driver, cursor, 1); });
}

bool Store::any_before(Filter const& filter, campaign::Facts const& facts, Day today, Cursor const& cursor) {
  return any_beyond(read_, filter, facts, today, [&](Sql& sql, auto const& driver) { add_before(sql, driver, cursor, 1); });
}

}  // namespace birge::activity
