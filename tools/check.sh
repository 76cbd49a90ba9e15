#!/bin/sh
# Everything that can be known about the code without running its tests. Runs all, then says which failed.
set -u
run=.venv/bin/python
failed=""

step() { # $1: what it is; the rest: the command
  what=$1
  shift
  if said=$("$@" 2>&1); then
    printf '  ok     %s\n' "$what"
  else
    printf '  FAILED %s\n%s\n' "$what" "$said"
    failed="$failed $what;"
  fi
}

step "format" $run -m ruff format --check --quiet .
step "lint" $run -m ruff check --quiet .
step "types" $run -m mypy
step "import contracts" .venv/bin/lint-imports
step "content" $run -m bot check
step "catalogues" $run -m pytest -q -p no:cacheprovider tests/bot/words/test_catalogues.py
step "map of files" $run tools/map.py --check
step "requirement files" sh tools/requirements.sh --check

if [ -n "$failed" ]; then
  echo "Not yet:$failed" >&2
  exit 1
fi
