-- A page of figures reads all tallies of a scope, some two hundred rows of sixteen numbers, and the agenda those that stand beside the choices of its
-- filters: most of what either asks of the database. They stand together in one row as well. It is made anew where something is planned, moved or
-- taken back; a result only marks it as stale, and a job brings it up to date.

create table tally_scope (
  edition {int64} not null,
  region  {int64} not null,    -- as in tally
  stale   {int64} not null,    -- 1: but for what is planned the lines are behind the tallies
  lines   text not null,       -- a line for each row: dimension, planned and key, behind a tab the numbers from held to audience_confirmed_high
  primary key (edition, region)
) {keyed};

insert into tally_scope (edition, region, stale, lines)
  select edition, region, 0, {joined}(dimension || ' ' || planned || ' ' || key || '	' || held || ' ' || cancelled || ' ' || moved || ' ' || reported
    || ' ' || confirmed || ' ' || hidden || ' ' || co_hosted || ' ' || reported_low || ' ' || reported_high || ' ' || confirmed_low || ' '
    || confirmed_high || ' ' || audience_reported_low || ' ' || audience_reported_high || ' ' || audience_confirmed_low || ' '
    || audience_confirmed_high, '
') from tally group by edition, region;
