-- PostgreSQL writes every index of a row anew, whichever of its columns changes: an index that hardly any question uses costs at each report, and at each
-- import. By title nothing is asked any more; by a number from outside only when a country pack is loaded, in an edition of a few activities.

-- The latest change of an edition was the only question to the index by change, which moved at each of them: it stands in a row of its own.

create table edition_change (
  edition {int64} primary key references edition (id),
  at      {int64} not null                               -- when one of its activities changed last
) {strict};
insert into edition_change (edition, at) select edition, max(changed) from activity group by edition;

drop index activity_by_change;
drop index activity_by_title;
drop index activity_by_external;
alter table activity drop column folded_title;
