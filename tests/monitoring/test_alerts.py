"""The alerting rules name numbers that there are, and say what to do."""

import re
from typing import Any

import pytest
import yaml
from django.test import Client

from cxc import clock
from cxc.backups.models import Backup
from cxc.core import last_runs
from launch.paths import ROOT

RULES: list[dict[str, Any]] = [
    rule for group in yaml.safe_load((ROOT / "docs/alerts.yml").read_text())["groups"] for rule in group["rules"]
]
TABLE = set(re.findall(r"`(cxc_[a-z_]+)", (ROOT / "docs/monitoring.md").read_text()))


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_a_rule_has_what_prometheus_wants_and_a_cure(rule: dict[str, Any]) -> None:
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"\d+m", rule.get("for", "1m"))
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert all(rule["annotations"][name].endswith(".") for name in ("summary", "cure"))


def test_names_differ_and_numbers_are_those_of_the_table() -> None:
    assert len({rule["alert"] for rule in RULES}) == len(RULES)
    named = {name for rule in RULES for name in re.findall(r"cxc_[a-z_]+", rule["expr"])}
    assert {re.sub(r"_(bucket|count|sum)$", "", name) for name in named} <= TABLE


def test_static_files_and_probes_are_no_pages() -> None:
    rates = [each for rule in RULES for each in re.findall(r"cxc_request_seconds\w*(\S*?)\[", rule["expr"])]
    assert len(rates) == 3
    assert all('view!="none"' in each for each in rates)


@pytest.mark.django_db
def test_the_table_has_every_number_that_the_portal_gives(client: Client, now: None) -> None:
    last_runs.note(last_runs.BEAT)
    last_runs.note(last_runs.RECONCILE)
    moment = clock.real_now()
    Backup.objects.create(
        name="portal-1", destination="/a", started_at=moment, finished_at=moment, size=1, rows_count=1, files_count=1
    )
    client.get("/faq/")
    text = client.get("/metrics").content.decode()
    assert set(re.findall(r"^# TYPE (\S+) \w+$", text, re.MULTILINE)) - {"cxc_request_seconds_created"} == TABLE
