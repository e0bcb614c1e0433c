"""What the documents hold beside the role profiles: `data/content.toml` in, `Content` out."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache

from pydantic import ConfigDict, Field

from rolematcher.packaged import packaged_text
from rolematcher.values.frozen import Frozen
from rolematcher.values.message import Money

from .profile import Role


class Trade(Frozen):
    """Another trade: whom to look for and what such a person does."""

    id: str
    name: str
    look_for: str
    does: str


class Posting(Frozen):
    """How many adverts for a role a source counted."""

    role: Role
    count: int
    source: str


class Trend(Frozen):
    """What moves the market of these roles."""

    roles: tuple[Role, ...]
    text: str
    source: str


class Tier(Frozen):
    """A supplier's price tier and what it is for; without a price where the source prints none."""

    number: int
    role: Role
    purpose: str
    price: Decimal | None = None
    currency: str = ""
    unit: str = ""
    source: str

    @property
    def money(self) -> Money | None:
        """The price as money; what a client pays, never pay."""
        return Money(amount=self.price, currency=self.currency, unit=self.unit) if self.price else None


class TierNote(Frozen):
    """How the prices of the tiers are to be read."""

    text: str
    source: str


class BothInOne(Frozen):
    """One person for both roles: what is said of it, its price, and when a pair is better."""

    text: str
    price: str
    right_when: str
    pair_when: str
    sources: tuple[str, ...]


class Move(Frozen):
    """What to learn to move from one role to another."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)

    from_role: Role = Field(alias="from")
    to: Role
    steps: tuple[str, ...]
    source: str


class Vague(Frozen):
    """Phrases that say nothing in an advert, and what to write instead."""

    terms: tuple[str, ...]
    why: str


class Content(Frozen):
    """All of it. Lists are in the order in which they are shown."""

    trades: tuple[Trade, ...] = Field(alias="trade")
    postings: tuple[Posting, ...] = Field(alias="posting")
    trends: tuple[Trend, ...] = Field(alias="trend")
    tiers: tuple[Tier, ...] = Field(alias="tier")
    tier_note: TierNote
    both_in_one: BothInOne
    moves: tuple[Move, ...] = Field(alias="move")
    vague: tuple[Vague, ...]

    def trade(self, id: str) -> Trade:
        """The trade of this id; the last one, "other", where there is none."""
        return next((trade for trade in self.trades if trade.id == id), self.trades[-1])


@cache
def content() -> Content:
    """The content as shipped."""
    return Content.model_validate(tomllib.loads(packaged_text("content.toml")))
