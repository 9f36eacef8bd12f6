-- Ids are unique among all objects, so the index by which words are deleted needs nothing else: an import writes some thirty words for each
-- activity.
drop index search_word_id;
create index search_word_id on search_word (id);
