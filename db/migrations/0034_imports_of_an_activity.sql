-- Which import stored a version of an activity, for the activity's history.
create index import_change_by_activity on import_change (activity, version);
