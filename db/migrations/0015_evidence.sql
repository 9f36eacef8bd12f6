-- Evidence of what was held: pictures, documents, sign-in sheets, scans of orders. The files themselves lie in the data folder under the hash of
-- their content; nothing is kept of the names they had.

create table evidence (
  id             {int64} primary key,
  activity       {int64} not null references activity (id),
  kind           text not null check (kind in ('picture', 'document', 'sheet', 'order')),
  file           text not null,           -- hash of what is kept
  bytes          {int64} not null,
  width          {int64} not null,        -- pixels; 0: a PDF
  height         {int64} not null,
  preview        text not null,           -- hash; empty: a PDF
  preview_width  {int64} not null,
  preview_height {int64} not null,
  caption        text not null,           -- what it shows, in words of the person who added it
  language       text not null,           -- of the caption
  looked         {int64} not null check (looked in (0, 1)),               -- somebody said who can be recognised
  people         {int64} not null check (people in (0, 1)),               -- grown-ups can be recognised
  minors         {int64} not null check (minors in (0, 1)),               -- children can be recognised
  consent        {int64} not null check (consent in (0, 1)),              -- the people agreed
  guardians      {int64} not null check (guardians in (0, 1)),            -- those who answer for the children agreed
  wanted         {int64} not null check (wanted in (0, 1)),               -- publication was asked for
  released_at    {int64},                 -- when somebody who may let it through did; null: nobody yet
  released_by    {int64},
  added          {int64} not null,
  added_by       {int64} not null,
  token          text not null,           -- of the form it came with: sent a second time, it is stored once
  version        {int64} not null,
  unique (added_by, token)
) {strict};
create index evidence_by_activity on evidence (activity, id);
create index evidence_by_file on evidence (file);
create index evidence_by_preview on evidence (preview) where preview <> '';
create index evidence_sheets on evidence (added) where kind = 'sheet';

create table sheet_answer (               -- where the sign-in sheet of an activity is, as those say who reported it
  activity {int64} primary key references activity (id),
  answer   text not null check (answer in ('kept', 'uploaded')),          -- seen, and kept by the organisation; or handed in here
  at       {int64} not null,
  person   {int64} not null
) {strict};
