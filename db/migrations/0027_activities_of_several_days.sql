-- What lasts longer than a day is found on each of its days; what is known by its month alone is on none of them.
create index activity_lasting on activity (edition, end_day, day) where end_day > day and day_precision = 'day';
