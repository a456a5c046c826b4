"""Each service of docker-compose.yml runs by its exact command and passes its exact health check."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest
import redis
import yaml

from config.paths import PROJECT
from config.run.children import COMMANDS
from tests.processes import child_environment, running, until

COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("web", "worker", "beat")
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}")


def composed(service: str) -> dict[str, str]:
    """Its environment as Compose fills it in where .env sets nothing but what must be set."""
    stated = SERVICES[service]["environment"]
    return {name: VARIABLE.sub(lambda found: found[2] or "given", value) for name, value in stated.items()}


def is_healthy(service: str, environment: dict[str, str]) -> bool:
    kind, *check = SERVICES[service]["healthcheck"]["test"]
    assert kind == "CMD"
    return subprocess.run(check, check=False, cwd=PROJECT, env=environment, timeout=30).returncode == 0


@pytest.fixture
def environment(db: None, free_port: int, settings: Any, tmp_path: Any) -> dict[str, str]:
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        valkey.flushdb()
    return child_environment(BIND=f"127.0.0.1:{free_port}", BEAT_SCHEDULE_FILE=str(tmp_path / "beat"))


@pytest.mark.parametrize("service", OURS)
def test_it_becomes_healthy_and_is_not_before(service: str, environment: dict[str, str]) -> None:
    settings_of_compose = {
        name: value for name, value in composed(service).items() if name not in ("DATABASE_URL", "REDIS_URL")
    }
    environment = settings_of_compose | environment
    assert not is_healthy(service, environment)
    with running(SERVICES[service]["command"], environment) as process:
        until(lambda: process.has_ended or is_healthy(service, environment), what=f"the health of {service}")
        assert not process.has_ended, process.output


def test_the_migrations_run_by_their_command(environment: dict[str, str]) -> None:
    with running(SERVICES["migrate"]["command"], environment) as process:
        until(lambda: process.has_ended)
        assert process.process.returncode == 0, process.output


def test_the_commands_are_those_of_make_run() -> None:
    assert {name: SERVICES[name]["command"] for name in OURS} == COMMANDS


def test_all_lasting_services_are_checked_restarted_and_wait_for_the_migrations() -> None:
    for name, service in SERVICES.items():
        if name != "migrate":
            assert service["restart"] == "unless-stopped", name
            assert service["healthcheck"]["test"], name
    for name in OURS:
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_data_lie_in_volumes() -> None:
    mounted = {volume.partition(":")[0] for name in ("db", "broker") for volume in SERVICES[name]["volumes"]}
    assert mounted == set(COMPOSE["volumes"])


def test_every_setting_of_the_example_file_is_one_that_compose_reads() -> None:
    example = (PROJECT / ".env.example").read_text()
    offered = set(re.findall(r"^(\w+)=", example, re.MULTILINE))
    read = {found[1] for found in VARIABLE.finditer((PROJECT / "docker-compose.yml").read_text())}
    assert offered <= read


def test_the_image_runs_as_an_ordinary_user() -> None:
    lines = (PROJECT / "Dockerfile").read_text().splitlines()
    last_stage = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM")) :]
    assert "USER tranche" in last_stage
