"""The Celery application; `hiring/worker.py` runs it."""

import os

from celery import Celery

from .filequeue import filequeue_use

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")

filequeue_use()
app = Celery("hiring")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# What a worker does beside its tasks; loaded by workers only.
app.steps["worker"] |= {"rolematcher.outbox.worker:Warm", "rolematcher.outbox.worker:Sweeper"}
