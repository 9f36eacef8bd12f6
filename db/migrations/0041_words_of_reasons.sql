-- Why something was returned, moved, cancelled or corrected, and the orders of approvals on paper, are searched by their folded words. A job writes them,
-- since folding is the program's; whatever stores a reason or an order names its activity here.

create table reason_word (
  word     text not null,
  activity {int64} not null,    -- no reference: looking it up for each word would cost more than the word
  primary key (word, activity)
) {keyed};
create index reason_word_by_activity on reason_word (activity);

create table reason_unsearched (
  activity {int64} not null primary key     -- its words are missing, or those of before
) {keyed};
insert into reason_unsearched (activity) select activity from activity_step where reason <> '' union select activity from activity_change where reason <> ''
  union select activity from paper_approval;
