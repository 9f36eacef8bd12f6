-- Those who may answer an overdue proposal instead are told once: for which of its days of escalation they were.
alter table activity_work add column escalation_told text;
create index activity_work_escalates on activity_work (escalates) where escalates is not null;
