"""A Tranche of its own, started as `make run` starts it, in a folder that is deleted at the end."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from config.embedded import Stack, without_embedded
from config.paths import PROJECT

LONGEST_START_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Running:
    """Where it answers, and its process tree."""

    folder: Path
    port: int
    process: psutil.Popen
    seconds_to_ready: float

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """The servers' account may have to pass through it, so it is not private."""
    with tempfile.TemporaryDirectory(prefix="tranche-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder
        # Where root runs this, the data may lie outside of the folder.
        shutil.rmtree(Stack(folder / "embedded").home)


def start(folder: Path, demo: str) -> Running:
    """Starts it and waits until it is ready to take in."""
    port = _free_port()
    environment = without_embedded(dict(os.environ)) | {
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "DEMO": demo,
    }
    started = time.monotonic()
    with (folder / "run.log").open("ab") as log:
        process = psutil.Popen(
            [sys.executable, "-m", "config.run"],
            cwd=PROJECT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _wait_until_ready(process, port, folder / "run.log")
    return Running(folder, port, process, time.monotonic() - started)


def _wait_until_ready(process: psutil.Popen, port: int, log: Path) -> None:
    end = time.monotonic() + LONGEST_START_SECONDS
    while not _is_ready(port):
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"Tranche did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.05)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
