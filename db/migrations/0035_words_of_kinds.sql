-- Activities are found by their kind, topics and audience groups too. The words of one stand together in a row as well, by which they are taken away: an
-- index of the word table by id would hold each of its rows once more. A job writes the words again, since folding is the program's; it begins as soon as
-- the server does.

drop index search_word_id;
delete from search_word where object = 'activity';

create table activity_words (
  activity {int64} not null primary key,
  edition  {int64} not null,        -- as its words have it
  day      text not null,
  words    text not null            -- folded, a space before each
);

insert into activity_unsearched (activity) select id from activity where true on conflict do nothing;
update job_schedule set due = 0 where name = 'index_activities';
