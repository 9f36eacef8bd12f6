-- Taking an import back takes the organisations along that came in with it, where nothing uses them by then.
create table import_organisation (
  run          {int64} not null references import_run (id),
  organisation {int64} not null,  -- no reference, because undoing takes it away
  primary key (run, organisation)
) {keyed};
