-- The agenda shows beside each choice of its filters how many are planned: a hundred rows of the tallies on every page. They stand together in one
-- row as well, which changes where something is planned, moved or taken back, and not with results.

create table tally_choices (
  edition {int64} not null,
  region  {int64} not null,    -- as in tally
  counts  text not null,       -- of its rows but the total, and the districts of the whole country: "dimension planned key", a line each
  primary key (edition, region)
) {keyed};

insert into tally_choices (edition, region, counts)
  select edition, region, {joined}(dimension || ' ' || cast(planned as text) || ' ' || key, '
') from tally where dimension <> 'total' and (dimension <> 'district' or region <> 0) group by edition, region;
