"""Real processes for tests: their environment, their life and the conditions to wait for."""

import os
import shlex
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psutil
from django.conf import settings
from django.db import connection

PROJECT = Path(__file__).resolve().parent.parent


def until(condition: Callable[[], object], *, seconds: float = 300, what: str = "the condition") -> None:
    """Returns as soon as the condition holds; fails the test where it does not in so many seconds.

    That is long: a busy machine is slow, not wrong.
    """
    pause = threading.Event()
    for _ in range(int(seconds * 20)):
        if condition():
            return
        pause.wait(0.05)
    raise AssertionError(f"{what} did not come true within {seconds} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder that the servers' account may pass through, which pytest's own is not for root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


def with_programs(environment: Mapping[str, str]) -> dict[str, str]:
    """With the programs of this virtual environment on the path."""
    return {**environment, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def child_environment(**changes: str) -> dict[str, str]:
    """The environment of a process that works on this test's own databases.

    The test must be marked `django_db(transaction=True)`, or the process sees nothing of its rows.
    """
    of = connection.settings_dict
    password = f":{quote(of['PASSWORD'])}" if of["PASSWORD"] else ""
    url = f"postgres://{of['USER']}{password}@{of['HOST']}:{of['PORT']}/{of['NAME']}"
    servers = {"DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL, "SECRET_KEY": settings.SECRET_KEY}
    return with_programs(os.environ) | servers | changes


class Running:
    """A process in a session of its own, with what it has written."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process = process
        self._log = log

    @property
    def output(self) -> str:
        return self._log.read_text(errors="replace")

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def until_says(self, text: str) -> None:
        until(lambda: text in self.output or self.has_ended, what=f"{text!r}")
        assert text in self.output, self.output

    def kill(self) -> None:
        """SIGKILL to it and to all that it started."""
        main = psutil.Process(self.process.pid)
        for each in [main, *main.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self.process.wait()

    def end(self) -> int:
        """SIGTERM, and SIGKILL for what is left of it then; the exit code."""
        if not self.has_ended:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.returncode


@contextmanager
def running(command: str, environment: Mapping[str, str]) -> Iterator[Running]:
    """Starts a command, split as a shell would; ends it when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "output"
        with log.open("wb") as output:
            process = subprocess.Popen(
                shlex.split(command),
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        one = Running(process, log)
        try:
            yield one
        finally:
            one.end()
