"""What the portal does and needs beside its pages: workers, beat, mails, the to-do, documents, seals, scanning."""

from collections.abc import Iterator
from datetime import timedelta

from celery import current_app
from django.conf import settings

from cxc import clock, redis_server
from cxc.backups.records import last_backup
from cxc.comms import delivery, mail_server
from cxc.core import last_runs
from cxc.core.models import FileToDelete
from cxc.documents import pdf
from cxc.monitoring.findings import Finding, well, wrong
from cxc.seals.expiry import WARN_DAYS, days_left
from cxc.seals.keys import KeyUnreadable, current_key
from cxc.todo.models import ReconcileRequest
from cxc.web import virus_scanner

ANSWER_SECONDS = 3
# Beat queues something each minute.
MOST_BEAT_SECONDS = 300
MOST_WAITING = timedelta(hours=1)
# One is made each day (UTC), at any hour.
OLDEST_BACKUP = timedelta(days=2)


def workers() -> Iterator[Finding]:
    """Each queue has a worker that answers."""
    redis_server.client(settings.REDIS_URL).ping()  # Celery would try for long where it is away
    answers = current_app.control.inspect(timeout=ANSWER_SECONDS).active_queues() or {}
    names = {queue["name"] for queues in answers.values() for queue in queues}
    for queue in (each.name for each in settings.CELERY_TASK_QUEUES):
        if queue in names:
            yield well("workers", f"queue {queue} has one")
        else:
            yield wrong(
                "workers", f"nobody works on the queue {queue}: start celery -A cxc.celery worker --queues {queue}."
            )


def beat() -> Iterator[Finding]:
    tick = last_runs.last(last_runs.BEAT)
    if tick is None or tick.age > MOST_BEAT_SECONDS:
        since = "has never ticked" if tick is None else f"ticked {tick.age / 60:.0f} minutes ago"
        yield wrong("beat", f"{since}: start celery -A cxc.celery beat; until then nothing happens by itself.")
    else:
        yield well("beat", f"ticked {tick.age:.0f} seconds ago")


def mail_server_answers() -> Iterator[Finding]:
    if not settings.EMAIL_HOST:
        yield well("mail server", f"none is set: mails are written into {settings.EMAIL_FILE_PATH}")
        return
    try:
        with mail_server.connected():
            yield well("mail server", f"{settings.EMAIL_HOST} answers")
    except mail_server.ServerAwayError as error:
        yield wrong(
            "mail server", f"{settings.EMAIL_HOST} can't be used: put CXC_EMAIL_… right, or ask who runs it. ({error})"
        )


def outbox() -> Iterator[Finding]:
    waiting = delivery.unsent().filter(created_at__lt=clock.now() - MOST_WAITING).count()
    if waiting:
        yield wrong(
            "outbox", f"{waiting} mails wait for more than an hour: see worker of the queue mail and mail server."
        )
    else:
        yield well("outbox", "no mail waits for long")


def todo() -> Iterator[Finding]:
    waiting = ReconcileRequest.objects.filter(asked_at__lt=clock.real_now() - MOST_WAITING).count()
    if waiting:
        yield wrong("to-do", f"{waiting} changes wait for more than an hour to reach it: see worker and beat.")
    else:
        yield well("to-do", "follows what changes")


def erased_files() -> Iterator[Finding]:
    """Files whose rows are gone and that the store has not deleted: some wait for a minute, none for an hour."""
    late = FileToDelete.objects.filter(since__lt=clock.real_now() - MOST_WAITING)
    if number := late.count():
        cure = "let the portal delete there, or delete them by hand: core_filetodelete has their names."
        yield wrong("erased files", f"{number} can't be deleted from the store of files for over an hour: {cure}")
    else:
        yield well("erased files", "deleted from the store of files")


def documents() -> Iterator[Finding]:
    fonts = settings.BASE_DIR / "static" / "fonts"
    if not any(fonts.glob("*.ttf")):
        yield wrong("documents", f"the fonts are missing: bring {fonts} back from the source.")
    elif not pdf.available():
        yield wrong("documents", pdf.missing_sentence())
    else:
        yield well("documents", f"PDFs can be made, with {len(list(fonts.glob('*.ttf')))} fonts")


def seal() -> Iterator[Finding]:
    try:
        key = current_key()
    except KeyUnreadable as problem:
        yield wrong("seal", str(problem))
        return
    left = days_left(key, clock.real_now())
    if settings.PRODUCTION and not settings.SEAL_KEY_FILE:
        yield wrong("seal", "documents are sealed with the trial key: set CXC_SEAL_KEY_FILE.")
    elif left <= WARN_DAYS[1]:
        yield wrong("seal", f"its certificate ends in {left} days: get another one (docs/seals.md).")
    else:
        yield well("seal", f"its certificate is valid for {left} days")


def backups() -> Iterator[Finding]:
    """A back-up each day, wherever one is wanted: on a public server always."""
    last = last_backup()
    if not settings.PRODUCTION and not settings.BACKUP_TO:
        yield well("back-ups", "CXC_BACKUP_TO is not set: none is made each day")
    elif last is None:
        yield wrong("back-ups", "there is none: set CXC_BACKUP_TO, or run python manage.py backup (docs/backup.md).")
    elif clock.real_now() - last.started_at > OLDEST_BACKUP:
        day = f"{last.started_at:%d %B %Y}"
        yield wrong("back-ups", f"the last is of {day}: see the list of back-ups and the log of worker.")
    elif last.lost_count:
        yield wrong("back-ups", f"{last.lost_count} stored files are lost or changed: ./portal backup names them.")
    else:
        yield well("back-ups", f"the last is of {last.started_at:%d %B %Y, %H:%M} UTC")


def viruses() -> Iterator[Finding]:
    if not virus_scanner.is_set():
        yield well("viruses", "ClamAV is not set: uploads are not scanned")
        return
    try:
        answers = virus_scanner.answers()
    except OSError as error:
        yield wrong(
            "viruses",
            f"ClamAV does not answer, so uploads are refused: start it, or put CXC_CLAMAV_SOCKET right. ({error})",
        )
        return
    yield well("viruses", "ClamAV answers") if answers else wrong("viruses", "ClamAV answers oddly: start it again.")
