-- What is late is counted by each of its hosts. Few activities have several, so the index of what is open says which: the others need not be looked up.

alter table activity add column co_hosted {int64} not null default 0;  -- 1: it has hosts besides the one that leads
update activity set co_hosted = 1 where id in (select activity from activity_organisation where role = 'co_host');

drop index activity_by_state;
create index activity_by_state on activity (edition, state, due_day, region, district, reach, week, kind, lead, visibility, moved_from_day,
  moved_from_place, co_hosted);
