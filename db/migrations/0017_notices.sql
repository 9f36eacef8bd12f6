-- What people are told: notices in the workspace, letters about them, and the private calendar. All of it goes with the account.

create table notice (
  id       {int64} primary key,
  person   {int64} not null references account (id),
  at       {int64} not null,
  event    text not null,
  part     text not null check (part in ('waits', 'mine', 'talk')),  -- the group of the settings it belongs to
  actor    {int64} not null,             -- whose act it was; 0: the program's
  activity {int64} not null,             -- 0: about none; no reference, because undoing an import takes activities away
  version  {int64} not null,             -- of the activity, to which the step led
  subject  {int64} not null,             -- a remark, a joining request; 0: none
  detail   text not null,                -- a code: of a role
  count    {int64} not null,             -- how many of the kind one act made at once; then `activity` is one of them
  seen     {int64},                      -- when the person marked it as read or opened what it is about
  mailed   {int64}                       -- when it went into a letter
) {strict};
create index notice_by_person on notice (person, id);
create index notice_unseen on notice (person, id) where seen is null;
create index notice_unseen_of_activity on notice (activity) where seen is null;
create unique index notice_once on notice (person, event, actor, at, subject);  -- what one act does to many is told in one line

create table notice_setting (            -- how letters come; without a row once a day
  person  {int64} primary key references account (id),
  waits   text not null check (waits in ('now', 'daily', 'weekly', 'none')),
  mine    text not null check (mine in ('now', 'daily', 'weekly', 'none')),
  talk    text not null check (talk in ('now', 'daily', 'weekly', 'none')),
  changed {int64} not null
) {strict};

create table notice_digest (             -- the latest period for which somebody's letter was made: none is made twice
  person {int64} not null references account (id),
  rhythm text not null check (rhythm in ('daily', 'weekly')),
  period text not null,                  -- the day, or the Monday of the week
  primary key (person, rhythm)
) {keyed};

create table calendar_secret (           -- the address of somebody's private calendar
  person  {int64} primary key references account (id),
  token   text not null unique,          -- a hash of what the address holds
  created {int64} not null
) {strict};

create table remark_mention (
  remark {int64} not null references remark (id),
  person {int64} not null,
  primary key (remark, person)
) {keyed};
create index remark_mention_by_person on remark_mention (person);
alter table remark add column taken_back {int64};  -- when its author took it back; then the text is gone
