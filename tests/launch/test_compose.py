import re
from pathlib import Path

import pytest
import yaml

from launch.paths import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
QUEUES = {"worker": "celery", "mail": "mail"}


def test_has_every_part_of_the_portal() -> None:
    assert set(SERVICES) == {"migrate", "restore", "web", "worker", "mail", "beat", "postgres", "redis"}


@pytest.mark.parametrize("name", ["web", "worker", "mail", "beat", "postgres", "redis"])
def test_what_lasts_is_watched_and_comes_back(name: str) -> None:
    assert ("test" in SERVICES[name]["healthcheck"], SERVICES[name]["restart"]) == (True, "unless-stopped")


@pytest.mark.parametrize("name", ["web", "worker", "mail", "beat"])
def test_parts_wait_for_the_migrated_database_and_the_broker(name: str) -> None:
    conditions = {service: wait["condition"] for service, wait in SERVICES[name]["depends_on"].items()}
    assert conditions == {"migrate": "service_completed_successfully", "redis": "service_healthy"}


def test_mails_have_a_worker_of_their_own() -> None:
    queues = {name: SERVICES[name]["command"][SERVICES[name]["command"].index("--queues") + 1] for name in QUEUES}
    assert queues == QUEUES


def test_workers_can_be_many() -> None:
    assert not {"container_name", "ports"} & set(SERVICES["worker"])


def test_no_secret_is_written_down() -> None:
    settings = (
        SERVICES["worker"]["environment"] | SERVICES["postgres"]["environment"] | SERVICES["redis"]["environment"]
    )
    secret = {
        name: str(value) for name, value in settings.items() if "PASSWORD" in name or name.endswith(("KEY", "AUTH"))
    }
    asked = {name: value for name, value in secret.items() if value.startswith(("${CXC_", "${AWS_"))}
    assert (asked, len(secret)) == (secret, 7)


def test_only_the_web_can_be_reached_and_only_from_its_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:${CXC_PORT:-8000}:8000"]}


@pytest.mark.parametrize("name", ["migrate", "restore", "web", "worker", "mail", "beat"])
def test_the_emblem_on_the_machine_is_read_within(name: str) -> None:
    (mount,) = SERVICES[name]["configs"]
    assert SERVICES[name]["environment"]["CXC_EMBLEM"] == f"${{CXC_EMBLEM:+{mount['target']}}}"
    assert COMPOSE["configs"][mount["source"]] == {"file": "${CXC_EMBLEM:-/dev/null}"}


def test_data_lasts_in_named_volumes() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    # A volume that a variable may replace by a folder.
    mounted = {re.sub(r"^\$\{CXC_\w+:-(\w+)\}", r"\1", mount).partition(":")[0] for mount in mounts}
    assert mounted == set(COMPOSE["volumes"])


def test_worker_and_restore_alone_reach_the_back_ups() -> None:
    parts = {name: str(service.get("volumes")) + str(service.get("environment")) for name, service in SERVICES.items()}
    for what in ("/var/lib/cxc/backups", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"):
        assert {name for name, text in parts.items() if what in text} == {"worker", "restore"}
    for name in ("worker", "restore"):
        assert SERVICES[name]["environment"].items() >= SERVICES["web"]["environment"].items()
        assert set(SERVICES[name]["volumes"]) > set(SERVICES["web"]["volumes"])


def test_the_image_is_built_of_the_locked_packages() -> None:
    dockerfile = Path(ROOT / "Dockerfile").read_text()
    assert "pip install --require-hashes --no-deps -r requirements/production.txt" in dockerfile


def test_a_restore_waits_for_the_database_alone_and_is_started_by_its_name_only() -> None:
    """What migrates would fill the database that a back-up goes into."""
    assert (set(SERVICES["restore"]["depends_on"]), SERVICES["restore"]["profiles"]) == ({"postgres"}, ["restore"])


def test_the_image_dumps_what_the_server_holds() -> None:
    (version,) = re.findall(r"^postgres:(\d+)-", SERVICES["postgres"]["image"])
    assert f"postgresql-client-{version} " in Path(ROOT / "Dockerfile").read_text()
