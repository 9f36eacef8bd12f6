-- A month of the calendar looks at each of its activities; all that it asks of them stands in the index of the days.

drop index activity_by_day;
create index activity_by_day on activity (edition, day, id, state, region, start_minutes);
