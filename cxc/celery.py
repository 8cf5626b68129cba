"""The portal's Celery application: worker, beat, and their schedule (`cxc.settings`)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings")

app = Celery("cxc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="tasks")
