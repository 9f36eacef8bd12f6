-- What lasts longer than a day is found on each of its days.
create index activity_lasting on activity (edition, end_day, day) where end_day > day;
