"""The outbox under several workers, on real commits."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import connections

from cxc.comms import delivery, outbox, tasks
from cxc.comms.models import Mail


@pytest.fixture(autouse=True)
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is handed to the broker, and a mail's words are always the same."""
    monkeypatch.setattr(tasks.deliver_mails, "apply_async", lambda *_arguments, **_options: None)
    monkeypatch.setattr(outbox, "_rendered", lambda *_: ("Subject", "Words", "Text", "<p>HTML</p>"))


def _ten_times(work: Any) -> list[Any]:
    def run(number: int) -> Any:
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(run, range(10)))


@pytest.mark.usefixtures("committed_db")
def test_ten_workers_send_each_mail_once() -> None:
    addresses = [f"p{number}@test.example" for number in range(6)]
    outbox.queue_mail(template="news", to=addresses)
    counts = _ten_times(lambda _: delivery.deliver_due())
    assert sum(counts) == 6
    assert sorted(message.to[0] for message in django_mail.outbox) == addresses
    assert set(Mail.objects.values_list("status", "attempts")) == {("sent", 1)}


@pytest.mark.usefixtures("committed_db")
def test_ten_jobs_write_a_reminder_once() -> None:
    rows = _ten_times(lambda _: outbox.queue_mail(template="news", to=["a@test.example"], key="far:7"))
    assert sum(len(found) for found in rows) == 1
    assert Mail.objects.count() == 1
