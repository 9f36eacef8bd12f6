#include "features/intake/intake.hpp"
#include "features/work/work_import.hpp"

#include <algorithm>
#include <memory>

#include "features/work/work.hpp"

namespace birge::intake {

namespace {

using account::Permission;

struct Named {
  State state;
  std::string_view code;
};
constexpr Named states[] = {{State::checking, "checking"}, {State::checked, "checked"}, {State::storing, "storing"}, {State::stored, "stored"},
                            {State::failed, "failed"},     {State::undoing, "undoing"}, {State::undone, "undone"},   {State::put_away, "put_away"}};

bool comes_from(Person const& person, Activity const& activity) {
  return std::ranges::any_of(person.grants, [&](account::Grant const& grant) {
    if (!grant.organisation) return false;
    return *grant.organisation == activity.lead || std::ranges::find(activity.co_hosts, *grant.organisation) != activity.co_hosts.end();
  });
}

/// Why a row is not somebody's to store, as the one next step tells it best.
Message outside(Person const& person, Activity const& activity) {
  if (person.is(account::Role::regional_coordinator)) {
    if (activity.reach != activity::Reach::place) return message("It is not in one region only: the national coordinator reads such activities in.");
    return message("It is in another region than yours: its own coordinator or the national one reads it in.");
  }
  return message("It is another organisation's: you may read in activities of your own only.");
}

}  // namespace

std::string_view code(State state) { return std::ranges::find(states, state, &Named::state)->code; }

std::optional<State> state_of(std::string_view code) {
  auto const found = std::ranges::find(states, code, &Named::code);
  return found == std::end(states) ? std::nullopt : std::optional(found->state);
}

Message name(State state) {
  switch (state) {
    case State::checking: return message("Being read");
    case State::checked: return message("Waits for you");
    case State::storing: return message("Being stored");
    case State::stored: return message("Stored");
    case State::failed: return message("Could not be read");
    case State::undoing: return message("Being taken back");
    case State::undone: return message("Taken back");
    case State::put_away: return message("Deleted without storing anything");
  }
  return {};
}

bool working(State state) { return state == State::checking || state == State::storing || state == State::undoing; }

exchange::Rights rights_of(Person const& person, campaign::Facts const& facts, Instant now) {
  auto const who = std::make_shared<Person const>(person);
  exchange::Rights rights;
  rights.refuse = [who, &facts](Activity const& next, Activity const* stored) -> std::optional<Message> {
    for (auto const* activity : {stored, &next})
      if (activity && !account::may(*who, Permission::import, work::object_of(*activity, facts))) return outside(*who, *activity);
    return std::nullopt;
  };
  rights.against_life = [who, &facts, now](db::Reader& read, Activity const& next, Activity const& stored) {
    return work::against_import(read, *who, facts, next, stored, now);
  };
  rights.approves = [who, &facts, now](db::Reader& read, Activity const& next, Activity const* stored) {
    if (!account::may(*who, Permission::approve, work::object_of(next, facts)) || comes_from(*who, next)) return false;
    if (work::of_regional_administration(read, facts, next) && !account::may_everywhere(*who, Permission::approve)) return false;
    return !stored || work::import_approves(read, *who, facts, *stored, now);
  };
  rights.approved = work::as_approved;
  // A draft is known to its organisation only, as on every other page.
  rights.knows = [who](Activity const& activity) { return activity.state != activity::State::draft || comes_from(*who, activity); };
  return rights;
}

bool may_create_organisations(Person const& person) { return account::may_somewhere(person, Permission::manage_organisations); }

}  // namespace birge::intake
