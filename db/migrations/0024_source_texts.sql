-- What a source is called, how it may be used and what is said of it, in the other languages of the country pack; empty: as source has it. It refers
-- to no row, since the sources of editions are stored behind those of the country.
create table source_text (
  source   text not null,
  language text not null,
  title    text not null,
  licence  text not null,
  note     text not null,
  primary key (source, language)
) {keyed};
