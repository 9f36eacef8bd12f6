-- What must be printed under a map, in the other languages of the country pack; map_layer has it as the sources write it.
create table map_layer_text (
  layer       text not null references map_layer (layer),
  language    text not null,
  attribution text not null,
  primary key (layer, language)
) {keyed};
