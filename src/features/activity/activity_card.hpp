#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/activity/activity_store.hpp"

/// What a list shows of the plan of an activity, as it is stored beside each of its texts: a row of a list reads one value instead of sixteen.
namespace birge::activity {

/// The parts of a plan that a list shows, and one of its texts: a line for each. No text holds a line's end: those of activities are cleaned first.
std::string card_text(Activity const& activity, Text const& text);

/// Fills what card_text wrote into a card. Throws db::Error where it is anything else.
void read_card(Card& card, std::string_view stored);

/// Makes all cards anew from the activities and names those that are stored differently, one line each.
std::vector<std::string> check_cards(db::Reader& read);

/// Stores every card anew.
void rebuild_cards(db::Tx& tx);

}  // namespace birge::activity
