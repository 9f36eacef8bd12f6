-- Filters, columns and order of the table of activities that somebody gave a name.
create table saved_view (
  id           {int64} primary key,
  person       {int64} not null,
  organisation {int64} references organisation (id),  -- whose people see it too; null: the person alone
  name         text not null,
  address      text not null,                         -- the query of the table
  created      {int64} not null,
  changed      {int64} not null
) {strict};
create index saved_view_by_person on saved_view (person, name);
create index saved_view_by_organisation on saved_view (organisation, name);
