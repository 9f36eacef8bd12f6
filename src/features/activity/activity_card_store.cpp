#include <tuple>

#include "features/activity/activity_card.hpp"

namespace birge::activity {

namespace {

/// Whether a list shows the two differently, whatever their texts are.
bool differ(Activity const& a, Activity const& b) {
  auto const shown = [](Activity const& each) {
    return std::tie(each.kind, each.precision, each.end_day, each.start_minutes, each.end_minutes, each.reach, each.place, each.village, each.lead,
                    each.moved_from_day, each.moved_from_place, each.due_day);
  };
  return shown(a) != shown(b);
}

/// What a card is made of, and what is stored; it may be missing, or stand where there is no text.
struct Row {
  ActivityId activity;
  std::string language;
  bool original = false;
  std::string title, venue, kind, precision;
  Day end_day;
  std::optional<int> start_minutes, end_minutes;
  std::string reach;
  std::optional<PlaceId> place;
  std::string village;
  OrganisationId lead;
  std::optional<Day> moved_from_day;
  std::optional<PlaceId> moved_from_place;
  Day due_day;
  std::optional<bool> stored_original;
  std::optional<std::string> stored;
};

std::string made_of(Row const& row) {
  Activity activity;
  activity.kind = row.kind;
  activity.precision = precision_of(row.precision).value();
  activity.end_day = row.end_day;
  activity.start_minutes = row.start_minutes;
  activity.end_minutes = row.end_minutes;
  activity.reach = reach_of(row.reach).value();
  activity.place = row.place;
  activity.village = row.village;
  activity.lead = row.lead;
  activity.moved_from_day = row.moved_from_day;
  activity.moved_from_place = row.moved_from_place;
  activity.due_day = row.due_day;
  return card_text(activity, row.language, {row.title, {}, row.venue});
}

template <class Take>
void each_wrong(db::Reader& read, Take const& take) {
  read.each<Row>(
      "select t.activity, t.language, t.original, t.title, t.venue, a.kind, a.day_precision, a.end_day, a.start_minutes, a.end_minutes, a.reach, a.place,"
      " a.village, a.lead, a.moved_from_day, a.moved_from_place, a.due_day, c.original, c.card from activity_text t join activity a on a.id = t.activity"
      " left join activity_card c on c.activity = t.activity and c.language = t.language order by t.activity, t.language",
      [&](Row&& row) {
        auto right = made_of(row);
        if (row.stored != right || row.stored_original != row.original) take(row, std::move(right));
      });
}

constexpr db::Literal those_without_a_text =
    "from activity_card where not exists (select 1 from activity_text t where t.activity = activity_card.activity and t.language = activity_card.language)";

}  // namespace

void put_cards(db::Tx& tx, Activity const& activity) {
  for (auto const& [language, text] : activity.texts)
    tx.put("insert into activity_card (activity, language, original, card) values ($1, $2, $3, $4)", activity.id, language,
           language == activity.original, card_text(activity, language, text));
}

void replace_cards(db::Tx& tx, Activity const& activity, Activity const& stored) {
  if (activity.texts == stored.texts && activity.original == stored.original && !differ(activity, stored)) return;
  tx.put("delete from activity_card where activity = $1", activity.id);
  put_cards(tx, activity);
}

std::vector<std::string> check_cards(db::Reader& read) {
  std::vector<std::string> differences;
  each_wrong(read, [&](Row const& row, std::string&&) {
    differences.push_back("activity_card of " + id_text(row.activity) + " in " + row.language + (row.stored ? " differs" : " is missing"));
  });
  auto const more = read.one<std::int64_t>(db::Sql("select count(*) ").add(those_without_a_text));
  if (more > 0) differences.push_back("activity_card has " + std::to_string(more) + " that should not be there");
  return differences;
}

void rebuild_cards(db::Tx& tx) {
  struct Right {
    ActivityId activity;
    std::string language;
    bool original = false;
    std::string card;
  };
  std::vector<Right> all;
  each_wrong(tx, [&](Row const& row, std::string&& right) { all.push_back({row.activity, row.language, row.original, std::move(right)}); });
  tx.run(db::Sql("delete ").add(those_without_a_text));
  for (auto const& right : all)
    tx.put(
        "insert into activity_card (activity, language, original, card) values ($1, $2, $3, $4) on conflict (activity, language) do update set"
        " original = excluded.original, card = excluded.card",
        right.activity, right.language, right.original, right.card);
}

}  // namespace birge::activity
