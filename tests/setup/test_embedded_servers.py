"""The embedded servers start, are shared, outlive a killed user and are stopped by the last one."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis

from config.embedded import EmbeddedServerError, RunningServers, Stack
from tests.processes import child_environment, running, until

# One process takes them all, since they share what is slow to start.
pytestmark = pytest.mark.xdist_group("embedded")

HOLD_STACK = """
import sys
from pathlib import Path
from config.embedded import Stack
with Stack(Path(sys.argv[1]), is_throwaway=True).in_use("postgres", "valkey"):
    print("holding", flush=True)
    sys.stdin = open("/dev/zero")
    sys.stdin.read()
"""


@pytest.fixture
def stack(own_folder: Path) -> Stack:
    return Stack(own_folder / "stack", is_throwaway=True)


@pytest.fixture
def servers(stack: Stack) -> Iterator[RunningServers]:
    with stack.in_use("postgres", "valkey") as found:
        yield found


def ask(url: str, question: str) -> object:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def ping(url: str) -> object:
    with redis.Redis.from_url(url) as client:
        return client.ping()


def pids(found: RunningServers) -> list[int]:
    processes = [server.process() for server in found.servers.values()]
    return [process.pid for process in processes if process]


def test_both_answer_with_utf_8_on_the_loopback_address(servers: RunningServers) -> None:
    assert (
        ask(servers.urls["postgres"], "SELECT datlocale FROM pg_database WHERE datname = 'tranche'")
        == "C.UTF-8"
    )
    assert ask(servers.urls["postgres"], "SHOW listen_addresses") == "127.0.0.1"
    assert ping(servers.urls["valkey"])


def test_neither_answers_without_the_password(servers: RunningServers) -> None:
    postgres = servers.servers["postgres"]
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(
            host="127.0.0.1", port=postgres.port, user="tranche", password="guess", dbname="tranche"
        )
    with pytest.raises(redis.AuthenticationError):
        ping(f"redis://127.0.0.1:{servers.servers['valkey'].port}/0")


def test_secrets_are_readable_by_us_alone(stack: Stack, servers: RunningServers) -> None:
    assert (stack.folder / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert all(server.folder.stat().st_mode & 0o777 == 0o700 for server in servers.servers.values())


def test_data_and_urls_outlive_a_restart(stack: Stack) -> None:
    with stack.in_use("postgres") as first:
        ask(first.urls["postgres"], "CREATE TABLE kept AS SELECT 7 AS number")
        before = pids(first)
    assert not any(psutil.pid_exists(pid) for pid in before)
    with stack.in_use("postgres") as second:
        assert second.urls == first.urls
        assert ask(second.urls["postgres"], "SELECT number FROM kept") == 7


def test_the_last_user_stops_them_and_no_earlier_one(own_folder: Path, stack: Stack) -> None:
    with stack.in_use("postgres", "valkey") as outer:
        with Stack(own_folder / "stack", is_throwaway=True).in_use("postgres", "valkey") as inner:
            assert inner.urls == outer.urls
        assert ask(outer.urls["postgres"], "SELECT 1") == 1
        assert ping(outer.urls["valkey"])
        held = pids(outer)
    assert not any(psutil.pid_exists(pid) for pid in held)


def test_servers_of_a_killed_user_are_adopted_and_then_stopped(stack: Stack) -> None:
    program = own_program(stack)
    with running(program, child_environment()) as user:
        user.until_says("holding")
        user.kill()
    with stack.in_use("postgres", "valkey") as found:
        adopted = pids(found)
        assert len(adopted) == 2
        assert ask(found.urls["postgres"], "SELECT 1") == 1
    assert not any(psutil.pid_exists(pid) for pid in adopted)


def own_program(stack: Stack) -> str:
    script = stack.folder.parent / "hold.py"
    script.write_text(HOLD_STACK)
    return f"env PYTHONPATH={Path.cwd()} {sys.executable} {script} {stack.folder}"


def test_a_pid_file_that_names_another_program_is_not_believed(stack: Stack) -> None:
    with stack.in_use("postgres") as found:
        postgres = found.servers["postgres"]
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, **postgres.account.process_options) as other:
        postgres.pid_file.write_text(f"{other.pid}\n{postgres.folder}\n")
        with stack.in_use("postgres") as again:
            assert ask(again.urls["postgres"], "SELECT 1") == 1
        assert other.poll() is None


def test_a_killed_postgres_recovers_what_was_committed(stack: Stack) -> None:
    with stack.in_use("postgres") as found:
        ask(found.urls["postgres"], "CREATE TABLE survivors AS SELECT 8 AS number")
        process = found.servers["postgres"].process()
        assert process is not None
        process.kill()
        until(lambda: not found.servers["postgres"].process(), what="the end of PostgreSQL")
        assert found.revive() == ["postgres"]
        assert ask(found.urls["postgres"], "SELECT number FROM survivors") == 8


def test_a_server_that_cannot_start_says_why(stack: Stack) -> None:
    with stack.in_use("postgres") as found:
        settings_file = found.servers["postgres"].folder / "postgresql.auto.conf"
    good = settings_file.read_text()
    settings_file.write_text("no_such_setting = 1")
    with (
        pytest.raises(EmbeddedServerError, match=r"(?s)postgres did not start.*no_such_setting"),
        stack.in_use("postgres"),
    ):
        pytest.fail("it must not come up")
    settings_file.write_text(good)


def test_another_port_is_taken_where_the_last_one_is_busy(stack: Stack) -> None:
    with stack.in_use("valkey") as first:
        port = first.servers["valkey"].port
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        with stack.in_use("valkey") as second:
            assert second.servers["valkey"].port != port
            assert ping(second.urls["valkey"])


def test_a_server_that_was_killed_is_revived_on_its_port(servers: RunningServers) -> None:
    before = dict(servers.urls)
    victim = servers.servers["valkey"].process()
    assert victim is not None
    victim.kill()
    victim.wait()
    assert servers.revive() == ["valkey"]
    assert servers.urls == before
    assert ping(servers.urls["valkey"])
    assert servers.revive() == []


def test_throwaway_servers_vanish_when_their_user_is_killed(own_folder: Path) -> None:
    environment = child_environment(TMPDIR=str(own_folder))
    command = f"{sys.executable} -m config.embedded sh -c 'echo $DATABASE_URL; sleep 600'"
    with running(command, environment) as user:
        user.until_says("postgres://")
        url = user.output.strip()
        assert ask(url, "SELECT 1") == 1
        folders = list(own_folder.glob("tranche-*"))
        assert folders
        user.process.kill()
        until(lambda: not any(folder.exists() for folder in folders), what="the end of the servers' folder")
    with pytest.raises(psycopg2.OperationalError):
        ask(url, "SELECT 1")
