-- Indexes that no question uses, each a page more for every result that is stored; and one that holds only what is asked for.

drop index activity_work_by_proposer;
drop index activity_step_by_person;
drop index result_question_by_topic;

drop index activity_work_by_creator;
create index activity_work_by_creator on activity_work (created_by, activity) where created_by is not null;
