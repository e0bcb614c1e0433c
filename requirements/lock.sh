#!/bin/sh
# Writes the four locks anew from pyproject.toml: every version with its hashes, for every platform, without
# addresses. What is locked today stays as it is unless UPGRADE=1 (all) is set.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null 2>&1 || PATH="$PWD/.venv/bin:$PATH"
command -v uv >/dev/null 2>&1 || { echo "make lock needs uv: python -m pip install uv" >&2; exit 1; }

lock() {
    name=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
        ${UPGRADE:+--upgrade} "$@" -o "requirements/$name.txt" pyproject.toml
}

lock run
lock all -c requirements/run.txt --all-extras
lock dev -c requirements/all.txt --all-extras --group dev
lock bench -c requirements/dev.txt --all-extras --group bench
