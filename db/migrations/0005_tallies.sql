-- Small sums kept in the transaction of each write, so that figures never count the activities again. `birge doctor` recomputes them.
create table tally (
  edition        {int64} not null,
  region         {int64} not null,    -- scope: activities of one region; 0: all
  dimension      text not null,       -- total, region, district, week, kind, topic, audience, organisation
  key            text not null,
  planned        {int64} not null,    -- approved, held, reported, confirmed and cancelled
  held           {int64} not null,    -- held, reported and confirmed
  cancelled      {int64} not null,
  moved          {int64} not null,
  reported       {int64} not null,    -- activities whose result is reported
  confirmed      {int64} not null,
  hidden         {int64} not null,    -- of planned, those only the coalition sees listed
  co_hosted      {int64} not null,    -- of planned, those with more than one host
  reported_low   {int64} not null,    -- attendances
  reported_high  {int64} not null,
  confirmed_low  {int64} not null,
  confirmed_high {int64} not null,
  audience_reported_low   {int64} not null,  -- of broadcasts
  audience_reported_high  {int64} not null,
  audience_confirmed_low  {int64} not null,
  audience_confirmed_high {int64} not null,
  moved_held       {int64} not null,  -- of moved, those in a state: so that a list by state finds its sums here too
  moved_cancelled  {int64} not null,
  moved_reported   {int64} not null,
  moved_confirmed  {int64} not null,
  hidden_held      {int64} not null,  -- of hidden
  hidden_cancelled {int64} not null,
  hidden_reported  {int64} not null,
  hidden_confirmed {int64} not null,
  primary key (edition, region, dimension, key)
) {keyed};

create table tally_people (
  edition        {int64} not null,
  region         {int64} not null,
  sex            text not null,       -- female, male, unknown, withheld (sensitive kinds)
  band           text not null,
  reported_low   {int64} not null,
  reported_high  {int64} not null,
  confirmed_low  {int64} not null,
  confirmed_high {int64} not null,
  primary key (edition, region, sex, band)
) {keyed};
