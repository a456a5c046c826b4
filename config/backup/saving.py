"""The database as it was at one moment, while everything goes on working."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from config.backup import programs
from config.backup.errors import BackupError


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup that was written and read again. `size_bytes` is the file's."""

    file: Path
    size_bytes: int


def save(file: Path) -> Saved:
    """Write one snapshot of the whole database to `file`, which only its owner may read.

    The file appears whole or not at all. Raises BackupError where it exists already, where it cannot be
    written, or where PostgreSQL refuses.
    """
    if file.exists():
        raise BackupError(f"{file} exists already. Name another file.")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.touch(mode=0o600)
        _dump(draft)
        _sync(draft)
        draft.rename(file)
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}. Name another file.") from error
    finally:
        draft.unlink(missing_ok=True)
    _sync(file.parent)
    return Saved(file, file.stat().st_size)


def _dump(draft: Path) -> None:
    database = connection.settings_dict["NAME"]
    programs.call(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={draft}", str(database)
    )
    programs.check(draft)


def _sync(path: Path) -> None:
    """Onto the disk, so that a power cut right after does not take it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
