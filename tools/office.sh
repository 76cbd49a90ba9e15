#!/bin/sh
# Makes sure that there is a LibreOffice for the tests that open the documents of Word; installs Debian's when
# it may. Without one only those tests fail, and say so.
set -eu

command -v soffice >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "The tests of documents need LibreOffice: installing Debian's package …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null
  apt-get install -qq -y --no-install-recommends libreoffice-writer-nogui </dev/null >/dev/null && exit 0
fi
echo "No LibreOffice was found: on Debian, sudo apt-get install libreoffice-writer-nogui" >&2
