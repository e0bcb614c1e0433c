"""The Celery application; `hiring/worker.py` runs it."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings")

app = Celery("hiring")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# What a worker does beside its tasks; loaded by workers only.
app.steps["worker"] |= {"rolematcher.outbox.worker:Warm", "rolematcher.outbox.worker:Sweeper"}
