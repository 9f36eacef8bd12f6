#!/bin/sh
# The direction of dependencies: platform <- features <- app <- main, and inside each as CMakeLists.txt draws it. Fails on an #include against it.
set -u
cd "$(dirname "$0")/.."
bad=0
refuse() { # folder, pattern of includes it must not have, why
  found=$(grep -rnE "#include \"($2)" "src/$1" 2>/dev/null)
  if [ -n "$found" ]; then echo "$3:"; echo "$found"; bad=1; fi
}
refuse platform 'features/|app/' 'the platform knows nothing of campaigns'
refuse features 'app/' 'a feature does not know the program around it'
refuse platform/base 'platform/(html|i18n|db|sheet|http)/' 'base uses nothing but itself'
refuse platform/html 'platform/(i18n|db|sheet|http)/' 'html uses base only'
refuse platform/i18n 'platform/(db|sheet|http)/' 'i18n uses base and html'
refuse platform/db 'platform/(html|i18n|sheet|http)/' 'db uses base only'
refuse platform/jobs 'platform/(html|i18n|sheet|http)/' 'jobs uses base and db'
refuse platform/db 'platform/jobs/' 'db uses base only'
refuse platform/files 'platform/(html|i18n|db|sheet|http|jobs)/' 'files uses base only'
refuse platform/sheet 'platform/(html|i18n|db|http)/' 'sheet uses base only'

# A feature uses those before it in this line, and of them only what is not their store or is named below.
line="audit place coalition account notice campaign site evidence activity village work news board people trust sample insight gap exchange intake report edition overview search"
before=""
for feature in $line; do
  after=$(echo "$line" | sed "s/.*$feature *//" | tr ' ' '|')
  [ -n "$after" ] && refuse "features/$feature" "features/($after)/" "$feature comes before what it uses"
done

# The stores that others may read: how activities are read, for all; each of the rest for the features named. Tests look where they like.
open='"features/activity/activity_store.hpp"
^src/features/(people|search)/.*"features/account/account_store.hpp"
^src/features/(work|search)/.*"features/evidence/evidence_store.hpp"
^src/features/news/.*"features/work/work_store.hpp"
^src/features/(edition|search)/.*"features/report/report_texts_store.hpp"'
found=$(grep -rnE '#include "features/[^"]*_store\.hpp"' src/features | grep -vE '^src/features/([a-z]+)/.*"features/\1/|_test\.cpp:|_testing\.hpp:' |
  grep -vE "$open")
if [ -n "$found" ]; then echo "the store of another feature:"; echo "$found"; bad=1; fi

# Vendor headers stay behind their own files.
vendor() { # header pattern, the files that may
  found=$(grep -rlE "#include <($1)" src | grep -vE "$2")
  if [ -n "$found" ]; then echo "only $2 may include $1:"; echo "$found"; bad=1; fi
}
vendor 'sqlite3' '^src/platform/db/(sqlite[a-z_]*)\.(cpp|hpp)$'
vendor 'libpq' '^src/platform/db/postgres[a-z_]*\.(cpp|hpp)$'
vendor 'boost/(beast|asio)' '^src/platform/http/'
vendor 'xlsxwriter|zip\.h|expat' '^src/platform/(sheet|db)/|^src/platform/html/.*_test|^src/.*_test\.cpp$|^src/app/archive'
vendor 'liboath' '^src/features/account/second_factor\.cpp$'
vendor 'zxcvbn' '^src/features/account/password\.cpp$'
vendor 'sodium' '^src/features/account/account_secrets\.cpp$|^src/features/audit/chain\.cpp$|^src/platform/base/encoding\.cpp$|^src/platform/files/folder\.cpp$|^src/app/archive|^src/.*_test\.cpp$'
vendor 'vips/' '^src/platform/files/picture\.cpp$'
vendor 'qpdf/' '^src/platform/files/pdf\.cpp$'
vendor 'libical' '^src/features/activity/|^src/.*_test\.cpp$'

# SQL stands in stores, in packs and in the data layer.
found=$(grep -rnEi '"(select|insert into|update|delete from) ' src --include='*.cpp' | grep -vE '_(store|pack|test)\.cpp:|^src/platform/db/|testing' )
if [ -n "$found" ]; then echo "SQL outside a store:"; echo "$found"; bad=1; fi
exit $bad
