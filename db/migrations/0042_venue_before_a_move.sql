-- A move to another place has another venue; taken back, the one of before is there again. Null: from before there was this column.
alter table activity_before add column venues text;
