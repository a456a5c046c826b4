"""Servers of their own for a test run, a check or a benchmark, deleted at its end."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from config.embedded.errors import EmbeddedServerError
from config.paths import PROJECT


@contextmanager
def throwaway_servers() -> Iterator[dict[str, str]]:
    """Yields the DATABASE_URL, REDIS_URL and SECRET_KEY of fresh servers in a temporary folder.

    A guard process owns them and ends them when this process lets go of its pipe, which the kernel does
    even after a SIGKILL. Raises EmbeddedServerError where they cannot be started.
    """
    guard = subprocess.Popen(
        [sys.executable, "-m", "config.embedded.guard"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=PROJECT,
    )
    assert guard.stdin is not None
    assert guard.stdout is not None
    with guard, guard.stdin, guard.stdout:
        line = guard.stdout.readline()
        if not line:
            raise EmbeddedServerError("The throw-away servers did not start; the lines above say why.")
        yield json.loads(line)
