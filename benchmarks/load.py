"""The main job, pages and API under load. In: how long, how many. Out: seconds, answers a second, memory.

    python -m benchmarks.load [--only "job pages calls batch memory pdfs"] [--rounds 20] [--seconds 10]
        [--people 50] [--lines 1000] [--many 10000]

The product runs as a server runs it, on DATABASE_URL and BROKER_URL, else SQLite and no broker; the callers
are on the same machine.
"""

from __future__ import annotations

import io
import json
import re
import signal
import sys
import time
import uuid
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from statistics import median

from pypdf import PdfReader

from benchmarks.measure import Aim, asked, status
from benchmarks.product import FILLED, WORKER, Browser, Product, crowd, draft_filled, submitted

CHANGES = [("work", "language"), ("app", "yes"), ("wish", "finetune"), ("work", "predict"), ("place", "DE")]
ESTIMATE = "/api/v1/estimates?role=ml_engineer&place=DE&engagement_type=permanent"
SHEET = {"work": "connect", "place": "DE", "budget": "60k EUR a year", "client": "Bench"}
LINES = (
    "connect,DE,60k EUR a year",
    "language,FR,",
    "connect,US,120 USD an hour",
    "agent,GB,",
    "predict,PL,",
)
READY_AIM, PEOPLE_AIM, BATCH_AIM, PAGE_AIM, GROWTH_AIM = 0.6, 1.0, 10.0, 0.2, 20.0
FORGET = (
    "from rolematcher.outbox.models import Job; from rolematcher.outbox.services import job_cancel;"
    " job_cancel(Job.objects.filter(kind='brief'))"
)


def job(product: Product, browser: Browser, given: Namespace) -> Iterator[Aim]:
    """The main job: from the click that submits to the PDF here."""
    first, _file = submitted(browser)
    warm, files = zip(*(submitted(browser) for _round in range(given.rounds)), strict=True)
    web, worker = product.memory_mb(product.web), product.memory_mb(product.worker)
    times = {name: median(one[name] for one in warm) for name in first}
    print("since the click, median: " + ", ".join(f"{name} {took:.3f} s" for name, took in times.items()))
    slowest = max(one["here"] for one in warm)
    print(f"the slowest {slowest:.3f} s, the first after the start {first['here']:.3f} s")
    print(f"memory: web server of 2 processes {web:.0f} MB, worker of 2 children {worker:.0f} MB")
    print(f"the PDF: {len(files[0]) / 1024:.0f} KB, {len(PdfReader(io.BytesIO(files[0])).pages)} pages")
    yield times["here"] < READY_AIM, f"warm PDF within {READY_AIM} s"


def typing(browser: Browser, number: int) -> None:
    """Answer one question more of a draft of one's own."""
    name, value = CHANGES[number % len(CHANGES)]
    fields = FILLED | {"tab": str(id(browser)), "seen": str(min(number, 1)), name: value}
    browser.send(f"/drafts/{browser.key}/keep/", fields, token=browser.cookies["csrftoken"])


def submitting(browser: Browser, number: int) -> None:
    """Make a brief."""
    token = browser.cookies["csrftoken"]
    browser.send(draft_filled(browser, token), {"project": f"Bench {number}"}, token=token)


def pages(product: Product, _browser: Browser, given: Namespace) -> Iterator[Aim]:
    """Pages as fast as they go, and with people at their desks."""

    def new(browser: Browser, _number: int) -> None:
        browser.get("/new/")

    def listed(browser: Browser, _number: int) -> None:
        browser.get("/")

    for name, does in (("form", new), ("list", listed), ("submit", submitting)):
        crowd(product, f"{name}, as fast as it goes", does, people=4, seconds=given.seconds)
    for name, does in (("typing", typing), ("opening the list", listed)):
        name = f"{given.people} recruiters {name}"
        p95, errors = crowd(product, name, does, people=given.people, seconds=given.seconds, pause=1)
        yield p95 < PEOPLE_AIM and not errors, f"{name}: p95 under {PEOPLE_AIM} s, no error"


def token_of(browser: Browser) -> str:
    """A new token, as a person makes it; one has 600 calls a minute, so callers take turns with several."""
    answer = browser.post("/accounts/tokens/", {"name": "bench", "scopes": ["read", "make"], "days": "30"})
    found = re.search(rb'value="([\w-]{43})"', answer)
    assert found, "no token on the page"
    return found.group(1).decode()


