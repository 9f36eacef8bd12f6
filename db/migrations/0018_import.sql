-- Imports of spreadsheets through the page: the upload while it waits, what was corrected in it, and what is needed to take it back.

create table import_run (
  id         {int64} primary key,
  person     {int64} not null,
  edition    {int64} not null references edition (id),
  language   text not null check (language in ('ky', 'ru', 'en')),
  state      text not null check (state in ('checking', 'checked', 'storing', 'stored', 'failed', 'undoing', 'undone', 'put_away')),
  pasted     {int64} not null check (pasted in (0, 1)),
  workbook   {int64} not null check (workbook in (0, 1)),
  bytes      {int64} not null,
  step       {int64} not null,        -- grows with every change, so that neither a form nor a job comes too late
  partial    {int64} not null check (partial in (0, 1)),
  progress   {int64} not null,        -- rows read by the job that works on it
  rows_read  {int64} not null,
  added      {int64} not null,
  updated    {int64} not null,
  unchanged  {int64} not null,
  skipped    {int64} not null,
  blocked    {int64} not null,
  private_rows {int64} not null,      -- rows with what looks like personal data in a public text
  failure    text not null,           -- a message, where it failed
  refused    {int64} not null check (refused in (0, 1)),  -- there is a file of refused rows
  created    {int64} not null,
  stored     {int64},
  undone     {int64},
  undone_by  {int64},
  untouched  {int64} not null         -- rows that an undo left as they are
) {strict};
create index import_run_by_person on import_run (person, id);
create index import_run_by_created on import_run (state, created);

create table import_fix (             -- a cell that was corrected on the page
  run     {int64} not null references import_run (id),
  sheet   {int64} not null,           -- index in the file
  line    {int64} not null,           -- row, as the spreadsheet numbers it
  col     {int64} not null,           -- from 0
  content text not null,
  primary key (run, sheet, line, col)
) {keyed};

create table import_decision (        -- an answer to a question of the import
  run     {int64} not null references import_run (id),
  kind    text not null check (kind in ('organisation', 'near')),
  subject text not null,              -- the name that nobody knows; the row and its sheet
  answer  text not null,              -- id of the organisation or activity that is meant; empty: a new one
  primary key (run, kind, subject)
) {keyed};

create table import_change (          -- what it stored; no reference, because undoing takes activities away
  run      {int64} not null references import_run (id),
  position {int64} not null,
  activity {int64} not null,
  kind     text not null check (kind in ('added', 'changed')),
  version  {int64} not null,          -- of the activity after the import
  before   text not null,             -- of a changed one: everything as it was; empty once it can no longer be undone
  outcome  text not null check (outcome in ('', 'undone', 'left')),
  primary key (run, position)
) {strict};
