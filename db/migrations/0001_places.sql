-- What this installation is, where its facts come from, and the administrative tree.

create table setting (
  name  text primary key,
  value text not null
) {strict};

create table source (
  key     text primary key,
  title   text not null,
  address text not null,
  licence text not null,
  dated   text not null,           -- ISO day, month or year; empty when the source has no date
  note    text not null
) {strict};

create table census_unit (
  id         {int64} primary key,
  code       text not null unique,
  population {int64} not null,     -- inhabitants
  men        {int64},
  women      {int64},
  year       {int64} not null,
  source     text not null references source (key)
) {strict};

create table place (
  id          {int64} primary key,
  parent      {int64} references place (id),
  level       {int64} not null check (level between 0 and 3),  -- 0 country, 1 region, 2 district, 3 community
  kind        text not null check (kind in ('country', 'oblast', 'city', 'rayon', 'district_city', 'city_district', 'community')),
  code        text not null unique,   -- in addresses: jalal-abad, nooken
  pcode       text unique,            -- OCHA P-code; null where OCHA gives none
  path        text not null unique,   -- codes from the country down, each followed by / ; a subtree is path >= own and < path_end
  path_end    text not null,
  position    {int64} not null,       -- order among its siblings in the source
  latitude    {real},
  longitude   {real},
  census_unit {int64} references census_unit (id),
  valid_from  text,
  valid_until text
) {strict};
create index place_parent on place (parent, position);

create table place_text (
  place      {int64} not null references place (id),
  language   text not null,
  name       text not null,           -- Жалал-Абад облусу
  short_name text not null,           -- Жалал-Абад
  primary key (place, language)
) {strict};

create table place_alias (            -- every folded spelling a place is found by
  folded text not null,
  place  {int64} not null references place (id),
  primary key (folded, place)
) {strict};

create table map_layer (              -- region, district
  layer       text primary key,
  width       {int64} not null,
  height      {int64} not null,
  west        {real} not null,        -- of the projection: x = (longitude - west) * x_scale, y = (north - latitude) * y_scale
  north       {real} not null,
  x_scale     {real} not null,
  y_scale     {real} not null,
  water       text not null,          -- SVG path data
  borders     text not null,
  attribution text not null
) {strict};

create table place_shape (
  layer       text not null references map_layer (layer),
  place       {int64} not null references place (id),
  outline     text not null,          -- SVG path data in the layer's coordinates
  label_x     {real} not null,
  label_y     {real} not null,
  approximate {int64} not null,
  primary key (layer, place)
) {strict};

create table national_day (           -- holidays and the school calendar, entered yearly with a source
  day_from  text not null,
  day_until text not null,
  kind      text not null check (kind in ('holiday', 'memorial', 'school_holiday', 'school_year')),
  code      text not null,
  source    text not null references source (key),
  primary key (day_from, code)
) {strict};

create table national_day_text (
  code     text not null,
  language text not null,
  name     text not null,
  primary key (code, language)
) {strict};

-- The one word table of search: folded words of whatever can be found.
create table search_word (
  word    text not null,
  object  text not null check (object in ('activity', 'organisation', 'place')),
  edition {int64} not null,           -- 0 where an object belongs to no edition
  day     text not null,              -- the activity's first day; empty for the others
  id      {int64} not null,
  primary key (object, word, edition, day, id)
) {keyed};
create index search_word_id on search_word (object, id, word);
