#!/bin/sh
# Writes run.txt, dev.txt and bench.txt anew: every version with its hashes, for every platform, without addresses.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null 2>&1 || { echo "make lock needs uv: python -m pip install uv" >&2; exit 1; }
for name in run dev bench; do
    if [ "$name" = run ]; then base=""; else base="-c requirements/run.txt"; fi
    # shellcheck disable=SC2086
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
        $base -o "requirements/$name.txt" "requirements/$name.in"
done