def call(browser: Browser, token: str, path: str, body: str = "", kind: str = "application/json") -> bytes:
    """One call with a token: a POST where something is sent."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex, "Content-Type": kind}
    return browser.ask("POST" if body else "GET", path, body, **headers)


def calls(product: Product, browser: Browser, given: Namespace) -> None:
    """How fast calls are answered to four callers, while the worker makes the PDFs of what they decide."""
    tokens = [token_of(browser) for _one in range(15)]

    def estimate(caller: Browser, number: int) -> None:
        call(caller, tokens[(number + id(caller)) % len(tokens)], ESTIMATE)

    def decide(caller: Browser, number: int) -> None:
        token = tokens[(number + id(caller)) % len(tokens)]
        call(caller, token, "/api/v1/decisions", json.dumps(SHEET))

    crowd(product, "estimate", estimate, people=4, seconds=given.seconds)
    crowd(product, "decide", decide, people=4, seconds=given.seconds)


def decided(browser: Browser, lines: int) -> Iterator[float]:
    """Send a batch; the seconds of its page each time it is asked for, until all lines are decided."""
    token = token_of(browser)
    text = "work,place,budget,client\n" + "".join(f"{LINES[n % len(LINES)]},Bench\n" for n in range(lines))
    sent = json.loads(call(browser, token, "/api/v1/batches", text, "text/csv"))
    until = time.perf_counter() + 600
    while time.perf_counter() < until:
        begun = time.perf_counter()
        page = browser.get(f"/batches/{sent['id']}/").decode()
        yield time.perf_counter() - begun
        if f"{lines} of {lines} decisions" in page:
            return
        time.sleep(0.1)
    raise RuntimeError(f"{lines} lines were not decided in ten minutes")


def batch(_product: Product, browser: Browser, given: Namespace) -> Iterator[Aim]:
    """How long a batch takes and how its page answers meanwhile."""
    begun = time.perf_counter()
    looks = sorted(decided(browser, given.lines))
    took, page = time.perf_counter() - begun, looks[int(len(looks) * 0.95)]
    said = f"batch of {given.lines}: {took:.1f} s decided and stored (aim: 1,000 in {BATCH_AIM:.0f} s)"
    yield took < BATCH_AIM * given.lines / 1_000, said
    yield page < PAGE_AIM, f"its page p95 {1000 * page:.0f} ms (aim under {1000 * PAGE_AIM:.0f} ms)"


def pdfs(product: Product, browser: Browser, given: Namespace) -> None:
    """Print how many PDFs one, two and four worker processes make in a minute."""
    for workers in (1, 2, 4):
        product.worker.send_signal(signal.SIGTERM)
        product.worker.wait(60)
        product.environment["WORKERS"] = str(workers)
        product.worker = product.start(*WORKER)
        time.sleep(5)
        product.await_ready()
        browser.connection.close()  # idle for too long; it opens again by itself
        list(decided(browser, int(30 * given.seconds)))
        before, begun = pdfs_made(product), time.perf_counter()
        time.sleep(4 * given.seconds)
        made = (pdfs_made(product) - before) / (time.perf_counter() - begun)
        print(f"{workers} worker{'s' * (workers > 1)}: {60 * made:.0f} PDFs a minute")
        product.manage("shell", "-v", "0", "-c", FORGET)


def pdfs_made(product: Product) -> int:
    """PDFs on the disk."""
    return sum(1 for _file in product.folder.rglob("*.pdf"))


def memory(product: Product, browser: Browser, given: Namespace) -> Iterator[Aim]:
    """The memory of web and worker over a large batch: does it stay where a tenth of it brought it?"""
    processes = {"web": product.web, "worker": product.worker}
    few, many = given.many // 10, given.many
    list(decided(browser, few))
    before = {name: product.memory_mb(process) for name, process in processes.items()}
    most = dict(before)
    for _page in decided(browser, many):
        most = {name: max(most[name], product.memory_mb(process)) for name, process in processes.items()}
    for name, was in before.items():
        grown = (
            f"at most {most[name]:.0f} MB over {many} (+{most[name] - was:.0f}, aim under {GROWTH_AIM:.0f})"
        )
        yield most[name] - was < GROWTH_AIM, f"{name}: {was:.0f} MB after {few} lines, {grown}"


PARTS: dict[str, Callable[[Product, Browser, Namespace], Iterable[Aim] | None]] = {
    part.__name__: part for part in (job, pages, calls, batch, memory, pdfs)
}


def main() -> int:
    """Measure and print; status 1 where an aim is missed."""
    usual = {"rounds": 20, "seconds": 10.0, "people": 50, "lines": 1_000, "many": 10_000}
    given = asked(__doc__, **usual, only=" ".join(PARTS))
    aims: list[Aim] = []
    with Product() as product:
        for name in given.only.split():
            product.manage("shell", "-v", "0", "-c", FORGET)  # nothing is left to do from before
            browser = Browser(product.port, timeout=300)
            browser.sign_in()
            aims += PARTS[name](product, browser, given) or ()
    return status(aims)


if __name__ == "__main__":
    sys.exit(main())
