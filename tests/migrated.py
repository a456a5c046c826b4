"""One migrated database for the whole run: every other one begins as a copy of it, since migrating is slow.

It is the throw-away server's own, which the tests leave alone; a run on a server that was named has none.
"""

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from config.embedded.account import Account
from config.embedded.binaries import postgres_programs
from config.paths import PROJECT, VAR

# Names the file that is locked until the migrations have run; all processes of the run inherit it.
LOCK = "TRANCHE_TEST_MIGRATING"
MIGRATE = (sys.executable, "manage.py", "migrate", "--verbosity=0")


@contextmanager
def migrating() -> Iterator[None]:
    """Starts to migrate the database that DATABASE_URL names, and does not wait."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ[LOCK] = f"{folder}/migrating"
        with Path(os.environ[LOCK]).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # The lock is the child's as well, and ends with it.
            process = subprocess.Popen(MIGRATE, cwd=PROJECT, pass_fds=[lock.fileno()])
        yield
        process.terminate()
        process.wait()


def migrated() -> str:
    """The URL of the migrated database, as soon as it is; empty where the run has none."""
    if LOCK not in os.environ:
        return ""
    with Path(os.environ[LOCK]).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    return os.environ["DATABASE_URL"]


def name_of_migrated() -> str:
    return urlsplit(migrated()).path.removeprefix("/")


def migrate(environment: Mapping[str, str]) -> None:
    """Brings the empty database of a Tranche with this environment to where migrations would bring it."""
    if not migrated():
        subprocess.run(MIGRATE, cwd=PROJECT, env=environment, check=True)
        return
    programs = postgres_programs(Account(), VAR)
    dump = [f"{programs}/pg_dump", "--format=custom", migrated()]
    restore = [f"{programs}/pg_restore", "--no-owner", f"--dbname={environment['DATABASE_URL']}"]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as source:
        subprocess.run(restore, stdin=source.stdout, check=True)
    assert source.returncode == 0
