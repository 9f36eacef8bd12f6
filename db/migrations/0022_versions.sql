-- Names for what some tables hold, by which programs know whether what they keep in memory is still true (platform/db/version.hpp).

create table version (
  name  text primary key,   -- facts, rights
  value text not null       -- another one at each change
) {keyed};

insert into version (name, value) select 'facts', value from setting where name = 'facts_version';
delete from setting where name = 'facts_version';
