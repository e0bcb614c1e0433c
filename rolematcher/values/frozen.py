"""The base of every class that crosses a border: frozen, unknown keys refused, the same JSON in and out."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A record that never changes once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def replaced(self, **parts: object) -> Self:
        """The record with some of its parts instead of its own."""
        return self.model_copy(update=parts)
