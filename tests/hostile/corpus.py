"""Hostile text and values as data: `texts.jsonl` pieces to repeat, `values.jsonl` single values."""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent


def texts() -> dict[str, str]:
    """By name, a piece of text that some stage may stumble over; repeat it to the length wanted."""
    lines = (HERE / "texts.jsonl").read_text(encoding="utf-8").splitlines()
    return {entry["name"]: entry["piece"] for entry in map(json.loads, lines)}


def values() -> list[str]:
    """What somebody may send for any parameter of any address."""
    lines = (HERE / "values.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["value"] for line in lines]


def repeated(piece: str, length: int, *, lines: int = 199) -> str:
    """The piece repeated to this length, with at most so many line breaks."""
    text = (piece * (length // len(piece) + 1))[:length]
    return text.replace("\n", " ", max(0, text.count("\n") - lines))
