"""The API under load. In: seconds, lines. Out: calls a second, median, p95; batches; PDFs; memory.

    python -m benchmarks.api [--seconds 5] [--lines 1000] [--many 10000] [--only "calls batch memory pdfs"]

On DATABASE_URL and BROKER_URL, else SQLite and no broker; the callers are on the same machine.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterator

from benchmarks.measure import Aim, asked, crowd_line, status
from benchmarks.product import WORKER, Browser, Product, crowd

ESTIMATE = "/api/v1/estimates?role=ml_engineer&place=DE&engagement_type=permanent"
SHEET = {"work": "connect", "place": "DE", "budget": "60k EUR a year", "client": "Bench"}
LINES = (
    "connect,DE,60k EUR a year",
    "language,FR,",
    "connect,US,120 USD an hour",
    "agent,GB,",
    "predict,PL,",
)
BATCH_AIM, WEB_AIM, GROWTH_AIM = 10.0, 0.2, 20.0
FORGET = (
    "from rolematcher.outbox.models import Job; from rolematcher.outbox.services import job_cancel;"
    " job_cancel(Job.objects.filter(kind='brief'))"
)


def token_of(browser: Browser) -> str:
    """A new token, as a person makes it; one has 600 calls a minute, so callers take turns with several."""
    page = "/accounts/tokens/"
    fields: dict = {"name": "bench", "scopes": ["read", "make"], "days": "30"}
    found = re.search(rb'value="([\w-]{43})"', browser.post(page, fields))
    assert found, "no token on the page"
    return found.group(1).decode()


def call(browser: Browser, token: str, method: str, path: str, body: str, kind: str) -> bytes:
    """One call with a token."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex, "Content-Type": kind}
    return browser.ask(method, path, body, **headers)


def calls(product: Product, tokens: list[str], seconds: float) -> None:
    """How fast calls are answered to four callers, while the worker makes the PDFs of what they decide."""
    for name, *sends in (
        ("estimate", "GET", ESTIMATE, ""),
        ("decide", "POST", "/api/v1/decisions", json.dumps(SHEET)),
    ):

        def does(browser: Browser, number: int, sends: list[str] = sends) -> None:
            call(browser, tokens[(number + id(browser)) % len(tokens)], *sends, "application/json")

        took, errors = crowd(product, does, people=4, seconds=seconds, pause=0)
        crowd_line(name, took, errors, seconds)


def batch(browser: Browser, token: str, lines: int) -> Iterator[float]:
    """Send a batch; the seconds of its page each time it is asked for, until all lines are decided."""
    text = "work,place,budget,client\n" + "".join(f"{LINES[n % len(LINES)]},Bench\n" for n in range(lines))
    sent = json.loads(call(browser, token, "POST", "/api/v1/batches", text, "text/csv"))
    until = time.perf_counter() + 600
    while time.perf_counter() < until:
        begun = time.perf_counter()
        page = browser.get(f"/batches/{sent['id']}/").decode()
        yield time.perf_counter() - begun
        if f"{lines} of {lines} decisions" in page:
            return
        time.sleep(0.1)
    raise RuntimeError(f"{lines} lines were not decided in ten minutes")


def batch_in_time(browser: Browser, token: str, lines: int) -> list[Aim]:
    """How long a batch takes and how its page answers meanwhile."""
    begun = time.perf_counter()
    pages = sorted(batch(browser, token, lines))
    took, page = time.perf_counter() - begun, pages[int(len(pages) * 0.95)]
    said = f"batch of {lines}: {took:.1f} s decided and stored (aim: 1,000 in {BATCH_AIM:.0f} s)"
    aim = f"its page p95 {1000 * page:.0f} ms (aim under {1000 * WEB_AIM:.0f} ms)"
    return [(took < BATCH_AIM * lines / 1_000, said), (page < WEB_AIM, aim)]


def pdfs(product: Product, browser: Browser, token: str, seconds: float) -> None:
    """Print how many PDFs one, two and four worker processes make in a minute."""
    for workers in (1, 2, 4):
        worker_of(product, workers)
        browser.connection.close()  # idle for too long; it opens again by itself
        list(batch(browser, token, int(30 * seconds)))
        before, begun = pdfs_made(product), time.perf_counter()
        time.sleep(4 * seconds)
        made = (pdfs_made(product) - before) / (time.perf_counter() - begun)
        print(f"{workers} worker{'s' * (workers > 1)}: {60 * made:.0f} PDFs a minute")
        product.manage("shell", "-v", "0", "-c", FORGET)


def worker_of(product: Product, workers: int) -> None:
    """Start the worker anew, with so many processes."""
    product.worker.send_signal(signal.SIGTERM)
    product.worker.wait(60)
    product.environment["WORKERS"] = str(workers)
    product.worker = product.start(*WORKER)
    time.sleep(5)
    product.await_ready()


def pdfs_made(product: Product) -> int:
    """PDFs on the disk."""
    return sum(1 for _file in product.folder.rglob("*.pdf"))


def memory_flat(product: Product, browser: Browser, token: str, lines: int) -> list[Aim]:
    """The memory of web and worker over a large batch: does it stay where a tenth of it brought it?"""
    processes = {"web": product.web, "worker": product.worker}
    list(batch(browser, token, lines // 10))
    before = {name: product.memory_mb(process) for name, process in processes.items()}
    most = dict(before)
    for _page in batch(browser, token, lines):
        most = {name: max(most[name], product.memory_mb(process)) for name, process in processes.items()}
    return [
        (
            most[name] - was < GROWTH_AIM,
            f"{name}: {was:.0f} MB after {lines // 10} lines, at most {most[name]:.0f} MB over {lines}"
            f" (+{most[name] - was:.0f}, aim under {GROWTH_AIM:.0f})",
        )
        for name, was in before.items()
    ]


def main() -> int:
    """Measure and print; status 1 where an aim is missed."""
    given = asked(__doc__, seconds=5.0, lines=1_000, many=10_000, only="calls batch memory pdfs")
    with Product() as product:
        browser = Browser(product.port)
        browser.sign_in()
        tokens = [token_of(browser) for _one in range(15)]

        def again() -> Browser:
            """A connection that was not idle, and nothing left to do from before."""
            product.manage("shell", "-v", "0", "-c", FORGET)
            fresh = Browser(product.port, timeout=300)
            fresh.cookies = browser.cookies
            return fresh

        does: dict[str, Callable[[], list[Aim] | None]] = {
            "calls": lambda: calls(product, tokens, given.seconds),
            "batch": lambda: batch_in_time(again(), tokens[0], given.lines),
            "memory": lambda: memory_flat(product, again(), tokens[1], given.many),
            "pdfs": lambda: pdfs(product, again(), tokens[2], given.seconds),
        }
        return status([aim for part in does if part in given.only.split() for aim in does[part]() or ()])


if __name__ == "__main__":
    sys.exit(main())
