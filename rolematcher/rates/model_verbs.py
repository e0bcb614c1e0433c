"""`rates estimate`, `rates fit` and `rates backtest`: a cell or nothing in, figures in words or JSON out."""

from __future__ import annotations

import difflib
import json
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import timezone

from rolematcher.pay.backtest import COVERAGE, MOST_ERROR, limits_missed
from rolematcher.pay.figures import Figures, figures_packaged
from rolematcher.pay.making import model_backtest, model_fit
from rolematcher.pay.market import market_of
from rolematcher.pay.observation import FILED_TYPES, ROLES, SENIORITIES
from rolematcher.pay.places import is_place
from rolematcher.pay.release import FILES, Tested, release_texts
from rolematcher.pay.report import Estimate
from rolematcher.values.places import COUNTRIES
from rolematcher.web.names import STATUS, money_range, place_name

from .pricing import figures_on_file
from .words import pay_words

Write = Callable[[str], object]


def add_model_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """The sub-commands of this file."""
    cell = verbs.add_parser("estimate", help="what one role pays at one place, and how sure that is")
    cell.add_argument("role", help=", ".join(ROLES))
    cell.add_argument("place", help="a country such as DE, a division such as US-CA, or a group")
    cell.add_argument("--type", default="permanent", dest="engagement_type", help=", ".join(FILED_TYPES))
    cell.add_argument("--seniority", default="all", help=", ".join(SENIORITIES))
    cell.add_argument("--on", type=date.fromisoformat, help="as of this date (YYYY-MM-DD)")
    cell.add_argument("--json", action="store_true", help="as JSON")
    fit = verbs.add_parser("fit", help="fit the model to what is on file and write a new release")
    fit.add_argument("folder", type=Path, help="where modelled.csv, release.json and backtest.csv go")
    fit.add_argument("--on", type=date.fromisoformat, help="as of this date (YYYY-MM-DD)")
    test = verbs.add_parser("backtest", help="errors and coverage of the model beside three naive guesses")
    test.add_argument("--on", type=date.fromisoformat, help="as of this date (YYYY-MM-DD)")


def _estimate(
    write: Write,
    *,
    role: str,
    place: str,
    engagement_type: str,
    seniority: str,
    on: date | None,
    json: bool,
    **_options: object,
) -> None:
    place = place.strip().upper()
    for typed, allowed in ((role, ROLES), (engagement_type, FILED_TYPES), (seniority, SENIORITIES)):
        if typed not in allowed:
            near = difflib.get_close_matches(typed.casefold(), allowed, 3, 0.4) or list(allowed)
            raise CommandError(f"There is no {typed!r}. Nearest: {', '.join(near)}.")
    if not is_place(place):
        raise CommandError(f"{place!r} is not a place. Nearest: {', '.join(_near(place))}.")
    figures = _figures()
    found = market_of(figures, on or timezone.localdate()).estimate(role, place, engagement_type, seniority)
    write(_as_json(found) if json else _as_words(found))


def _near(typed: str) -> list[str]:
    """The nearest countries by name or code, each as "DE (Germany)"."""
    names = {place_name(code).casefold(): code for code in COUNTRIES} | {
        code.casefold(): code for code in COUNTRIES
    }
    found = difflib.get_close_matches(typed.casefold(), names, 3, 0.5) or ["de", "gb", "us"]
    return [f"{names[name]} ({place_name(names[name])})" for name in found]


def _figures() -> Figures:
    """Those on file; the packaged ones before the database is set up."""
    try:
        return figures_on_file()
    except DatabaseError:
        return figures_packaged()


def _as_json(found: Estimate) -> str:
    return json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=2)


def _as_words(found: Estimate) -> str:
    lines = [f"{place_name(found.place)}: {STATUS[found.status]}"]
    if found.low is not None and found.high is not None:
        span = money_range(found.low, found.high, found.currency, found.unit)
        usual = f", typically {found.typical:,}" if found.typical is not None else ""
        lines.append(f"{span}{usual} (grade {found.grade})")
    if found.reason:
        lines.append(pay_words(found.reason))
    if found.model and found.status != "modelled":
        model = found.model
        lines.append(f"The model's range: {money_range(model.low, model.high, model.currency, model.unit)}")
    lines += [pay_words(note) for note in (*([found.formula] if found.formula else []), *found.notes)]
    for source in found.sources:
        span = money_range(source.low, source.high, source.currency, source.unit)
        lines.append(f"- {source.publisher}, {source.as_of}: {span} ({source.part})")
    return "\n".join(lines)


def _fit(write: Write, *, folder: Path, on: date | None, **_options: object) -> None:
    release = model_fit(_figures(), on=on or timezone.localdate())
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in zip(FILES, release_texts(release), strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    write(f"Release of {release.card.on}: {release.card.figures} figures, written to {folder}.")
    _stop_past_limits(release.tested)


def _backtest(write: Write, *, on: date | None, **_options: object) -> None:
    result = model_backtest(_figures(), on=on or timezone.localdate())
    for line in result.tested:
        write(json.dumps(line.model_dump(mode="json"), ensure_ascii=False))
    _stop_past_limits(result.tested)


def _stop_past_limits(tested: Sequence[Tested]) -> None:
    missed = limits_missed(tested)
    for line in missed:
        sys.stderr.write(
            f"{line.test}, {line.slice}: median error {line.median_error}, inside {line.coverage}. A release "
            f"may be off by {MOST_ERROR} and must hold {COVERAGE[0]} to {COVERAGE[1]}.\n"
        )
    if missed:
        sys.exit(1)


MODEL_VERBS: dict[str, Callable[..., None]] = {"estimate": _estimate, "fit": _fit, "backtest": _backtest}
