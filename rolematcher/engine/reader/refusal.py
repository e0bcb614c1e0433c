"""Is a text about one of the three roles' work at all? In: `Tally`. Out: `Refusal` with why and the trade.

A text is refused when it says next to nothing of linking tools, existing models or training models, or when
another trade's words clearly outweigh what it does say. It is never refused for a word it lacks alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from .weigh import Tally

LEAST_WORK = 1.2
"""Below this score the text says too little about the roles' work to suggest anything."""
LEAST_ALONE = 0.6
"""The same where no other trade is named at all: plain language uses few of the trade's own words."""
TITLE_WORTH = 1.3
"""What a role named by its title counts for: the title decides no answer but shows what is looked for."""
OTHER_SHARE = 0.5
"""How much the second and further trades add to the strongest one."""
SURE_WORTH, LEAST_BAR = 4.0, 0.55
"""With this much said of the roles' work another trade must outweigh it all; with little, just over half."""
WORK_WORDS = "linking tools, building on an existing AI model or training a model"
MOST_QUOTED = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """Whether the text is about other work, the sentence that says so, and which trade it reads like."""

    refused: bool
    why: str = ""
    trade: str = ""


def refusal_of(tally: Tally) -> Refusal:
    """Refuse a text about another trade, or one that says nothing of the roles' work."""
    work = max(tally.score("lean", leaning) for leaning in ("connect", "existing", "custom"))
    work += TITLE_WORTH * tally.score("title", "named")
    ranked = sorted(tally.trades.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked:
        return (
            Refusal(False)
            if work >= LEAST_WORK
            else Refusal(True, f"The text says nothing about {WORK_WORDS}.")
        )
    trade, strongest = ranked[0]
    others = strongest + OTHER_SHARE * sum(score for _, score in ranked[1:])
    bar = min(max(tally.worthy / SURE_WORTH, LEAST_BAR), 1.0)
    if work >= LEAST_WORK and others < bar * work and tally.worthy > 0:
        return Refusal(False)
    quoted = list(dict.fromkeys(span.text for span in tally.trade_spans[trade]))[:MOST_QUOTED]
    said = "little" if work >= LEAST_WORK else "nothing that counts"
    return Refusal(
        True,
        f"The text reads like {trade} ({', '.join(quoted)}) and says {said} about {WORK_WORDS}.",
        trade,
    )
