#include "features/work/result/result_words.hpp"
#include "features/work/work_import.hpp"
#include "features/work/work_reasons.hpp"
#include "features/work/work_step.hpp"

namespace birge::work {

std::map<ActivityId, Standing> standings(db::Reader& read, activity::EditionId edition) {
  struct Row {
    ActivityId id;
    bool discarded, unapproved;
    std::optional<PersonId> created_by, proposed_by, proposed_for;
    std::optional<Instant> proposed_at;
    std::optional<Day> escalates;
    std::optional<PersonId> reported_by, reported_for;
  };
  std::map<ActivityId, Standing> found;
  read.each<Row>(
      "select w.activity, w.discarded, w.unapproved, w.created_by, w.proposed_by, w.proposed_for, w.proposed_at, w.escalates, w.reported_by,"
      " w.reported_for from activity_work w join activity a on a.id = w.activity where a.edition = $1",
      [&](Row&& row) {
        found.emplace(row.id, Standing{row.discarded, row.unapproved, row.created_by, row.proposed_by, row.proposed_for, row.proposed_at,
                                       row.escalates, row.reported_by, row.reported_for});
      },
      edition);
  return found;
}

void put_standing(db::Tx& tx, ActivityId id, Standing const& standing) {
  if (standing == Standing{}) {
    tx.put("delete from activity_work where activity = $1", id);
    return;
  }
  tx.put_row(
      "insert into activity_work (activity, discarded, unapproved, created_by, proposed_by, proposed_for, proposed_at, escalates, reported_by,"
      " reported_for) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (activity) do update set discarded = excluded.discarded,"
      " unapproved = excluded.unapproved, created_by = excluded.created_by, proposed_by = excluded.proposed_by,"
      " proposed_for = excluded.proposed_for, proposed_at = excluded.proposed_at, escalates = excluded.escalates,"
      " reported_by = excluded.reported_by, reported_for = excluded.reported_for",
      id, standing.discarded, standing.unapproved, standing.created_by, standing.proposed_by, standing.proposed_for, standing.proposed_at,
      standing.escalates, standing.reported_by, standing.reported_for);
}

void mark_proposed(Standing& standing, PersonId person, Instant now, Day today, campaign::Facts const& facts) {
  standing.proposed_by = person;
  standing.proposed_for.reset();
  standing.proposed_at = now;
  standing.escalates = escalation_day(today, facts.holidays);
}

bool worked_on(db::Reader& read, ActivityId id) { return read.maybe<int>("select 1 from activity_step where activity = $1 limit 1", id).has_value(); }

std::set<ActivityId> built_on(db::Reader& read, activity::EditionId edition) {
  std::set<ActivityId> found;
  auto const note = [&](ActivityId id) { found.insert(id); };
  read.each<ActivityId>("select distinct s.activity from activity_step s join activity a on a.id = s.activity where a.edition = $1", note, edition);
  read.each<ActivityId>("select distinct r.activity from remark r join activity a on a.id = r.activity where a.edition = $1", note, edition);
  read.each<ActivityId>("select distinct t.activity from checklist_tick t join activity a on a.id = t.activity where a.edition = $1", note, edition);
  read.each<ActivityId>("select distinct p.activity from work_post p join activity a on a.id = p.activity where a.edition = $1", note, edition);
  read.each<ActivityId>("select distinct e.activity from evidence e join activity a on a.id = e.activity where a.edition = $1", note, edition);
  read.each<ActivityId>("select distinct s.activity from sheet_answer s join activity a on a.id = s.activity where a.edition = $1", note, edition);
  read.each<ActivityId>("select distinct f.activity from frozen_activity f join activity a on a.id = f.activity where a.edition = $1", note, edition);
  read.each<ActivityId>("select distinct r.activity from account_role r join activity a on a.id = r.activity where a.edition = $1", note, edition);
  return found;
}

void result_counts_again(db::Tx& tx, ActivityId id, int from, int to) { detail::copy_words(tx, id, from, to); }

void forget(db::Tx& tx, std::vector<ActivityId> const& ids) {
  for (auto const id : ids) {
    tx.put("delete from activity_work where activity = $1", id);
    tx.put("delete from activity_before where activity = $1", id);
    forget_result_words(tx, id);
    forget_reason_words(tx, id);
  }
}

}  // namespace birge::work
