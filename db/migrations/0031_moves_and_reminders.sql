-- Taking a move back puts back how exactly its days were known and in which places it was to be: ids with spaces between; null: as they are.
alter table activity_before add column day_precision text;
alter table activity_before add column places text;

-- Until which day each daily work was done, so that a morning on which no server ran is made up for.
create table work_done (
  work  text primary key,
  until text not null
) {strict};

-- What to think of before an activity, as the country pack has it; empty where the pack came in before this table: then the one in the program counts.
create table checklist_item (
  code     text primary key,
  position {int64} not null,
  kinds    text not null,  -- codes with spaces between; *: every kind
  name_ky  text not null,
  name_ru  text not null,
  name_en  text not null
) {strict};

-- First reports that were taken back, to tell when the one that counts came in.
create index activity_step_report_undone on activity_step (activity, at) where action = 'undo' and state_before = 'reported' and state <> 'reported';
