"""The whole history in, every text in it that looks like a secret out; status 1 where there is one.

Each stored version of each file is looked at once. Lines that only look like a secret are named in ALLOWED.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from detect_secrets.core.scan import scan_line
from detect_secrets.settings import transient_settings

PLUGINS = [
    {"name": name}
    for name in (
        "AWSKeyDetector",
        "ArtifactoryDetector",
        "AzureStorageKeyDetector",
        "BasicAuthDetector",
        "GitHubTokenDetector",
        "GitLabTokenDetector",
        "JwtTokenDetector",
        "KeywordDetector",
        "OpenAIDetector",
        "PrivateKeyDetector",
        "PypiTokenDetector",
        "SendGridDetector",
        "SlackDetector",
        "StripeDetector",
        "TwilioKeyDetector",
    )
]
FILTERS = [
    {"path": f"detect_secrets.filters.heuristic.{name}"}
    for name in (
        "is_indirect_reference",
        "is_likely_id_string",
        "is_templated_secret",
        "is_sequential_string",
    )
]
LOCKS = tuple(f"requirements/{name}.txt" for name in ("run", "all", "dev", "bench"))
ALLOWED = (
    "correct horse battery",  # the password of people in tests
    "postgres://hiring:unused@",  # check --deploy never connects
    "a password for measuring",  # the account of a benchmark, gone with its folder
    "://user:password@",  # how addresses are written, in the README
    '"SECRET_KEY": "Xa9-bQ7_cR5',  # what a test changes the setting to
    "a long new one 17",  # typed into a form by a test
    '{"SECRET_KEY": "short"}',  # what a test shows to be refused
    '{"SECRET_KEY": "a1b2C3" * 10}',  # the same: one short pattern, repeated
    '{"SECRET_KEY": "a long pattern that is said again, " * 2}',  # the same
    '"password": "wrong"',  # what a test is refused with
)


def git(*arguments: str) -> bytes:
    """What git prints."""
    return subprocess.run(["git", *arguments], capture_output=True, check=True).stdout


def versions() -> Iterator[tuple[str, str]]:
    """Every stored version of every file as (path, text); files that are no text are left out."""
    seen: dict[str, str] = {}
    for line in git("rev-list", "--objects", "--all").decode().splitlines():
        identity, _, path = line.partition(" ")
        if path and path not in LOCKS:
            seen.setdefault(identity, path)
    asked = "\n".join(seen).encode()
    told = subprocess.run(["git", "cat-file", "--batch"], input=asked, capture_output=True, check=True).stdout
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        identity, kind, size = told[at:end].decode().split()
        content = told[end + 1 : end + 1 + int(size)]
        at = end + 2 + int(size)
        if kind == "blob" and b"\0" not in content[:8000]:
            yield seen[identity], content.decode(errors="replace")


def main() -> int:
    """Look through the history; the status to end with."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    looked = 0
    with transient_settings({"plugins_used": PLUGINS, "filters_used": FILTERS}):
        for path, text in versions():
            looked += 1
            for line in set(text.splitlines()) - seen:
                seen.add(line)
                if len(line) > 2000 or any(allowed in line for allowed in ALLOWED):
                    continue
                for secret in scan_line(line):
                    found[line] = f"{path}: {secret.type}: {line.strip()[:100]}"
    for fault in found.values():
        print(fault)
    print(f"{looked} versions of files looked at, {len(found)} suspicious lines.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
