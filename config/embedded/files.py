"""Small files that only we may read, and locks that the kernel drops when their holder dies."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any


def write_private(path: Path, text: str) -> None:
    """Writes `text` in one step to a file with mode 0600."""
    _draft(path, text).replace(path)


def create_private(path: Path, text: str) -> None:
    """As `write_private`, unless the file is there: of two processes the first to come wins."""
    draft = _draft(path, text)
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()


def _draft(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    return draft


def read_json(path: Path) -> Any:
    """The content of a JSON file, or None where there is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


class FileLock:
    """A `flock`: a SIGKILL frees it, so that what it says is never stale. Closing frees it too."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def share(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def take(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def try_take(self) -> bool:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        os.close(self._handle)

    @classmethod
    @contextmanager
    def held(cls, path: Path) -> Iterator[None]:
        lock = cls(path)
        try:
            lock.take()
            yield
        finally:
            lock.close()
