"""The base of every class that crosses a border: frozen, unknown keys refused, the same JSON in and out."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A record that never changes once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")
