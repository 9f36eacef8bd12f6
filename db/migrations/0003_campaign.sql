-- Code lists of the country pack: kind, topic, audience, age_band.
create table code (
  list      text not null check (list in ('kind', 'topic', 'audience', 'age_band')),
  code      text not null,
  position  {int64} not null,
  icon      text not null,
  sensitive {int64} not null,         -- kinds whose activities are coalition-only unless said otherwise
  broadcast {int64} not null,         -- kinds that have an audience beside those attending
  low_age   {int64},                  -- of an age band, both included; no high_age: and over
  high_age  {int64},
  primary key (list, code)
) {strict};

create table code_text (
  list     text not null,
  code     text not null,
  language text not null,
  name     text not null,
  primary key (list, code, language),
  foreign key (list, code) references code (list, code)
) {strict};

create table code_alias (
  list   text not null,
  folded text not null,
  code   text not null,
  primary key (list, folded),
  foreign key (list, code) references code (list, code)
) {strict};

-- Numbers a person may need. Unverified until somebody checks them and says how.
create table contact (
  code       text primary key,        -- 1899
  number     text not null,
  purpose    text not null check (purpose in ('hotline', 'emergency', 'helpline')),
  position   {int64} not null,
  source     text not null,           -- address of the page the number was read on
  source_day text not null,           -- ISO day, month or year of that page
  confidence text not null check (confidence in ('high', 'medium', 'low'))
) {strict};

create table contact_text (
  contact  text not null references contact (code),
  language text not null,
  name     text not null,
  note     text not null,
  primary key (contact, language)
) {strict};

create table contact_check (
  id      {int64} primary key,
  contact text not null references contact (code),
  day     text not null,              -- when it was checked
  by_whom text not null,              -- office or role, not a private person's data
  how     text not null,              -- called, official page ...
  works   {int64} not null check (works in (0, 1)),
  note    text not null
) {strict};
create index contact_check_contact on contact_check (contact, day);

create table edition (
  id            {int64} primary key,
  slug          text not null unique, -- 2018
  year          {int64} not null,
  sample        {int64} not null check (sample in (0, 1)),
  due_days      {int64} not null,     -- working days after an activity within which its result is due
  count_limit   {int64} not null,     -- an attendance above it is taken for a typing error
  audience_limit {int64} not null     -- the same for a broadcast
) {strict};

create table edition_dates (          -- an extension is a new version; the highest one counts
  edition          {int64} not null references edition (id),
  version          {int64} not null,
  preparation_from text not null,
  campaign_from    text not null,
  campaign_until   text not null,
  closing_until    text not null,
  conference_day   text,
  reason           text not null,
  primary key (edition, version)
) {strict};

create table edition_text (
  edition  {int64} not null references edition (id),
  language text not null,
  name     text not null,
  slogan   text not null,
  about    text not null,
  primary key (edition, language)
) {strict};

create table edition_organisation (
  edition      {int64} not null references edition (id),
  organisation {int64} not null references organisation (id),
  role         text not null check (role in ('lead', 'partner', 'donor')),
  position     {int64} not null,
  primary key (edition, organisation, role)
) {strict};

create table stated_figure (          -- a published total whose parts are unknown; never added to counts
  edition  {int64} not null references edition (id),
  measure  text not null check (measure in ('activities', 'attendances', 'organisations', 'regions', 'conference_attendances')),
  low      {int64} not null,
  high     {int64},                   -- null: "over", no upper bound was published
  source   text not null references source (key),
  primary key (edition, measure)
) {strict};
