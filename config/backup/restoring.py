"""A backup becomes the database: filled beside the present one, checked, then put in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from psycopg2 import errors, sql

from config.backup import programs
from config.backup.errors import BackupError

JOBS = 2
# How often others may connect again between the end of their connections and the exchange.
TRIES = 5


@dataclass(frozen=True, slots=True)
class Restored:
    """`kept` is the name under which the database that was there before is kept; empty where it was empty."""

    kept: str


def restore(file: Path, *, may_replace: bool = False) -> Restored:
    """Make the database what it was when `file` was written, and bring it up to this version's migrations.

    It is filled as a new database first, so that an error changes nothing. Connections of running processes
    are ended at the moment of the change; they connect again by themselves. A database that held rows is
    kept under another name.
    Raises BackupError where `file` is no backup or of a newer version, where the database holds rows and
    `may_replace` is not set, or where the role may not create databases.
    """
    if not file.is_file():
        raise BackupError(f"There is no file {file}. Name a file that `manage.py backup` wrote.")
    programs.check(file)
    name = str(connection.settings_dict["NAME"])
    is_empty = not _tables()
    if not (is_empty or may_replace):
        raise BackupError(
            f"The database {name} is in use. Add --replace to put the backup in its place; "
            "what is there now is kept under another name."
        )
    moment = f"{timezone.now():%Y%m%dT%H%M%S}"
    draft, kept = f"{name}_restoring_{moment}", f"{name}_before_{moment}"
    with _maintenance() as server:
        _fill(server, draft, file)
        connection.close()
        _swap(server, name, draft, kept)
        if is_empty:
            _drop(server, kept)
    call_command("migrate", verbosity=0, interactive=False)
    return Restored("" if is_empty else kept)


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


@contextmanager
def _maintenance(database: str = "postgres") -> Iterator[Any]:
    """A cursor in another database of the same server, outside of any transaction."""
    server = psycopg2.connect(**{**connection.get_connection_params(), "dbname": database})
    try:
        server.autocommit = True
        with server.cursor() as cursor:
            yield cursor
    finally:
        server.close()


def _fill(server: Any, draft: str, file: Path) -> None:
    try:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(draft)))
    except errors.InsufficientPrivilege as error:
        raise BackupError(
            "This role may not create databases. Let it (ALTER ROLE … CREATEDB), or use pg_restore as "
            "docs/how-to/back-up-and-restore.md says."
        ) from error
    try:
        programs.call(
            "pg_restore",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            f"--jobs={JOBS}",
            f"--dbname={draft}",
            str(file),
        )
        _check_version(draft, file)
    except BaseException:
        _drop(server, draft)
        raise


def _check_version(draft: str, file: Path) -> None:
    """Raises BackupError for a backup that is not of Tranche, or of a version newer than this one."""
    with _maintenance(draft) as restored:
        restored.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        if not restored.fetchone()[0]:
            raise BackupError(
                f"{file} is a backup of something else. Name one that `manage.py backup` wrote."
            )
        restored.execute("SELECT app, name FROM django_migrations")
        applied = set(restored.fetchall())
    known = MigrationLoader(None, ignore_no_migrations=True)
    newer = applied - set(known.disk_migrations or ()) - set(_replaced(known))
    if newer:
        first = ".".join(min(newer))
        raise BackupError(
            f"{file} was written by a newer version of Tranche (it has {first}). Install that version first."
        )


def _replaced(loader: MigrationLoader) -> Iterator[tuple[str, str]]:
    for migration in (loader.disk_migrations or {}).values():
        yield from migration.replaces


def _swap(server: Any, name: str, draft: str, kept: str) -> None:
    """Exchange the names. Raises BackupError where others connect again too fast, time after time."""
    for _ in range(TRIES):
        try:
            _end_connections(server, name)
            return _rename(server, (name, kept), (draft, name))
        except errors.ObjectInUse:
            continue
    _drop(server, draft)
    raise BackupError(
        f"{name} is too busy to be exchanged. Nothing has changed; stop the workers and try again."
    )


def _end_connections(server: Any, name: str) -> None:
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def _rename(server: Any, *pairs: tuple[str, str]) -> None:
    """In one transaction: whoever connects finds the one database or the other."""
    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    server.execute("BEGIN")
    try:
        for old, new in pairs:
            server.execute(statement.format(sql.Identifier(old), sql.Identifier(new)))
        server.execute("COMMIT")
    except psycopg2.Error:
        server.execute("ROLLBACK")
        raise


def _drop(server: Any, database: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
