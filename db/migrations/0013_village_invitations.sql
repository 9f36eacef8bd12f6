-- Invitations of villages: somebody asks the campaign to come. What they wrote and how to reach them goes when it is no longer needed;
-- place, kind and what became of it stay.
create table village_invitation (
  id           {int64} primary key,
  edition      {int64} not null references edition (id),
  reference    text not null unique,    -- the short number that was told to who asked
  once         text not null unique,    -- a hash of the form as it was sent: sent twice, it is stored once
  state        text not null check (state in ('waiting', 'answering', 'answered', 'declined', 'passed_on')),
  language     text not null check (language in ('ky', 'ru', 'en')),  -- in which they asked
  place        {int64} not null references place (id),
  region       {int64} not null references place (id),
  district     {int64} references place (id),
  village      text not null,           -- the place as they wrote it
  kind         text not null,           -- code of what they wish for; empty: none chosen
  wish         text not null,           -- the same in their words
  month        text not null,           -- 2018-10; empty: any time
  audience     text not null,           -- code; empty: not said
  people       {int64},                 -- roughly how many would come
  contact_name text not null,
  contact      text not null,           -- phone or e-mail
  activity     {int64},                 -- what was planned for it; no reference, because undoing an import may take an activity away
  taken_by     {int64} references account (id),  -- who made the latest step
  reason       text not null,           -- why it was declined
  created      {int64} not null,
  changed      {int64} not null,        -- when its state last changed
  forgotten    {int64},                 -- when texts and contact were deleted
  reminded     {int64},                 -- when the coordinators were reminded of it
  version      {int64} not null
) {strict};
create index village_invitation_by_state on village_invitation (edition, state, region, district, created, id);
create index village_invitation_kept on village_invitation (state, changed) where forgotten is null;
