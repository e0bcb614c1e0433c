"""The wake-up. In: nothing but the id of a request. Out: a message to the workers, where there is a broker.

A hint only: the rows say what is to be done, and a worker looks at them by itself every few seconds.
"""

from __future__ import annotations

import logging

from celery import current_app
from django.conf import settings

log = logging.getLogger(__name__)

WORK = "outbox.work"


def wake(asked_by: str = "") -> bool:
    """Tell the workers that something is due. False where nobody was told: a sweep will find it.

    Never raises and never tries twice: the row is already safe, and the page must not wait for a broker.
    """
    if settings.BROKER_URL == "memory://":  # reaches nobody outside this process; the worker looks often
        return False
    try:
        current_app.send_task(WORK, (asked_by,), retry=False)
    except Exception:
        # Each transport has its own errors, so all of them count.
        log.warning("job not announced", exc_info=True)
        return False
    return True
