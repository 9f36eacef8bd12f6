create table activity (
  id             {int64} primary key,
  edition        {int64} not null references edition (id),
  kind           text not null,
  state          text not null check (state in ('draft', 'proposed', 'returned', 'approved', 'held', 'reported', 'confirmed', 'cancelled')),
  visibility     text not null check (visibility in ('public', 'coalition')),
  sensitive      {int64} not null,    -- of its kind when it was saved: no public count by sex or age
  version        {int64} not null,    -- grows with every change; edits name the one they saw
  sequence       {int64} not null,    -- iCalendar SEQUENCE
  uid            text not null unique,
  day            text not null,       -- first day; of a month or year only: its first day
  day_precision  text not null check (day_precision in ('day', 'month', 'year')),
  end_day        text not null,
  week           text not null,       -- Monday of the first day
  start_minutes  {int64},             -- local time
  end_minutes    {int64},
  reach          text not null check (reach in ('place', 'several', 'national', 'online')),
  place          {int64} references place (id),   -- the smallest known; null unless reach is place
  region         {int64} references place (id),
  district       {int64} references place (id),
  village        text not null,
  lead           {int64} not null references organisation (id),
  languages      text not null,       -- of the event: codes with spaces between
  entry          text not null check (entry in ('', 'open', 'invitation')),
  cost           text not null,
  contact        text not null,       -- public
  expected_low   {int64},
  expected_high  {int64},
  moved_from_day   text,              -- of the latest move
  moved_from_place {int64} references place (id),
  reason         text not null,       -- of a cancellation or move
  external_id    text,                -- the sender's own id column
  folded_title   text not null,
  due_day        text not null,       -- last day on which its result is in time
  attendance_low  {int64},            -- of the current result; null: none or no count
  attendance_high {int64},
  audience_low   {int64},             -- broadcast audience
  audience_high  {int64},
  source         text references source (key),  -- of a documented activity
  created        {int64} not null,
  changed        {int64} not null
) {strict};
create index activity_by_day on activity (edition, day, id);
create index activity_by_region on activity (edition, region, day, id);
create index activity_by_district on activity (edition, district, day, id);
create index activity_by_kind on activity (edition, kind, day, id);
create index activity_by_region_kind on activity (edition, region, kind, day, id);
-- What is not reported in time is counted and told apart from this index alone.
create index activity_by_state on activity (edition, state, due_day, region, district, reach, week, kind, lead, visibility, moved_from_day, moved_from_place);
create index activity_moved on activity (edition, day, id) where moved_from_day is not null or moved_from_place is not null;
create index activity_by_title on activity (edition, folded_title);
create index activity_by_external on activity (edition, external_id);
create index activity_by_change on activity (edition, changed, id);

create table activity_text (
  activity {int64} not null references activity (id),
  language text not null,
  original {int64} not null check (original in (0, 1)),
  title    text not null,
  summary  text not null,
  venue    text not null,
  primary key (activity, language)
) {keyed};

-- edition and day stand here again so that each list is read from one index in the order it is shown.
create table activity_topic (
  activity {int64} not null references activity (id),
  topic    text not null,
  edition  {int64} not null,
  day      text not null,
  primary key (activity, topic)
) {keyed};
create index activity_topic_by_day on activity_topic (topic, edition, day, activity);

create table activity_audience (
  activity {int64} not null references activity (id),
  audience text not null,
  edition  {int64} not null,
  day      text not null,
  primary key (activity, audience)
) {keyed};
create index activity_audience_by_day on activity_audience (audience, edition, day, activity);

create table activity_organisation (
  activity     {int64} not null references activity (id),
  organisation {int64} not null references organisation (id),
  role         text not null check (role in ('lead', 'co_host', 'partner')),
  position     {int64} not null,
  edition      {int64} not null,
  day          text not null,
  primary key (activity, organisation)
) {keyed};
create index activity_organisation_by_day on activity_organisation (organisation, edition, day, activity);
create index activity_organisation_co_hosts on activity_organisation (activity, organisation) where role = 'co_host';

create table activity_place (         -- of an activity in several places
  activity {int64} not null references activity (id),
  place    {int64} not null references place (id),
  primary key (activity, place)
) {strict};

create table result (                 -- every version stays; the highest one counts
  activity      {int64} not null references activity (id),
  version       {int64} not null,
  method        text not null check (method in ('', 'sign_in_sheet', 'head_count', 'estimate', 'ticket')),
  total_low     {int64},              -- attendance; null where only an audience is known
  total_high    {int64},
  audience_low  {int64},
  audience_high {int64},
  counted_by    {int64} references organisation (id),
  reported_day  text not null,        -- local day it came in
  narrative     text not null,        -- coalition only
  recorded      {int64} not null,
  primary key (activity, version)
) {strict};

create table result_count (
  activity {int64} not null,
  version  {int64} not null,
  sex      text not null check (sex in ('female', 'male', 'unknown')),
  band     text not null,             -- code of age_band, or under_18, adult, unknown
  low      {int64} not null,
  high     {int64} not null,
  primary key (activity, version, sex, band),
  foreign key (activity, version) references result (activity, version)
) {keyed};

create table activity_warning (       -- what an import let through but people should see
  activity {int64} not null references activity (id),
  position {int64} not null,
  code     text not null,
  field    text not null,
  detail   text not null,             -- the value in question, never of a withheld text
  primary key (activity, position)
) {strict};

create table activity_change (
  activity {int64} not null references activity (id),
  version  {int64} not null,
  at       {int64} not null,
  state    text not null,
  what     text not null,             -- created, updated, moved, cancelled, reported, corrected
  reason   text not null,
  actor    text not null,             -- role: import, pack, sample
  primary key (activity, version)
) {strict};
