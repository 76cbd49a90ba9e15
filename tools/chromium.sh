#!/bin/sh
# Finds a Chromium for the browser tests; installs Debian's when it may.
#   chromium.sh           make sure there is one, or say how to get it
#   chromium.sh --print   print its path
set -eu

find_it() {
  if [ -n "${CADRAGE_CHROMIUM:-}" ]; then
    [ -x "$CADRAGE_CHROMIUM" ] && echo "$CADRAGE_CHROMIUM"
    return
  fi
  for name in /usr/bin/chromium chromium chromium-browser google-chrome; do
    command -v "$name" && return
  done
  return 0
}

found=$(find_it)
if [ "${1:-}" = --print ]; then
  echo "$found"
  exit 0
fi
[ -n "$found" ] && exit 0

if [ -n "${CADRAGE_CHROMIUM:-}" ]; then
  echo "CADRAGE_CHROMIUM names $CADRAGE_CHROMIUM, which is not a program that can be run." >&2
  exit 1
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "The browser tests need Chromium: installing Debian's package …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null
  apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core fonts-noto-color-emoji \
    </dev/null >/dev/null
  [ -n "$(find_it)" ] && exit 0
fi
cat >&2 <<'SAY'
The browser tests need Chromium, and none was found.
  On Debian:   sudo apt-get install chromium fonts-dejavu-core fonts-noto-color-emoji
  Elsewhere:   install Chromium or Chrome and set CADRAGE_CHROMIUM to its program
Everything else can be tested without it:  make test TEST='-m "not browser"'
SAY
exit 1
