#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "features/account/account.hpp"
#include "features/audit/audit.hpp"
#include "features/site/site.hpp"
#include "features/village/village.hpp"

/// What other features know of the invitations of villages.
namespace birge::village {

/// Those that wait for whoever is signed in, for My page; nothing where none does or they may not see any.
Html waiting_for(Request& request);

/// How many wait in an edition, by district, or by region where no district is known. Numbers only: everybody of the coalition may know them.
std::map<place::PlaceId, std::int64_t> waiting_by_place(db::Reader& read, campaign::EditionId edition);

/// Whether somebody may open the invitations of a region.
bool may_open(account::Person const& person, std::optional<place::PlaceId> region);

/// What an invitation is found by: where, what and when. Never who asked or how to reach them, and no text of one that the hotline took over.
struct Findable {
  std::int64_t id = 0;
  Url page;
  std::string place;     ///< in the language of the page
  std::string kind;      ///< as well
  std::string month;     ///< as well
  std::string village;   ///< as they wrote it; empty once it was deleted
  std::string wish;      ///< as well
  std::string language;  ///< in which they wrote
  std::string reference;
  std::vector<std::string> names;  ///< of the place and the kind in every language, and of the month that they chose
  State state = State::waiting;
};
/// Those that whoever is signed in may open, the latest first, some hundred at most.
std::vector<Findable> findable(Request& request);

/// The list of those that wait in a region or district.
Url waiting_list(Say const& say, place::Place const& place);

/// An activity was drafted for an invitation. False where the person may not know of it or it was answered already: then the draft stands by itself.
bool link_activity(db::Tx& tx, account::Person const& person, std::int64_t invitation, activity::ActivityId activity, Instant now);
/// That activity was put away or cancelled: whoever invited waits again, and the coordinators are reminded anew.
void plan_falls(db::Tx& tx, audit::Who const& who, activity::ActivityId activity, Instant now);
/// It is planned after all: the step before was taken back. Nothing where somebody did anything with the invitation meanwhile.
void plan_stands_again(db::Tx& tx, audit::Who const& who, account::PersonId person, activity::ActivityId activity, Instant now);

}  // namespace birge::village
