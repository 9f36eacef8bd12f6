-- A country pack may say when pupils have examinations, as soon as a source is found: nobody should plan a lecture at school in these weeks.

create table national_day_next (      -- holidays and the school calendar, entered yearly with a source
  day_from  text not null,
  day_until text not null,
  kind      text not null check (kind in ('holiday', 'memorial', 'school_holiday', 'school_year', 'exam')),
  code      text not null,
  source    text not null references source (key),
  primary key (day_from, code)
) {strict};
insert into national_day_next (day_from, day_until, kind, code, source) select day_from, day_until, kind, code, source from national_day;
drop table national_day;
alter table national_day_next rename to national_day;
