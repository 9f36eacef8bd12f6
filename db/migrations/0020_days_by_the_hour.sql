-- A month of the calendar shows of each day the first activities by the hour, those without an hour last, and how many there are: that is kept
-- with each write, like the other tallies.

drop index activity_by_day;
create index activity_by_day on activity (edition, day, id, state, region);
create index activity_by_hour on activity (edition, day, (coalesce(start_minutes, 1440)), id, state, region, lead);

create table tally_day (
  edition {int64} not null,
  day     text not null,      -- the first of an activity
  planned {int64} not null,   -- as in tally
  primary key (edition, day)
) {keyed};

insert into tally_day (edition, day, planned)
  select edition, day, count(*) from activity where state in ('approved', 'held', 'reported', 'confirmed', 'cancelled') group by edition, day;

-- What an organisation holds with others is told by this index alone.

drop index activity_organisation_by_day;
create index activity_organisation_by_day on activity_organisation (organisation, edition, day, activity, role);
