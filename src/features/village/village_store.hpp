#pragma once

#include <map>
#include <vector>

#include "features/village/village.hpp"
#include "platform/db/database.hpp"

/// How invitations of villages are kept. Only for this folder; others ask village_desk.hpp.
namespace birge::village {

/// The part of the country whose invitations somebody may see.
struct Part {
  bool everywhere = false;
  std::vector<place::PlaceId> regions;
  bool empty() const { return !everywhere && regions.empty(); }
};
Part part_of(account::Person const& person);

class Store {
public:
  explicit Store(db::Reader& read) : read_(read) {}

  std::optional<Invitation> find(InvitationId id);
  /// Those in a state, the longest waiting first, of a part of the country and there of a region or district where one is given.
  std::vector<Invitation> list(campaign::EditionId edition, Part const& part, State state, std::optional<place::PlaceId> place, int limit);
  /// The latest of all editions and states.
  std::vector<Invitation> latest(Part const& part, int limit);
  std::int64_t count(campaign::EditionId edition, Part const& part, State state, std::optional<place::PlaceId> place);
  /// How many wait, by district, or by region where no district is known.
  std::map<place::PlaceId, std::int64_t> waiting_by_place(campaign::EditionId edition);
  /// Waiting since before a moment, and nobody was reminded of them yet.
  std::vector<Invitation> to_remind(campaign::EditionId edition, Instant before);

private:
  db::Reader& read_;
};

/// Stores what somebody sent, once for each `once`; the reference of it, also when it was stored before.
std::string add(db::Tx& tx, IdMaker& ids, Invitation const& invitation, std::string_view once, Instant now);

/// Makes a step. Throws Problem: not_found for those who may not know of it, conflict where somebody else changed it or the step may not be made.
void make_step(db::Tx& tx, account::Person const& person, InvitationId id, std::int64_t version, Step step, std::string_view reason, Instant now);

/// Notes that the coordinators were reminded.
void reminded(db::Tx& tx, InvitationId id, Instant now);

/// Deletes texts and contacts that are no longer needed; how many. See kept_when_handled.
std::int64_t forget(db::Tx& tx, Day today, Instant now);

}  // namespace birge::village
