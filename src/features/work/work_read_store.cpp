#include <algorithm>

#include "features/account/role_holders.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/work/work_store.hpp"

namespace birge::work {

namespace {

using account::Permission;
using account::Person;
using db::Sql;

std::optional<place::PlaceId> region_of(Activity const& activity, campaign::Facts const& facts) {
  if (activity.reach != activity::Reach::place || !activity.place) return std::nullopt;
  auto const* region = facts.places->region_of(*activity.place);
  return region ? std::optional(region->id) : std::nullopt;
}

std::vector<OrganisationId> hosts(Activity const& activity) {
  std::vector<OrganisationId> list{activity.lead};
  list.insert(list.end(), activity.co_hosts.begin(), activity.co_hosts.end());
  return list;
}

Doer doer(std::optional<PersonId> person, std::optional<PersonId> principal) { return {person.value_or(PersonId{}), principal.value_or(PersonId{})}; }

/// Steps that can be taken back; an edit is simply edited again.
bool can_be_undone(std::string_view action) {
  auto const known = action_of(action);
  return known && *known != Action::edit && *known != Action::undo;
}

}  // namespace

Beside const& Store::beside(ActivityId id) {
  auto const [known, added] = beside_.try_emplace(id);
  if (!added) return known->second;
  struct Row {
    std::optional<bool> discarded, unapproved;
    std::optional<PersonId> created_by, proposed_by, proposed_for;
    std::optional<Instant> proposed_at;
    std::optional<Day> escalates;
    std::optional<PersonId> reported_by, reported_for;
    std::optional<int> version;
    std::optional<Instant> at;
    std::optional<std::string> action;
    std::optional<PersonId> person, acting_for;
  };
  auto const row = read_.maybe<Row>(
      "select w.discarded, w.unapproved, w.created_by, w.proposed_by, w.proposed_for, w.proposed_at, w.escalates, w.reported_by, w.reported_for,"
      " s.version, s.at, s.action, s.person, s.acting_for from activity a left join activity_work w on w.activity = a.id"
      " left join activity_step s on s.activity = a.id and s.version = (select max(l.version) from activity_step l where l.activity = $1)"
      " where a.id = $1",
      id);
  if (!row) return known->second;
  Standing const work{row->discarded.value_or(false),
                      row->unapproved.value_or(false),
                      row->created_by,
                      row->proposed_by,
                      row->proposed_for,
                      row->proposed_at,
                      row->escalates,
                      row->reported_by,
                      row->reported_for};
  known->second.work = work;
  if (row->version) known->second.latest = Beside::Latest{*row->version, row->at.value(), row->action.value(), row->person.value(), row->acting_for};
  return known->second;
}

bool plans_for_organisation(account::Grant const& grant) {
  return grant.organisation && grant.role != account::Role::helper && account::extent(grant.role, Permission::plan) != account::Extent::never;
}

account::Object object_of(Activity const& activity, campaign::Facts const& facts) {
  return {region_of(activity, facts), hosts(activity), activity.id.value};
}

Standing Store::work(ActivityId id) { return beside(id).work; }

std::vector<Line> Store::timeline(ActivityId id) {
  // A change that came in another way is stored with the reason of the activity, which stays that of an earlier move where it gave none of its own.
  return read_.all<Line>(
      "select c.at, c.version, coalesce(s.action, c.what), c.state, s.person, s.acting_for, s.organisation, coalesce(s.role, c.actor),"
      " case when s.reason is not null then s.reason when c.what in ('created', 'moved', 'cancelled') then c.reason when c.what = 'undo'"
      " or c.reason = b.reason then '' else c.reason end, r.id, r.created, nullif(r.person, 0) from activity_change c"
      " left join activity_change b on b.activity = c.activity and b.version = c.version - 1"
      " left join activity_step s on s.activity = c.activity and s.version = c.version"
      " left join import_change i on i.activity = c.activity and i.version = c.version left join import_run r on r.id = i.run"
      " where c.activity = $1 order by c.version",
      id);
}

std::optional<Paper> Store::paper(ActivityId id) {
  struct Row {
    int version;
    std::string order_number;
    Day order_day;
    std::string signed_by;
  };
  auto row = read_.maybe<Row>(
      "select version, order_number, order_day, signed_by from paper_approval where activity = $1 order by version desc limit 1", id);
  if (!row) return std::nullopt;
  auto const lines = timeline(id);
  auto const* approval = approval_of(lines);
  if (!approval || approval->version != row->version) return std::nullopt;
  return Paper{std::move(row->order_number), row->order_day, std::move(row->signed_by)};
}

ResultWords Store::words(ActivityId id, int result_version) {
  struct Row {
    bool sum_differs;
    std::string challenges, recommendation, reason;
  };
  ResultWords words;
  if (auto row = read_.maybe<Row>("select sum_differs, challenges, recommendation, reason from result_words where activity = $1 and version = $2", id,
                                  result_version)) {
    words.sum_differs = row->sum_differs;
    words.challenges = std::move(row->challenges);
    words.recommendation = std::move(row->recommendation);
    words.reason = std::move(row->reason);
  }
  words.questions =
      read_.all<Question>("select topic, question from result_question where activity = $1 and version = $2 order by position", id, result_version);
  return words;
}

std::vector<ResultVersion> Store::results(ActivityId id) {
  struct Row {
    int version;
    std::optional<std::int64_t> low, high, audience_low, audience_high;
    std::string method;
    Day reported_day;
    std::string reason;
    std::optional<Instant> at;
    std::optional<PersonId> person;
    std::optional<OrganisationId> organisation;
    std::string role;
    Instant recorded;
    std::optional<OrganisationId> counted_by;
  };
  std::vector<ResultVersion> list;
  read_.each<Row>(
      "select r.version, r.total_low, r.total_high, r.audience_low, r.audience_high, r.method, r.reported_day, coalesce(w.reason, ''), c.at, c.person,"
      " c.organisation, coalesce(c.role, ''), r.recorded, r.counted_by from result r left join result_words w on w.activity = r.activity and w.version = r.version"
      " left join result_confirmation c on c.activity = r.activity and c.version = r.version where r.activity = $1 order by r.version",
      [&](Row&& row) {
        list.push_back({row.version,
                        activity::stored_count(row.low, row.high),
                        activity::stored_count(row.audience_low, row.audience_high),
                        std::move(row.method),
                        row.reported_day,
                        std::move(row.reason),
                        row.at,
                        row.person,
                        row.organisation,
                        std::move(row.role),
                        row.recorded,
                        row.counted_by,
                        {}});
      },
      id);
  struct Counted {
    int version;
    std::string sex, band;
    std::int64_t low, high;
  };
  read_.each<Counted>(
      "select version, sex, band, low, high from result_count where activity = $1 order by version, sex, band",
      [&](Counted&& row) {
        auto const of = std::ranges::find(list, row.version, &ResultVersion::version);
        if (of != list.end()) of->cells.push_back({activity::sex_of(row.sex).value(), std::move(row.band), {row.low, row.high}});
      },
      id);
  return list;
}

std::map<std::string, Instant> Store::ticks(ActivityId id) {
  struct Row {
    std::string item;
    Instant at;
  };
  std::map<std::string, Instant> ticks;
  read_.each<Row>(
      "select item, at from checklist_tick where activity = $1", [&](Row&& row) { ticks.emplace(std::move(row.item), row.at); }, id);
  return ticks;
}

std::vector<Remark> Store::remarks(ActivityId id, std::int64_t before, int limit) {
  Sql sql("select id, at, person, text, taken_back from remark where activity = ?", id);
  if (before > 0) sql.add(" and id < ?", before);
  auto list = read_.all<Remark>(sql.add(" order by id desc limit ?", limit));
  std::ranges::reverse(list);
  return list;
}

std::vector<PersonId> Store::mentioned(std::int64_t remark) {
  return read_.all<PersonId>("select person from remark_mention where remark = $1 order by person", remark);
}

std::vector<PersonId> Store::remarkers(ActivityId id) {
  return read_.all<PersonId>("select person from remark where activity = $1 and taken_back is null group by person order by max(id) desc limit 50",
                             id);
}

std::optional<ActivityId> Store::posted(PersonId person, std::string_view token) {
  if (token.empty()) return std::nullopt;
  return read_.maybe<ActivityId>("select activity from work_post where person = $1 and token = $2", person, token);
}

Facts Store::facts(Activity const& activity, campaign::Facts const& known, Day today) {
  auto const& [work, latest] = beside(activity.id);
  Facts facts;
  facts.state = activity.state;
  facts.discarded = work.discarded;
  facts.closed = campaign::closed(read_, activity.edition);
  facts.has_result = activity.result.has_value();
  facts.day = activity.day;
  facts.end_day = activity.end_day;
  facts.proposed = doer(work.proposed_by, work.proposed_for);
  facts.reported = doer(work.reported_by, work.reported_for);
  facts.escalates = work.escalates;
  place_facts(facts, region_of(activity, known), activity.lead, today);
  if (latest) {
    facts.latest = doer(latest->person, latest->acting_for);
    facts.latest_at = latest->at;
    facts.latest_can_be_undone = latest->version == activity.version && can_be_undone(latest->action);
  }
  return facts;
}

Facts Store::facts(Brief const& brief, Day today) {
  Facts facts;
  facts.state = activity::state_of(brief.state).value();
  facts.closed = campaign::closed(read_, brief.edition);
  facts.has_result = brief.attendance_low || facts.state == State::reported || facts.state == State::confirmed;
  facts.day = brief.day;
  facts.end_day = brief.end_day;
  facts.proposed = doer(brief.proposed_by, brief.proposed_for);
  facts.reported = doer(brief.reported_by, brief.reported_for);
  facts.escalates = brief.escalates;
  place_facts(facts, brief.region, brief.lead, today);
  return facts;
}

std::vector<account::Coordinator> const& Store::coordinators(activity::PlaceId region) {
  auto const found = coordinators_.find(region);
  if (found != coordinators_.end()) return found->second;
  return coordinators_.emplace(region, account::regional_coordinators(read_, region)).first->second;
}

std::vector<PersonId> Store::acting_coordinators(activity::PlaceId region, Day today) {
  std::vector<PersonId> people;
  for (auto const& coordinator : coordinators(region))
    if (account::signs_in(read_, coordinator.person) || !standing_in_for({coordinator.person}, today).empty()) people.push_back(coordinator.person);
  return people;
}

void Store::place_facts(Facts& facts, std::optional<activity::PlaceId> region, OrganisationId lead, Day today) {
  if (!region) return;
  facts.in_one_region = true;
  auto const& here = coordinators(*region);
  facts.regional_coordinators = static_cast<int>(acting_coordinators(*region, today).size());
  facts.by_regional_administration = std::ranges::any_of(
      here, [&](account::Coordinator const& coordinator) { return coordinator.comes_from(lead) || facts.proposed.is(coordinator.person); });
}

Actor Store::actor(Person const& person, Activity const& activity, campaign::Facts const& known, Day today) {
  return actor(Viewer(read_, person, today), activity, known);
}

Actor Store::actor(Viewer const& viewer, Activity const& activity, campaign::Facts const& known) {
  Seen seen;
  seen.id = activity.id;
  seen.edition = activity.edition;
  seen.region = region_of(activity, known);
  seen.lead = activity.lead;
  seen.co_hosts = activity.co_hosts;
  seen.created_by = work(activity.id).created_by;
  return viewer.actor(seen);
}

bool may_see(Person const& person, Activity const& activity, Actor const& actor) {
  if (actor.plans || actor.helps) return true;
  if (activity.state == State::draft) return false;
  return account::may_everywhere(person, Permission::see_coalition);
}

}  // namespace birge::work
