"""What is on file where the recommended role has no figure. In: the money record. Out: labelled lines.

None of it is the answer, and the labels say so: other engagements and roles in the same country first, then
what is filed for a wider market, then the names of other places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rolematcher.web.names import ENGAGEMENT_TYPE, KIND, ROLE, money_range, recommended_first, upper_first
from rolematcher.web.phrases import place_name, region_name

from .estimates import source_count
from .shape_money import Line

MOST, MOST_WIDER = 4, 2
WITH_THE = ("United ", "Netherlands", "Philippines", "Czech Republic")
"""English names that take an article inside a sentence."""


def on_file(role: str, record: Mapping[str, Any]) -> tuple[Line, ...]:
    """The nearest figures on file where there is none for the role, place and engagement; else empty."""
    estimate = record["roles"][role]
    if estimate["status"] != "none" or not record["region"]:
        return ()
    here, wider = _found(role, record)
    words = "; ".join(_words(found) for found in here[:MOST]) or _("nothing")
    lines = [Line(_here(record, bool(here)), words)]
    if wider:
        words = "; ".join(f"{_place(found)}: {_words(found)}" for found in wider[:MOST_WIDER])
        lines.append(Line(_("On file for wider markets, for comparison only"), words))
    places = [
        place_name(cell["region"], cell["region_name"])
        for cell in estimate["other_cells"]
        if cell["estimate"] is None
    ]
    if places:
        lines.append(Line(_("The same role and engagement is on file for"), "; ".join(places)))
    return tuple(lines)


def _found(role: str, record: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """Estimates with a figure: those of the same country, those of wider markets."""
    others = record["others"].values()
    own = [engagement[role] for engagement in others]
    near = [cell["estimate"] for cell in record["roles"][role]["other_cells"] if cell["estimate"]]
    beside = [record["roles"][other] for other in recommended_first(role)[1:]]
    if not any(_is_here(found, record) for found in own):
        beside += [engagement[other] for engagement in others for other in recommended_first(role)[1:]]
    here = [found for found in (*own, *beside) if _is_here(found, record)]
    wider = [found for found in (*near, *own) if found["status"] != "none" and found not in here]
    return here, list(_each_once(wider))


def _is_here(found: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    return found["status"] != "none" and found["region"] == record["region"]


def _each_once(estimates: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    seen = set()
    for found in estimates:
        cell = (found["role"], found["region"], found["engagement"])
        if cell not in seen:
            seen.add(cell)
            yield found


def _here(record: Mapping[str, Any], found: bool) -> str:
    name = region_name(record)
    if (get_language() or "en").startswith("en") and name.startswith(WITH_THE):
        name = f"the {name}"
    if found:
        return _("On file for %(place)s, for comparison only") % {"place": name}
    return _("On file for %(place)s") % {"place": name}


def _place(found: Mapping[str, Any]) -> str:
    return place_name(found["region"], found["region_name"])


def _words(found: Mapping[str, Any]) -> str:
    """Which cell, its figure, its kind of pay, its grade and the number of its sources."""
    return _("%(role)s, %(basis)s: %(figure)s, %(kind)s, grade %(grade)s, %(sources)s") % {
        "role": upper_first(str(ROLE[found["role"]])),
        "basis": ENGAGEMENT_TYPE[found["engagement"]],
        "figure": money_range(found["low"], found["high"], found["currency"], found["unit"]),
        "kind": KIND[found["kind"]],
        "grade": found["grade"],
        "sources": source_count(found),
    }
