#pragma once

#include "features/village/village.hpp"

/// The public form: what was typed and what it means. Texts are checked for their length alone.
namespace birge::village {

struct ReadForm {
  Invitation invitation;
  std::vector<Fault> faults;
  std::vector<place::PlaceId> candidates;  ///< what the place that was typed may mean
  bool ask_district = false;               ///< the place is unknown or too large: the district decides
};

/// Reads a form for an edition on a day.
ReadForm read_form(http::Parameters const& form, campaign::Facts const& facts, place::Matcher const& places, campaign::Edition const& edition,
                   Day today);

/// The months somebody may wish for, as they stand in the form (2018-10): from today to the end of the campaign.
std::vector<std::string> months(campaign::Edition const& edition, Day today);

/// The day a draft for an invitation begins with: the first of the month they wish for, or nothing once that is past.
std::optional<Day> wished_day(Invitation const& invitation, Day today);

/// Whether invitations for an edition are taken on a day.
bool takes_invitations(campaign::Edition const& edition, Day today);

/// A region that has no districts of its own stands for one.
bool small_enough(place::Tree const& tree, place::PlaceId place);

}  // namespace birge::village
