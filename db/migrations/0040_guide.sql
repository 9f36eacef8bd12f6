-- The guide of the country pack: signs to recognise, and advice for those who are going away. What stands there is unchecked until somebody checks it and
-- says how. A source refers to no row, as in source_text.
create table guide_line (
  code     text primary key,
  part     text not null check (part in ('sign', 'advice')),
  position {int64} not null,
  source   text not null
) {keyed};

create table guide_line_text (
  line     text not null references guide_line (code),
  language text not null,
  text     text not null,
  primary key (line, language)
) {keyed};

create table guide_check (
  id      {int64} primary key,
  line    text not null references guide_line (code),
  day     text not null,              -- when it was checked
  by_whom text not null,              -- office or role, not a private person's data
  how     text not null,              -- read it over, asked the ministry ...
  works   {int64} not null check (works in (0, 1)),  -- 0: found wrong
  note    text not null
) {strict};
