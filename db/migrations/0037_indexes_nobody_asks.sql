-- PostgreSQL writes every index of a row anew, whichever of its columns changes: an index that no question uses costs at each report, and at each import.

drop index activity_by_title;
drop index activity_by_external;
alter table activity drop column folded_title;
