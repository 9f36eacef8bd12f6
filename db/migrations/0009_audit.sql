-- Who did what to which object, when. Each entry is chained to the one before by its hash, so that an edit, a deletion or another order shows;
-- rows are only ever added. The canonical form that is hashed is described in src/features/audit/chain.hpp.
create table audit (
  sequence     {int64} primary key,   -- 1, 2, 3 ... without gaps
  at           {int64} not null,      -- UTC, milliseconds
  actor        text not null check (actor in ('person', 'command', 'system', 'visitor')),
  person       {int64} not null,      -- who acted; 0 when nobody was signed in
  organisation {int64} not null,      -- for which organisation; 0 for none
  on_behalf    {int64} not null,      -- the person for whom an assistant acted; 0 for none
  action       text not null,
  object       text not null,         -- what kind of object
  object_id    {int64} not null,      -- 0 where the kind alone says it
  region       {int64} not null,      -- the region the object lies in; 0 for none
  owner        {int64} not null,      -- the organisation the object belongs to; 0 for none
  changes      text not null,         -- coded fields before and after; never a text that somebody wrote
  hash         {bytes} not null       -- SHA-256
) {strict};
create index audit_of_object on audit (object, object_id, sequence);
create index audit_of_person on audit (person, sequence);
create index audit_of_region on audit (region, sequence);
create index audit_of_owner on audit (owner, sequence);

-- Where the chain ends: one row, from the first entry on.
create table audit_head (
  one      {int64} primary key check (one = 1),
  sequence {int64} not null,
  hash     {bytes} not null,
  at       {int64} not null
) {strict};
