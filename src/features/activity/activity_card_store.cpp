#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "features/activity/activity_card.hpp"
#include "features/activity/activity_whole.hpp"

namespace birge::activity {

namespace {

struct Stored {
  ActivityId activity;
  std::string language;
  bool original = false;
  std::string card;
  auto operator<=>(Stored const&) const = default;
};

/// The cards of an activity as they should be stored, in the order of languages.
std::vector<Stored> cards_of(Activity const& activity) {
  std::vector<Stored> cards;
  for (auto const& [language, text] : activity.texts)
    cards.push_back({activity.id, language, language == activity.original, card_text(activity, language, text)});
  return cards;
}

/// Whether a list shows the two differently, whatever their texts are.
bool differ(Activity const& a, Activity const& b) {
  auto const shown = [](Activity const& each) {
    return std::tie(each.kind, each.precision, each.end_day, each.start_minutes, each.end_minutes, each.reach, each.place, each.village, each.lead,
                    each.moved_from_day, each.moved_from_place, each.due_day);
  };
  return shown(a) != shown(b);
}

std::vector<EditionId> editions(db::Reader& read) { return read.all<EditionId>("select id from edition order by id"); }

}  // namespace

void put_cards(db::Tx& tx, Activity const& activity) {
  for (auto const& each : cards_of(activity))
    tx.put("insert into activity_card (activity, language, original, card) values ($1, $2, $3, $4)", each.activity, each.language, each.original,
           each.card);
}

void replace_cards(db::Tx& tx, Activity const& activity, Activity const& stored) {
  if (activity.texts == stored.texts && activity.original == stored.original && !differ(activity, stored)) return;
  tx.put("delete from activity_card where activity = $1", activity.id);
  put_cards(tx, activity);
}

std::vector<std::string> check_cards(db::Reader& read) {
  std::vector<std::string> differences;
  for (auto const edition : editions(read)) {
    std::set<Stored> right, stored;
    for (auto const& activity : whole_edition(read, edition)) std::ranges::move(cards_of(activity), std::inserter(right, right.end()));
    read.each<Stored>(
        "select c.activity, c.language, c.original, c.card from activity_card c join activity a on a.id = c.activity where a.edition = $1",
        [&](Stored&& card) { stored.insert(std::move(card)); }, edition);
    std::vector<Stored> wrong;
    std::ranges::set_symmetric_difference(right, stored, std::back_inserter(wrong));
    std::set<std::string> named;  // what differs is in both
    for (auto const& each : wrong) named.insert("activity_card of " + id_text(each.activity) + " in " + each.language + " differs");
    differences.insert(differences.end(), named.begin(), named.end());
  }
  return differences;
}

void rebuild_cards(db::Tx& tx) {
  tx.run("delete from activity_card");
  for (auto const edition : editions(tx))
    for (auto const& activity : whole_edition(tx, edition)) put_cards(tx, activity);
}

}  // namespace birge::activity
