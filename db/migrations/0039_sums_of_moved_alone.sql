-- The sums of what was moved, from the index alone: without the columns of its condition SQLite fetched each activity to look at them again, which took
-- two thirds longer for 500 of them.
drop index activity_moved_sums;
create index activity_moved_sums on activity (edition, state, visibility, attendance_low, attendance_high, audience_low, audience_high, moved_from_day,
  moved_from_place) where moved_from_day is not null or moved_from_place is not null;
