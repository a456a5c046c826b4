"""`manage.py` without URLs uses the embedded servers, leaves none behind and keeps its output to itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from config.embedded import Stack
from config.paths import PROJECT

# One process takes them all, since they share what is slow to start.
pytestmark = pytest.mark.xdist_group("embedded")

SCRIPT = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SHOW data_directory")
    print(cursor.fetchone()[0])
"""


@pytest.fixture
def environment(bare_environment: dict[str, str]) -> dict[str, str]:
    return bare_environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        check=False,
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_it_starts_them_prints_nothing_of_its_own_and_stops_them(environment: dict[str, str]) -> None:
    asked = manage(environment, "shell", "--no-imports", "-c", SCRIPT)
    lines = asked.stdout.splitlines()
    assert len(lines) == 1, asked.stderr
    assert lines[0].endswith("/postgres")
    assert not any(
        lines[0] in " ".join(each.info["cmdline"] or []) for each in psutil.process_iter(["cmdline"])
    )


def test_it_joins_servers_that_are_up_and_leaves_them_up(environment: dict[str, str]) -> None:
    with Stack(_folder(environment)).in_use("postgres", "valkey") as running:
        before = running.servers["postgres"].process()
        assert manage(environment, "shell", "--no-imports", "-c", SCRIPT).returncode == 0
        assert running.servers["postgres"].process() == before


def test_urls_that_are_given_are_used(environment: dict[str, str]) -> None:
    script = "from django.conf import settings; print(settings.REDIS_URL)"
    asked = manage(environment | {"REDIS_URL": "redis://given:1/0"}, "shell", "--no-imports", "-c", script)
    assert asked.stdout.strip() == "redis://given:1/0"


def test_a_folder_of_another_user_is_told(environment: dict[str, str], tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can make a folder that belongs to another user")
    folder = _folder(environment).parent / "foreign"
    (folder / "embedded").mkdir(parents=True)
    os.chown(folder / "embedded", 12345, 12345)
    asked = manage(environment | {"VAR_DIR": str(folder)}, "check")
    assert asked.returncode == 1
    assert "belongs to another user" in asked.stderr


def _folder(environment: dict[str, str]) -> Path:
    return Path(environment["VAR_DIR"]) / "embedded"
