-- What results tell and the captions of evidence are searched by their folded words. A job writes them, since folding is the program's: those of every
-- result, so that storing one costs no statement more, and those of captions that were stored before there were words.

create table result_word (
  word     text not null,
  activity {int64} not null,    -- no reference: looking it up for each word would cost more than the word
  primary key (word, activity)
) {keyed};
create index result_word_by_activity on result_word (activity);

alter table result add column searched {int64} not null default 0;  -- 1: its words, or those of a later version, are in result_word
-- In the order in which they came, so that results stored together stand together.
create index result_unsearched on result (recorded, activity, version) where searched = 0;

create table caption_word (
  word     text not null,
  evidence {int64} not null references evidence (id),
  primary key (word, evidence)
) {keyed};
create index caption_word_by_evidence on caption_word (evidence);

alter table evidence add column searched {int64} not null default 0;  -- 1: the words of its caption are in caption_word
create index evidence_unsearched on evidence (id) where searched = 0;
