#!/bin/sh
# Makes .venv ready to run or to test. In: "run" or "dev", the lock to install. Out: .venv with exactly that lock
# in it, and the text libraries WeasyPrint needs on the system. A second run finds nothing to do and takes no time.
# What is missing is installed when this is Debian and we are root; otherwise the exact line to type is printed.
set -eu

want="$1"
cd "$(dirname "$0")/.."
lock="requirements/$want.txt"
LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

say() { printf '%s\n' "$*" >&2; }

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

apt_install() {
    say "Installing $* ..."
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

# A Python that is new enough and can make environments; nothing printed when there is none.
python_found() {
    for name in python3 python3.13 python3.12 python3.11 python3.14; do
        if "$name" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
}

make_environment() {
    python=$(python_found)
    if [ -z "$python" ] && can_apt; then
        apt_install python3 python3-venv
        python=$(python_found)
    fi
    if [ -z "$python" ]; then
        say "Python 3.11 or newer, with its venv module, is needed and was not found. Install it and run make again:"
        say "    Debian, Ubuntu:  sudo apt-get install python3 python3-venv"
        say "    macOS:           brew install python@3.12"
        exit 1
    fi
    say "Making .venv with $("$python" --version) ..."
    rm -rf .venv
    "$python" -m venv .venv
}

has_libraries() {
    .venv/bin/python - <<'PROBE' >/dev/null 2>&1
import ctypes
import sys

for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"):
    names = [f"lib{name}.so.0"]
    if sys.platform == "darwin":
        names = [f"{place}lib{name}.0.dylib" for place in ("", "/opt/homebrew/lib/", "/usr/local/lib/")]
    for candidate in names:
        try:
            ctypes.CDLL(candidate)
            break
        except OSError:
            continue
    else:
        sys.exit(1)
PROBE
}

.venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || make_environment

# dev.txt holds everything in run.txt too, so an environment for tests is also good to run.
if [ "$want" = run ] && cmp -s requirements/run.txt .venv/installed-run.txt; then :
elif cmp -s "$lock" ".venv/installed-$want.txt"; then :
else
    say "Installing $lock ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock" >&2
    cp "$lock" ".venv/installed-$want.txt"
    if [ "$want" != run ]; then cp requirements/run.txt .venv/installed-run.txt; fi
fi

if ! has_libraries; then
    # shellcheck disable=SC2086
    if can_apt; then apt_install $LIBRARIES; fi
    if ! has_libraries; then
        say "The PDF renderer needs the Pango text libraries, which this machine does not have. Install them and run make again:"
        say "    Debian, Ubuntu:  sudo apt-get install $LIBRARIES"
        say "    macOS:           brew install pango"
        exit 1
    fi
fi
