#!/bin/sh
# Compiles the requirement files from pyproject.toml.
#   requirements.sh           write them; versions already chosen stay unless they no longer fit
#   requirements.sh --check   say whether they still agree with pyproject.toml, changing nothing
#   requirements.sh --upgrade choose the newest versions that fit
set -eu
uv=.venv/bin/uv

# What ships makes documents in every form.
documents="--extra pdf --extra docx"

# No index address, no header with paths: the files say what and which hashes, never from where.
compile() { # $1: file, then more options
  into=$1
  shift
  "$uv" pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
    pyproject.toml --output-file "$into" "$@" >/dev/null
}

# Names and versions only: a registry may add a wheel, and so a hash, to a version at any time.
pins() { grep -oE '^[A-Za-z0-9_.-]+==[^ ;\\]+' "$1" | sort; }

if [ "${1:-}" = --check ]; then
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  for file in requirements.txt requirements-dev.txt; do
    cp "$file" "$scratch/$file"
    case $file in *-dev.txt) extra="$documents --extra dev" ;; *) extra="$documents" ;; esac
    # shellcheck disable=SC2086
    compile "$scratch/$file" $extra
    if [ "$(pins "$file")" != "$(pins "$scratch/$file")" ]; then
      echo "$file does not agree with pyproject.toml. Run: make requirements" >&2
      exit 1
    fi
  done
  exit 0
fi

# shellcheck disable=SC2086
compile requirements.txt $documents "$@"
# shellcheck disable=SC2086
compile requirements-dev.txt $documents --extra dev "$@"
