-- The head of the list of what was moved is summed from this index alone.
create index activity_moved_sums on activity (edition, state, visibility, attendance_low, attendance_high, audience_low, audience_high)
  where moved_from_day is not null or moved_from_place is not null;
