-- Activities are found by the names of their places, co-hosts and partners too. Words of activities stored before are written again by a job, since
-- folding is the program's.

create table activity_unsearched (
  activity {int64} not null primary key     -- its words are those of before
) {keyed};
insert into activity_unsearched (activity) select id from activity;
