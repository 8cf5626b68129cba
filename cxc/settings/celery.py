"""Celery: broker, queues, and when beat sends which task."""

from kombu import Queue

from cxc.settings.databases import REDIS_URL
from cxc.settings.deployment import MOVABLE_CLOCK, VAR_DIR
from cxc.settings.schedule import ON_REAL_TIME, beat_schedule

CELERY_BROKER_URL = REDIS_URL
# Mails have a queue and a worker of their own: a mail server that hangs holds nothing else up.
# A worker without --queues takes both.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("mail")]
CELERY_TASK_ROUTES = {
    "cxc.comms.tasks.deliver_mails": {"queue": "mail"},
    "cxc.comms.tasks.send_outbox": {"queue": "mail"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # workers and beat wait for Redis however long it is away
# A connection that died without a word is noticed.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_keepalive": True, "socket_timeout": 30, "socket_connect_timeout": 5}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# A moved clock shows its effect at once: whoever moves it lets the jobs look (`manage clock`). These rounds are for the
# time that runs on from there; the real one needs a look a minute.
TICK_SECONDS = 3 if MOVABLE_CLOCK else 60
WATCH_SECONDS = 30 if MOVABLE_CLOCK else 900
JOBS_ON_REAL_TIME = ON_REAL_TIME
CELERY_BEAT_SCHEDULE = beat_schedule(tick_seconds=TICK_SECONDS, watch_seconds=WATCH_SECONDS)
