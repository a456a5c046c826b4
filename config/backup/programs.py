"""PostgreSQL's own pg_dump and pg_restore, from the wheel, for any server that DATABASE_URL names."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from config.backup.errors import BackupError
from config.embedded.account import Account
from config.embedded.binaries import postgres_programs
from config.paths import VAR


def call(program: str, *arguments: str) -> str:
    """Run one of PostgreSQL's client programs to its end; what it printed.

    The password goes through the environment, which other users cannot read. Raises BackupError with what
    the program said.
    """
    path = postgres_programs(Account(), VAR) / program
    done = subprocess.run(
        [str(path), "--no-password", *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **_environment(connection.settings_dict)},
    )
    if done.returncode:
        raise BackupError(f"{program} could not finish:\n{done.stderr.strip()}")
    return done.stdout


def check(file: Path) -> None:
    """Read the file's table of contents. Raises BackupError where it is no backup, or not a whole one."""
    try:
        call("pg_restore", "--list", str(file))
    except BackupError as error:
        raise BackupError(f"{file} is not a backup that can be read. {error}") from error


def _environment(database: Mapping[str, Any]) -> dict[str, str]:
    """The connection, as libpq's programs read it."""
    options = database.get("OPTIONS") or {}
    given = {
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
    }
    return {name: str(value) for name, value in given.items() if value}
