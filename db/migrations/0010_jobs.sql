-- Work that waits: enqueued in the transaction that wants it, done afterwards, tried again when it fails.
create table job (
  id          {int64} primary key,
  kind        text not null,
  payload     text not null,          -- what the kind needs to know
  state       text not null check (state in ('waiting', 'dead')),
  due         {int64} not null,       -- not before this moment; UTC, milliseconds
  taken_until {int64} not null,       -- while a worker has it; past that it died, and another may take the job
  attempt     {int64} not null,       -- how often it was begun
  failure     text not null,          -- why the last attempt failed, for whoever runs the machine
  created     {int64} not null
) {strict};
create index job_by_due on job (state, due);

-- When what happens regularly happens next.
create table job_schedule (
  name text primary key,
  due  {int64} not null
) {keyed};

-- E-mails on their way; gone with their job, and so are the addresses in them.
create table mail (
  job          {int64} primary key references job (id) on delete cascade,
  recipient    text not null,
  subject      text not null,
  body         text not null,
  headers      text not null,         -- a line each
  useful_until {int64} not null       -- nobody wants it after that
) {strict};
