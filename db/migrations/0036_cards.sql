-- A list shows twenty activities, of each of which it read some twenty values in three tables. What it shows of the plan of one now stands beside its
-- texts as one value for each of them, a line for each part, in the order of features/activity/activity_card.cpp; in a table of its own, whose rows are
-- small where a summary is long. How far an activity has come and how many came to it stand in the index that lists are read by.

create table activity_card (
  activity {int64} not null references activity (id),
  language text not null,                                      -- of the text, as in activity_text
  original {int64} not null check (original in (0, 1)),
  card     text not null,
  primary key (activity, language)
) {keyed};

insert into activity_card (activity, language, original, card)
  select t.activity, t.language, t.original, t.language || '
' || a.kind || '
' || a.day_precision || '
' || a.end_day || '
' || coalesce(cast(a.start_minutes as text), '') || '
' || coalesce(cast(a.end_minutes as text), '') || '
' || a.reach || '
' || coalesce(cast(a.place as text), '') || '
' || replace(a.village, '
', ' ') || '
' || cast(a.lead as text) || '
' || coalesce(a.moved_from_day, '') || '
' || coalesce(cast(a.moved_from_place as text), '') || '
' || a.due_day || '
' || replace(t.title, '
', ' ') || '
' || replace(t.venue, '
', ' ')
  from activity_text t join activity a on a.id = t.activity;

drop index activity_by_day;
create index activity_by_day on activity (edition, day, id, state, region, visibility, attendance_low, attendance_high, audience_low, audience_high);
