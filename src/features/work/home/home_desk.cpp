#include "features/work/home/home_desk.hpp"

#include <algorithm>
#include <set>
#include <span>

#include "features/campaign/campaign_editing.hpp"
#include "features/work/work_rights.hpp"

namespace birge::work {

namespace {

using account::Grant;
using account::Role;

bool national(Right const& right) { return capacity(right, std::nullopt).national; }

Actor actor_of(account::Person const& person, std::vector<Right> const& rights, std::optional<activity::PlaceId> region, bool from_host) {
  Actor actor;
  actor.person = person.id;
  actor.from_host = from_host;
  for (auto const& right : rights) actor.capacities.push_back(capacity(right, region));
  return actor;
}

/// The part of the country somebody looks after, or where the own organisation sits.
Where part_of(std::vector<Right> const& rights, campaign::Facts const& known, std::vector<OrganisationId> const& own) {
  Where where;
  std::set<activity::PlaceId> regions;
  for (auto const& right : rights) {
    if (national(right)) where.everywhere = true;
    for (auto const& grant : right.grants)
      if (grant.role == Role::regional_coordinator && grant.region) regions.insert(*grant.region);
  }
  if (regions.empty())
    for (auto const id : own)
      if (auto const* organisation = known.organisation(id); organisation && organisation->region) regions.insert(*organisation->region);
  where.regions.assign(regions.begin(), regions.end());
  where.organisations = own;
  // An observer, or an office without a region, looks at the whole country.
  if (where.regions.empty() && own.empty()) where.everywhere = true;
  return where;
}

std::vector<OrganisationId> organisations_of(account::Person const& person) {
  std::vector<OrganisationId> list;
  for (auto const& grant : person.grants)
    if (grant.organisation) list.push_back(*grant.organisation);
  return list;
}

bool coordinates(std::vector<Right> const& rights) {
  return std::ranges::any_of(rights, [](Right const& right) {
    return national(right) || std::ranges::any_of(right.grants, [](Grant const& grant) { return grant.role == Role::regional_coordinator; });
  });
}

/// Those of one state that somebody may decide on.
struct Deciding {
  account::Person const& person;
  std::vector<Right> const& rights;
  Where const& part;
  activity::EditionId edition;
  Day today;
  Instant now;

  /// Without some of them. Where most of a long list are for others to decide, it ends after some thousand.
  std::vector<Brief> list(Store& store, State state, Action action, std::optional<Behind> behind, std::size_t limit,
                          std::set<ActivityId> const& without = {}) const {
    constexpr int rows = 240, most_for_others = 4800;
    std::vector<Brief> list;
    auto const own = held(store);
    for (std::size_t looked_at = 0; list.size() < limit && looked_at < most_for_others;) {
      auto found = store.in_states(edition, part, {state}, {rows, rows}, behind).rows;
      bool const last = found.size() < static_cast<std::size_t>(rows);
      if (!found.empty()) behind = Behind{found.back().due_day, found.back().id};
      std::erase_if(found, [&](Brief const& brief) { return without.contains(brief.id); });
      looked_at += found.size();
      take(store, own, std::move(found), action, limit, list);
      if (last) break;
    }
    return list;
  }

