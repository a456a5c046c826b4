"""`make run` with DEMO=none on a fresh machine: its block, its guards, its end."""

from __future__ import annotations

import json
import re
import socket
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from config.run.options import Options, RunError
from tests.processes import Running, running, until

# One process takes them all, since they share what is slow to start.
pytestmark = pytest.mark.xdist_group("run")

RUN = f"{sys.executable} -m config.run"


@pytest.fixture(scope="module")
def run_environment(bare_environment: dict[str, str], free_port: int) -> dict[str, str]:
    return bare_environment | {"PORT": str(free_port)}


@pytest.fixture(scope="module")
def tranche(run_environment: dict[str, str]) -> Iterator[Running]:
    with running(RUN, run_environment) as process:
        process.until_says("Tranche is ready")
        yield process


def ready(port: int) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=10) as answer:
        body: dict[str, Any] = json.load(answer)
    return body


def everyone(process: Running) -> list[psutil.Process]:
    return psutil.Process(process.process.pid).children(recursive=True)


def test_the_block_says_where_it_runs_and_how_to_begin(tranche: Running, free_port: int) -> None:
    assert f"Tranche is ready at http://127.0.0.1:{free_port}" in tranche.output
    assert "manage.py create_organisation" in tranche.output
    assert "Traceback" not in tranche.output


def test_web_worker_and_beat_are_up(tranche: Running, free_port: int) -> None:
    until(lambda: ready(free_port)["workers"]["status"] == "ok", what="a worker's sign of life")
    state = ready(free_port)
    assert (state["status"], state["database"], state["broker"]) == ("ready", "ok", "ok")
    until(lambda: ready(free_port)["beat"]["status"] == "ok", what="beat's sign of life")


def test_a_second_run_is_told_what_to_do(tranche: Running, run_environment: dict[str, str]) -> None:
    with running(RUN, run_environment | {"PORT": "1"}) as second:
        until(lambda: second.has_ended)
        assert second.process.returncode == 1
        assert f"kill {tranche.process.pid}" in second.output


def test_a_child_that_dies_is_started_again(tranche: Running, free_port: int) -> None:
    worker = next(each for each in everyone(tranche) if "worker" in each.cmdline())
    worker.kill()
    tranche.until_says("The worker process ended (code -9) and starts again")
    until(lambda: any("worker" in each.cmdline() for each in everyone(tranche)), what="a new worker")


def test_a_server_that_dies_is_started_again(tranche: Running, free_port: int) -> None:
    valkey = next(each for each in everyone(tranche) if each.name() == "valkey-server")
    valkey.kill()
    tranche.until_says("The valkey server had ended and was started again")
    until(lambda: ready(free_port)["broker"] == "ok", what="the broker")


def test_a_killed_run_is_cleared_up_by_the_next_which_ends_cleanly(
    tranche: Running, run_environment: dict[str, str], own_folder: Path
) -> None:
    left = [each for each in everyone(tranche) if each.name() not in ("postgres", "valkey-server")]
    tranche.process.kill()
    tranche.process.wait()
    with running(RUN, run_environment) as successor:
        successor.until_says("Tranche is ready")
        assert "Ending what an earlier run left behind" in successor.output
        until(lambda: not any(each.is_running() for each in left), what="the end of the earlier processes")
        mine = everyone(successor)
        assert successor.end() == 0
        assert "Tranche has stopped." in successor.output
    until(lambda: not any(each.is_running() for each in mine), what="the end of all processes")
    assert not list(own_folder.glob("embedded/postgres/postmaster.pid"))


def test_a_busy_port_is_told_with_a_way_out(bare_environment: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with running(RUN, bare_environment | {"PORT": str(port), "VAR_DIR": str(tmp_path)}) as process:
            until(lambda: process.has_ended)
            assert process.process.returncode == 1
            assert re.search(rf"Port {port} is in use .* make run PORT=\d+", process.output)


@pytest.mark.parametrize(
    ("environment", "port", "demo"),
    [
        ({}, 8000, "full"),
        ({"PORT": "8123", "DEMO": "small"}, 8123, "small"),
        ({"DATABASE_URL": "postgres://elsewhere"}, 8000, "none"),
        ({"DATABASE_URL": "postgres://elsewhere", "DEMO": "full"}, 8000, "full"),
    ],
)
def test_a_real_database_is_never_filled_unasked(environment: dict[str, str], port: int, demo: str) -> None:
    assert Options.of(environment) == Options(port, demo)


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "0"), ("PORT", "http"), ("PORT", "65536"), ("DEMO", "big")]
)
def test_an_option_that_cannot_be_is_named(name: str, value: str) -> None:
    with pytest.raises(RunError, match=rf"{name} is '{value}'. Give"):
        Options.of({name: value})
