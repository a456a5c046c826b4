"""Fills in the settings that the environment does not name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded.stack import RunningServers, Stack
from config.paths import VAR

FOLDER = VAR / "embedded"
VARIABLES = {"DATABASE_URL": "postgres", "REDIS_URL": "valkey"}


@contextmanager
def filled_environment(folder: Path = FOLDER) -> Iterator[RunningServers]:
    """Sets DATABASE_URL, REDIS_URL and SECRET_KEY in `os.environ` where they are missing.

    The servers that this needs are up meanwhile. Child processes inherit the URLs and so start none.
    Raises EmbeddedServerError where one cannot be started.
    """
    missing = {variable: name for variable, name in VARIABLES.items() if not os.environ.get(variable)}
    if not missing and os.environ.get("SECRET_KEY"):
        yield RunningServers({})
        return
    stack = Stack(folder)
    os.environ.setdefault("SECRET_KEY", stack.secrets().secret_key)
    with stack.in_use(*missing.values()) as running:
        os.environ.update({variable: running.urls[name] for variable, name in missing.items()})
        yield running


def without_embedded(environment: dict[str, str]) -> dict[str, str]:
    """A copy of `environment` that names no servers and no key: for a child that starts its own."""
    return {name: value for name, value in environment.items() if name not in {*VARIABLES, "SECRET_KEY"}}