  /// Those that stand in certain places.
  std::vector<Brief> at(Store& store, std::span<Behind const> places, Action action, std::size_t limit) const {
    constexpr std::size_t rows = 60;
    std::vector<Brief> list;
    auto const own = held(store);
    for (; !places.empty() && list.size() < limit; places = places.subspan(std::min(rows, places.size()))) {
      std::vector<ActivityId> ids;
      for (auto const& place : places.first(std::min(rows, places.size()))) ids.push_back(place.id);
      take(store, own, store.these(ids, edition, {rows, rows}).rows, action, limit, list);
    }
    return list;
  }

private:
  /// It counts for those who stand in for somebody only, few of them all.
  std::set<ActivityId> held(Store& store) const {
    return rights.size() > 1 ? store.held_by(edition, organisations_of(person)) : std::set<ActivityId>();
  }
  void take(Store& store, std::set<ActivityId> const& own, std::vector<Brief> found, Action action, std::size_t limit,
            std::vector<Brief>& list) const {
    for (auto& brief : found)
      if (list.size() < limit &&
          decide(store.facts(brief, today), actor_of(person, rights, brief.region, own.contains(brief.id)), action, today, now).allowed)
        list.push_back(std::move(brief));
  }
};

}  // namespace

ResultsToConfirm results_to_confirm(Request& request, campaign::Facts const& known, std::optional<Behind> const& unlikely_behind,
                                    std::optional<Behind> const& likely_behind, std::size_t limit) {
  auto const& person = account::person(request);
  auto const* edition = known.current(request.now);
  auto const today = known.today(request.now);
  auto const rights = rights_of(request.read(), person, today);
  if (!edition || !coordinates(rights)) return {};
  auto const part = part_of(rights, known, own_organisations(person));
  Store store(request.read(), request.say.code());
  Deciding const deciding{person, rights, part, edition->id, today, request.now};
  auto const places = store.unlikely_results(edition->id, part);
  auto const place = [](Behind const& each) { return std::pair(each.due_day, each.id); };
  auto const from = unlikely_behind ? std::ranges::upper_bound(places, place(*unlikely_behind), {}, place) : places.begin();
  std::set<ActivityId> unlikely;
  for (auto const& each : places) unlikely.insert(each.id);
  return {deciding.at(store, {from, places.end()}, Action::confirm, limit),
          deciding.list(store, State::reported, Action::confirm, likely_behind, limit, unlikely)};
}

std::vector<OrganisationId> own_organisations(account::Person const& person) {
  std::set<OrganisationId> own;
  for (auto const& grant : person.grants)
    if (plans_for_organisation(grant)) own.insert(*grant.organisation);
  return {own.begin(), own.end()};
}

std::vector<ActivityId> helped_activities(account::Person const& person) {
  std::vector<ActivityId> helped;
  for (auto const& grant : person.grants)
    if (grant.role == Role::helper && grant.activity) helped.push_back(ActivityId{*grant.activity});
  return helped;
}

Listed drafts_of(Store& store, account::Person const& person, activity::EditionId edition, Length length) {
  auto const own = own_organisations(person);
  // Whoever coordinates goes on with what he or she entered for an organisation without a computer.
  bool const coordinator = coordinates({{person.id, person.grants, false}});
  if (own.empty() && !coordinator) return {};
  return store.drafts(coordinator ? person.id : PersonId{}, own, edition, length);
}

Where part_of(db::Reader& read, campaign::Facts const& known, account::Person const& person, Day today) {
  return part_of(rights_of(read, person, today), known, own_organisations(person));
}

namespace {

Listed listed(std::vector<Brief> rows) {
  auto const number = rows.size();
  return {std::move(rows), number, number == static_cast<std::size_t>(desk_counted)};
}

/// What somebody helps with stands with what is to be reported once it is over, like what the own organisations hold.
void add_helped(Desk& desk, Store& store, bool closed) {
  std::vector<ActivityId> ids;
  for (auto const id : helped_activities(desk.person))
    if (std::ranges::find(desk.to_report.rows, id, &Brief::id) == desk.to_report.rows.end()) ids.push_back(id);
  auto const own = own_organisations(desk.person);
  for (auto& brief : store.these(ids, desk.edition->id, {desk_counted, desk_counted}).rows) {
    if (std::ranges::find(own, brief.lead) != own.end()) continue;  // stands with what the own organisation holds already
    auto const state = activity::state_of(brief.state).value();
    bool const missing = (state == State::approved || state == State::held) && brief.end_day < desk.today;
    auto& list = missing && !closed ? desk.to_report : desk.helped;
    list.rows.push_back(std::move(brief));
    ++list.number;
  }
}

}  // namespace

Desk desk_of(Request& request, int rows, Span span) {
  auto known = site::facts(request);
  Desk desk{known, account::person(request), known->current(request.now), known->today(request.now), {}, {}, {}, {}, {}, {}, {}};
  desk.from = span == Span::week ? desk.today.week_start() : desk.today;
  desk.sees_others = account::may_everywhere(desk.person, account::Permission::see_coalition);
  if (!desk.edition) return desk;
  auto const edition = desk.edition->id;
  Length const length{desk_counted, rows};
  Store store(request.read(), request.say.code());
  auto const rights = rights_of(request.read(), desk.person, desk.today);
  auto const own = own_organisations(desk.person);
  auto const part = part_of(rights, *known, own);
  desk.part = part;
  desk.own = !own.empty();
  if (part.everywhere || coordinates(rights)) {
    Deciding const deciding{desk.person, rights, part, edition, desk.today, request.now};
    desk.to_answer = listed(deciding.list(store, State::proposed, Action::approve, std::nullopt, desk_counted));
    desk.to_confirm = listed(deciding.list(store, State::reported, Action::confirm, std::nullopt, desk_counted));
  }
  bool const closed = campaign::closed(request.read(), edition).has_value();  // no result comes any more
  if (!own.empty()) {
    Where mine;
    mine.organisations = own;
    desk.to_change = store.in_states(edition, mine, {State::returned}, length);
    if (!closed) desk.to_report = store.to_report(edition, own, desk.today, length);
  }
  // No plan is proposed any more either.
  if (!closed) desk.drafts = drafts_of(store, desk.person, edition, length);
  add_helped(desk, store, closed);
  if (!desk.sees_others) return desk;
  desk.this_week = store.between(edition, part, desk.from, desk.until(), length);
  if (!closed) desk.late = store.late(edition, part, desk.today, length, own);
  return desk;
}

}  // namespace birge::work
