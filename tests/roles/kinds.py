"""Every kind of content of the documents, as `kinds.toml` lists it."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

_TEXT = (Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8")
KINDS = [SimpleNamespace(**kind) for kind in tomllib.loads(_TEXT)["kind"]]
