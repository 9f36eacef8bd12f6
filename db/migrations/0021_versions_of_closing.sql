-- What was changed since an edition was closed is told by the version an activity had then, not by the clock: clocks are set back, and a
-- confirmation may be stored after the closing that came before it.

alter table frozen_activity add column version {int64} not null default 0;   -- of the activity at the closing; 0: not known

-- Of editions that are closed already: an activity that counts as it did then needs no look, whatever was done to it; the others get none.
update frozen_activity set version = coalesce((
  select a.version from activity a
   where a.id = frozen_activity.activity and a.state = frozen_activity.state
     and frozen_activity.result = (select coalesce(max(r.version), 0) from result r where r.activity = a.id)), 0);
