-- Discussions are searched by the folded words of their remarks. Words of remarks written before are added by a job, since folding is the program's.

create table remark_word (
  word   text not null,
  remark {int64} not null references remark (id),
  primary key (word, remark)
) {keyed};
create index remark_word_by_remark on remark_word (remark);

alter table remark add column searched {int64} not null default 0;  -- 1: its words are in remark_word
create index remark_unsearched on remark (id) where searched = 0;
