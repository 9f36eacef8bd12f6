-- What the coalition decides of an edition in the workspace: whether it is announced, what it wants to reach, what it writes for the report,
-- what it recommends, and what its figures were when it was closed.

create table edition_work (               -- one row for each edition that was made or changed in the workspace
  edition     {int64} primary key references edition (id),
  version     {int64} not null,           -- grows with every change; forms name the one they saw
  draft       {int64} not null check (draft in (0, 1)),   -- not announced yet: known to those who look after editions only
  copied_from {int64} references edition (id)
) {strict};

create table edition_target (             -- what an edition wants to reach; what is not set has no row
  edition     {int64} not null references edition (id),
  region      {int64} not null,           -- place; 0: the whole country
  kind        text not null,              -- code; empty: all kinds together
  activities  {int64},
  attendances {int64},
  primary key (edition, region, kind),
  check (activities is not null or attendances is not null)
) {keyed};

create table report_text (                -- what people write for the closing report
  edition    {int64} not null references edition (id),
  section    text not null check (section in ('foreword', 'challenges', 'conclusions', 'recommendations')),
  language   text not null,
  version    {int64} not null,
  markdown   text not null,               -- empty: taken out again
  changed    {int64} not null,
  changed_by {int64} not null,            -- the person; only the id
  primary key (edition, section, language)
) {strict};

create table recommendation (             -- of a closing conference; the next edition opens on them
  id           {int64} primary key,
  edition      {int64} not null references edition (id),
  number       {int64} not null,
  version      {int64} not null,
  organisation {int64} references organisation (id),      -- who sees to it
  due          text,
  state        text not null check (state in ('open', 'kept', 'partly', 'dropped')),
  note         text not null,             -- how it stands
  source       text references source (key),              -- of a documented edition
  unique (edition, number)
) {strict};

create table recommendation_text (
  recommendation {int64} not null references recommendation (id),
  language       text not null,
  text           text not null,
  primary key (recommendation, language)
) {strict};

create table edition_closing (            -- each time an edition was closed; the last one without reopened counts
  edition         {int64} not null references edition (id),
  number          {int64} not null,
  at              {int64} not null,       -- the moment as of which its figures stand still
  person          {int64} not null,
  entry           {int64} not null,       -- of the audit log
  hash            {bytes} not null,       -- of that entry
  reopened        {int64},
  reopened_by     {int64},
  reopened_reason text not null,
  primary key (edition, number)
) {strict};

-- The figures of a closed edition, as they were. Gone when it is opened again.
create table frozen_activity (
  edition  {int64} not null references edition (id),
  activity {int64} not null references activity (id),
  state    text not null,
  result   {int64} not null,              -- version of the result that counted; 0: none
  primary key (edition, activity)
) {keyed};

create table frozen_tally (               -- the columns are those of tally, and what was not reported in time
  edition        {int64} not null,
  region         {int64} not null,
  dimension      text not null,
  key            text not null,
  planned        {int64} not null,
  held           {int64} not null,
  cancelled      {int64} not null,
  moved          {int64} not null,
  reported       {int64} not null,
  confirmed      {int64} not null,
  hidden         {int64} not null,
  co_hosted      {int64} not null,
  reported_low   {int64} not null,
  reported_high  {int64} not null,
  confirmed_low  {int64} not null,
  confirmed_high {int64} not null,
  audience_reported_low   {int64} not null,
  audience_reported_high  {int64} not null,
  audience_confirmed_low  {int64} not null,
  audience_confirmed_high {int64} not null,
  unreported     {int64} not null,
  primary key (edition, region, dimension, key)
) {keyed};

create table frozen_people (              -- the columns are those of tally_people
  edition        {int64} not null,
  region         {int64} not null,
  sex            text not null,
  band           text not null,
  reported_low   {int64} not null,
  reported_high  {int64} not null,
  confirmed_low  {int64} not null,
  confirmed_high {int64} not null,
  primary key (edition, region, sex, band)
) {keyed};
