"""A Tranche of a test's own, whose processes and servers it may kill: the commands that run in service."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import psycopg2
import pytest

from config.embedded import RunningServers, Stack
from config.run.children import COMMANDS
from fleet.mdm.simulator.senders import Target
from tests.migrated import migrate
from tests.processes import PROJECT, Running, free_port, own_folder, running, until, with_programs


@dataclass(frozen=True)
class OwnStack:
    """Its servers, the environment of its processes, and where its one source pushes."""

    servers: RunningServers
    environment: dict[str, str]
    target: Target

    def worker(self) -> AbstractContextManager[Running]:
        return self._running("worker")

    def beat(self) -> AbstractContextManager[Running]:
        return self._running("beat")

    def stop(self, server: str) -> None:
        self.servers.servers[server].stop()

    def connect(self) -> Any:
        """A connection to its database, which is not that of the test run."""
        return psycopg2.connect(self.environment["DATABASE_URL"])

    def ask(self, question: str, *values: Any) -> Any:
        """The first column of the only row that answers."""
        connection = self.connect()
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(question, values)
                return cursor.fetchone()[0]
        finally:
            connection.close()

    def applied(self) -> set[str]:
        """The ids of the deliveries that have been applied."""
        status = "SELECT coalesce(array_agg(id::text), '{}') FROM fleet_delivery WHERE status = 'applied'"
        return set(self.ask(status))

    def _running(self, name: str) -> AbstractContextManager[Running]:
        return running(f"{sys.executable} -m {COMMANDS[name]}", self.environment)


@pytest.fixture(scope="session")
def stack() -> Iterator[OwnStack]:
    """Servers, the web server and an organisation with a source; no worker runs yet.

    A worker that died is followed by another soon: lease and sweep take seconds, not minutes.
    """
    with own_folder() as folder, Stack(folder, is_throwaway=True).in_use("postgres", "valkey") as servers:
        port = free_port()
        environment = with_programs(os.environ) | {
            "DATABASE_URL": servers.urls["postgres"],
            "REDIS_URL": servers.urls["valkey"],
            "SECRET_KEY": "a key of this stack alone, which guards nothing but the data of its tests",
            "VAR_DIR": str(folder),
            "BIND": f"127.0.0.1:{port}",
            "WEB_WORKERS": "1",
            "WORKER_CONCURRENCY": "1",
            "MDM_LEASE_SECONDS": "3",
            "MDM_SWEEP_SECONDS": "1",
            "IMPORT_LEASE_SECONDS": "3",
            "BULK_LEASE_SECONDS": "3",
        }
        migrate(environment)
        _manage(environment, "create_organisation", "DEPT", "Department", "--admin", "admin@dept.example")
        source = ("--organisation", "DEPT", "--name", "MDM")
        _, token = _manage(environment, "create_mdm_source", *source).split()
        target = Target(f"http://127.0.0.1:{port}", token)
        with running(f"{sys.executable} -m {COMMANDS['web']}", environment):
            until(lambda: _answers(f"{target.url}/health/ready"), seconds=180, what="the web server")
            yield OwnStack(servers, environment, target)


def _manage(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=PROJECT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
