"""The processes of a run: web, worker and beat; each is started again when it dies."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from config.paths import PROJECT
from config.run.guards import end, remember_children
from config.run.options import LOGS

LONGEST_WAIT_SECONDS = 30
STEADY_SECONDS = 60
LOG_BYTES = 10 * 1024 * 1024

# The same commands as in docker-compose.yml; what differs comes from the environment.
COMMANDS = {
    "web": "gunicorn -c python:config.web_server config.wsgi",
    "worker": "celery -A config worker -Q intake,compute,reports --loglevel INFO",
    "beat": "celery -A config beat --pidfile= --loglevel INFO",
}


@dataclass
class Child:
    """One process and when it may be started again after it died."""

    name: str
    command: str
    process: psutil.Popen | None = None
    wait_seconds: float = 1
    started_at: float = 0
    due_at: float = 0

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"

    def start(self) -> None:
        """In a session of its own: a Ctrl-C in the terminal is ours to pass on, once."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".previous.log"))
        with self.log.open("ab") as log:
            self.process = psutil.Popen(
                [sys.executable, "-m", *self.command.split()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=PROJECT,
                env=os.environ,
            )
        self.started_at = time.monotonic()

    def look_after(self) -> bool:
        """Starts it again when its time has come; whether a process was started."""
        if self.process is not None and self.process.poll() is None:
            return False
        now = time.monotonic()
        if self.process is not None:
            self._mourn(now)
        if now < self.due_at:
            return False
        self.start()
        return True

    def _mourn(self, now: float) -> None:
        assert self.process is not None
        if now - self.started_at > STEADY_SECONDS:
            self.wait_seconds = 1
        print(
            f"The {self.name} process ended (code {self.process.returncode}) and starts again "
            f"in {self.wait_seconds:.0f} s; see {os.path.relpath(self.log)}",
            flush=True,
        )
        self.process = None
        self.due_at = now + self.wait_seconds
        self.wait_seconds = min(self.wait_seconds * 2, LONGEST_WAIT_SECONDS)


@dataclass
class Family:
    """All children of a run."""

    children: list[Child] = field(
        default_factory=lambda: [Child(name, command) for name, command in COMMANDS.items()]
    )

    def start(self) -> None:
        for child in self.children:
            child.start()
        self._remember()

    def look_after(self) -> None:
        started = [child.look_after() for child in self.children]
        if any(started):
            self._remember()

    def dead(self) -> list[Child]:
        return [child for child in self.children if child.process is None or child.process.poll() is not None]

    def stop(self) -> None:
        """All at once: intake is stored or refused, and a task cut short is taken up again later."""
        end(self._processes())

    def kill(self) -> None:
        end(self._processes(), seconds=0)

    def _processes(self) -> list[psutil.Process]:
        return [child.process for child in self.children if child.process is not None]

    def _remember(self) -> None:
        remember_children(self._processes())
