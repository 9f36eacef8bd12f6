# Reads a catalogue (written with --no-wrap) and reports every entry that is missing, empty, doubtful ("fuzzy"), or that has
# other {} places than its source. -v file=NAME is the name shown. Fails when there is one.

# The places of a text by argument, sorted: "{} {}" and "{1} {0}" are both "0 1".
function places(text,    list, place, next_place, found, digit) {
  found = ""
  next_place = 0
  delete list
  while (match(text, /[{][0-9]?[}]/)) {
    place = substr(text, RSTART + 1, RLENGTH - 2)
    if (place == "") place = next_place++
    list[place]++
    text = substr(text, RSTART + RLENGTH)
  }
  for (digit = 0; digit < 10; digit++) if (digit in list) found = found " " digit
  return found
}

function complain(what) {
  printf "%s: %s: \"%s\"\n", file, what, id > "/dev/stderr"
  problems++
}

function finish(    i, wanted) {
  if (id != "" && !obsolete) {
    if (fuzzy) complain("doubtful (fuzzy)")
    wanted = places(plural == "" ? id : plural)
    for (i = 0; i < forms; i++) {
      if (form[i] == "") complain(plural == "" ? "not translated" : "form " i " is not translated")
      else if (places(form[i]) != wanted) complain("other {} places than the source")
    }
  }
  id = plural = ""; forms = fuzzy = obsolete = 0; part = ""
}

function text_of(line) { sub(/^[^"]*"/, "", line); sub(/"$/, "", line); return line }

/^#, .*fuzzy/ { finish(); fuzzy = 1; next }
/^#~/ { obsolete = 1; next }
/^#/ { next }
/^$/ { finish(); next }
/^msgctxt / { part = "context"; next }
/^msgid / { id = text_of($0); part = "id"; next }
/^msgid_plural / { plural = text_of($0); part = "plural"; next }
/^msgstr/ { form[forms++] = text_of($0); part = "form"; next }
/^"/ {
  if (part == "id") id = id text_of($0)
  else if (part == "plural") plural = plural text_of($0)
  else if (part == "form") form[forms - 1] = form[forms - 1] text_of($0)
}
END { finish(); exit problems > 0 }
