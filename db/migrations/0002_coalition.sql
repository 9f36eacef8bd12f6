create table organisation (
  id       {int64} primary key,
  slug     text not null unique,      -- in addresses
  kind     text not null check (kind in ('state_body', 'local_authority', 'civil_society', 'youth', 'international', 'donor', 'media', 'other')),
  region   {int64} references place (id),  -- where it sits; null: national or unknown
  sample   {int64} not null check (sample in (0, 1)),
  website  text not null,
  original text not null,             -- the language its name was given in
  created  {int64} not null
) {strict};

create table organisation_text (
  organisation {int64} not null references organisation (id),
  language     text not null,
  name         text not null,
  short_name   text not null,
  about        text not null,
  primary key (organisation, language)
) {strict};

create table organisation_alias (
  folded       text not null,
  organisation {int64} not null references organisation (id),
  primary key (folded, organisation)
) {strict};
