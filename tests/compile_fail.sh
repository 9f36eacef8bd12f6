#!/bin/sh
# Unsafe markup must not compile. Each file in tests/compile_fail breaks one rule, and keeps it when GOOD is defined: the compiler has
# to refuse the first and take the second, or the refusal would prove nothing. Usage: tests/compile_fail.sh [compiler]
cd "$(dirname "$0")/.." || exit 1
compiler=${1:-${CXX:-g++}}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# Compiled once beforehand, the header makes each of the many short runs cheap. A compiler that does not look for it reads the source.
mkdir -p "$scratch/include/platform/html" "$scratch/failed"
"$compiler" -std=c++20 -Isrc -x c++-header src/platform/html/html.hpp -w -o "$scratch/include/platform/html/html.hpp.gch" || exit 1

check() {
  name=$(basename "$1" .cpp)
  if "$compiler" -std=c++20 -fsyntax-only -I"$scratch/include" -Isrc "$1" 2>/dev/null; then
    echo "FAILED $1: compiles, although it breaks its rule" >"$scratch/failed/$name"
  elif ! "$compiler" -std=c++20 -fsyntax-only -I"$scratch/include" -Isrc -DGOOD "$1" >"$scratch/out.$name" 2>&1; then
    { echo "FAILED $1: the good twin does not compile"; cat "$scratch/out.$name"; } >"$scratch/failed/$name"
  fi
  rm -f "$scratch/out.$name"
}

count=0
for file in tests/compile_fail/*.cpp; do
  check "$file" &
  count=$((count + 1))
  [ $((count % 4)) -eq 0 ] && wait
done
wait

if [ -n "$(ls "$scratch/failed")" ]; then
  cat "$scratch"/failed/*
  echo "compile_fail: $(ls "$scratch/failed" | wc -l) of $count rules failed"
  exit 1
fi
echo "compile_fail: $count rules hold"
