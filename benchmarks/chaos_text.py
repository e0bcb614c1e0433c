"""Drills of what people type and upload: hostile text to paper, and files of rates that are far too much."""

from __future__ import annotations

import gc
import io
import multiprocessing
import random
import resource
import time
from typing import Any

from benchmarks.chaos_arena import TODAY, Arena
from benchmarks.chaos_drill import Outcome, drill

SLOWEST, MOST_MB = 10.0, 512
"""Half of what a worker gives a brief fails the drill; the aim, 1 s and 250 MB, is told beside."""
CAPS = {"description": 5_000, "client": 200, "project": 200, "musts": 100, "success": 300}
ALPHABET = [
    chr(n) for n in (*range(32, 127), *range(0xC0, 0x180), *range(0x590, 0x700), *range(0x900, 0x980))
]
ALPHABET += list("\u00ad\u00a0\u2009\n\t-–—/\\") + [
    chr(n) for n in (*range(0x4E00, 0x4E40), *range(0x1F600, 0x1F604))
]


def texts(short: bool) -> dict[str, str]:
    """Pieces to repeat to any length, and random ones."""
    pieces = {
        "one long word": "x",
        "prose": "The quick brown fox jumps. ",
        "lines": "a\n",
        "spaces": "  ",
        "no-break spaces": "a\u00a0",
        "soft hyphens": "soft\u00adhyphen",
        "right to left": "مرحبا بالعالم ",
        "chinese": "机器学习工程师",
        "emoji": "👩\u200d💻🚀🇩🇪",
        "emoji in prose": "👩 checks what the service desk answers to its people. ",
        "javanese": "\ua9a9",
        "khmer": "\u1797\u17b6\u179f\u17b6\u1781\u17d2\u1798\u17c2\u179a",
        "tamil": "\u0ba4\u0bae\u0bbf\u0bb4\u0bcd",
        "combining": "e\u0301\u0302",
        "thai": "วิศวกรปัญญา",
        "markup": "<script>alert(1)</script><table>",
        "css": "}</style><style>@page{size:1px}",
        "digits": "1234567890",
        "bidi controls": "\u202eabc\u2066",
        "zero width": "a\u200b\u200d",
        "template": "{% include 'x' %}{{ y }}",
    }
    for number in range(5 if short else 60):
        pieces[f"random {number}"] = "".join(random.choices(ALPHABET, k=random.randrange(3, 400)))
    return pieces


