-- A list shows twenty activities, of each of which it read some sixteen values in three tables. What it shows of the plan of one now stands beside
-- each of its texts as one value, a line for each part, in the order of features/activity/activity_card.cpp; how far an activity has come and how
-- many came to it stand in the index that lists are read by.

alter table activity_text add column card text not null default '';

update activity_text set card = (
  select a.kind || '
' || a.day_precision || '
' || a.end_day || '
' || coalesce(cast(a.start_minutes as text), '') || '
' || coalesce(cast(a.end_minutes as text), '') || '
' || a.reach || '
' || coalesce(cast(a.place as text), '') || '
' || a.village || '
' || cast(a.lead as text) || '
' || coalesce(a.moved_from_day, '') || '
' || coalesce(cast(a.moved_from_place as text), '') || '
' || a.due_day || '
' || activity_text.title || '
' || activity_text.venue
  from activity a where a.id = activity_text.activity);

drop index activity_by_day;
create index activity_by_day on activity (edition, day, id, state, region, visibility, attendance_low, attendance_high, audience_low, audience_high);
