#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/activity/activity_store.hpp"

/// What a list shows of the plan of an activity, as it is stored for each of its texts: a row of a list reads one value instead of twenty.
namespace birge::activity {

/// The parts of a plan that a list shows, and its text in one language: a line for each.
std::string card_text(Activity const& activity, std::string_view language, Text const& text);

/// Fills what card_text wrote into a card. Throws db::Error where it is anything else.
void read_card(Card& card, std::string_view stored);

/// Stores the cards of an activity that has none.
void put_cards(db::Tx& tx, Activity const& activity);
/// Stores them in place of those it has, where a list shows `stored` differently.
void replace_cards(db::Tx& tx, Activity const& activity, Activity const& stored);

/// Makes all cards anew from the activities and names those that are stored differently, are missing or should not be there, one line each.
std::vector<std::string> check_cards(db::Reader& read);

/// Stores every card anew.
void rebuild_cards(db::Tx& tx);

}  // namespace birge::activity