def _typed(piece: str, length: int, *, lines: bool) -> str:
    text = (piece * (length // len(piece) + 1))[:length]
    return text.replace("\n", " ", max(0, text.count("\n") - (199 if lines else 0)))


def _print(piece: str, over: int | None, share: float, answer: Any) -> None:
    """In a process of its own, so that its memory is its own: refused, or seconds, pages and megabytes."""
    from rolematcher.brief import brief_pdf
    from rolematcher.content import content_of
    from rolematcher.engine.errors import AnswersInvalid
    from rolematcher.models import Edition
    from rolematcher.services.decisions import decision_work_out
    from rolematcher.services.preview import preview_of

    given: dict[str, Any] = {"work": "agent", "place": "US"}
    for field, cap in CAPS.items():
        length = max(1, int(cap * share)) if over is None else cap + over
        text = _typed(piece, length, lines=field == "description")
        given[field] = [text] * 3 if field in ("musts", "success") else text
    begun = time.process_time()  # of this process alone, so that other work on the machine does not count
    try:
        work = decision_work_out(given, edition=Edition.objects.current(), on=TODAY)
    except AnswersInvalid:
        answer.put(("refused", time.process_time() - begun, 0, 0))
        return
    made = brief_pdf(content_of(preview_of(work)), variant="full", paper="a4", language="en")
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.put(("printed", seconds, made.pages, memory))


@drill("text", "hostile text in every field, lengths 1, cap-1, cap, cap+1; random text", engines=("sqlite",))
def hostile(arena: Arena, short: bool) -> Outcome:
    from django.db import connections

    from rolematcher.brief import renderer_warm

    renderer_warm()
    connections.close_all()
    gc.freeze()
    fork = multiprocessing.get_context("fork")
    printed, refused, over_aim, pages, memory, died = 0, 0, 0, 0, 0.0, []
    slowest = {"named": (0.0, ""), "random": (0.0, "")}
    for name, piece in texts(short).items():
        lengths: list[tuple[int | None, float]] = [(0, 1)] if short else [(None, 0), (-1, 1), (0, 1), (1, 1)]
        for over, share in lengths:
            answer = fork.SimpleQueue()
            child = fork.Process(target=_print, args=(piece, over, share, answer))
            child.start()
            child.join(30)
            if child.exitcode != 0 or answer.empty():
                child.kill()
                died.append(f"{name} {over}")
                continue
            kind, seconds, its_pages, its_memory = answer.get()
            printed, refused = printed + (kind == "printed"), refused + (kind == "refused")
            kinds = "random" if name.startswith("random") else "named"
            slowest[kinds] = max(slowest[kinds], (seconds, name))
            over_aim += seconds > 1
            pages, memory = max(pages, its_pages), max(memory, its_memory)
    good = not died and max(slowest.values())[0] < SLOWEST and pages <= 12 and memory < MOST_MB
    told = ", ".join(
        f"slowest {kinds} {seconds:.2f} s ({name})" for kinds, (seconds, name) in slowest.items()
    )
    said = f"{printed} briefs, {refused} refused; {told}, "
    said += f"{over_aim} over 1 s, {pages} pages, {memory:.0f} MB"
    return good, said + (f", hung or died: {died}" if died else "")


@drill("rates", "files of rates that are far too much", engines=("sqlite",))
def files_of_rates(arena: Arena, short: bool) -> Outcome:
    fork = multiprocessing.get_context("fork")
    worst, memory, wrong = 0.0, 0.0, []
    from django.db import connections

    from rolematcher.services.rates_import import rates_preview

    control, given = rates_preview(io.BytesIO(GOOD_FILE)), files()
    if (control.new, control.refused) != (1, 0):
        return False, f"the good file these are made from is refused: {control.faults}"
    for name, content in given.items():
        connections.close_all()
        answer = fork.SimpleQueue()
        child = fork.Process(target=_import, args=(content, answer))
        child.start()
        child.join(60)
        if child.exitcode != 0 or answer.empty():
            child.kill()
            wrong.append(name)
            continue
        refused, seconds, grown = answer.get()
        worst, memory = max(worst, seconds), max(memory, grown)
        if not refused:
            wrong.append(name)
    good = not wrong and worst < 2 and memory < 100
    said = f"{len(given)} files refused whole; slowest {worst:.2f} s, {memory:.0f} MB more, rates unchanged"
    return good, said if not wrong else f"not refused: {wrong}"


HEADS = (
    b"role,region,engagement,currency,unit,kind,low,typical,high,statistic,publisher,interest,title,as_of\n"
)
GOOD = b"ai_engineer,US,contract,USD,hour,pay_rate,10,20,30,median,P%d,recruiter,T,2026-01-01\n"
GOOD_FILE = HEADS + GOOD % 1


def files() -> dict[str, bytes]:
    """By name, what somebody might upload."""
    rows = b"".join(GOOD % number for number in range(1_000_000))
    return {
        "a field of 1 MB": HEADS + GOOD.replace(b"P%d", b"x" * 1_000_000) % (),
        "1,000,000 rows": HEADS + rows,
        "NUL": HEADS + GOOD % 1 + b"ai\0engineer,US\n",
        "UTF-16": (HEADS + GOOD % 1).decode().encode("utf-16"),
        "cp1252": HEADS + (GOOD % 1).replace(b",T,", b",Caf\xe9,"),
        "the same row twice": HEADS + GOOD % 1 + GOOD % 1,
        "a negative amount": HEADS + (GOOD % 1).replace(b",10,", b",-10,"),
        "a day there is not": HEADS + (GOOD % 1).replace(b"2026-01-01", b"2026-02-31"),
    }


def _import(content: bytes, answer: Any) -> None:
    from rolematcher.models import RateObservation
    from rolematcher.services.rates_file import RatesFileFault
    from rolematcher.services.rates_import import ImportRefused, rates_import

    file = io.BytesIO(content)
    before = list(RateObservation.objects.order_by("pk").values_list())
    resting = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    try:
        rates_import(file, user=None)
        refused = False
    except (RatesFileFault, ImportRefused):
        refused = True
    seconds = time.perf_counter() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - resting) / 1024
    unchanged = before == list(RateObservation.objects.order_by("pk").values_list())
    answer.put((refused and unchanged, seconds, grown))
