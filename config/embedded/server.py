"""What the two embedded servers share: start, find again, probe, stop."""

import contextlib
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

import psutil

from config.embedded.account import Account
from config.embedded.errors import EmbeddedServerError
from config.embedded.processes import POLL_SECONDS, has_ended, kill, still_alive

START_SECONDS = 120  # PostgreSQL replays its log first after a crash
STOP_SECONDS = 60


class Server(ABC):
    """One server with its data in `folder`, on a TCP port of the loopback address alone.

    TCP and not a unix socket: a socket's path may have about 107 bytes, which a checkout deep in a
    home folder already passes, and one kind of URL then serves embedded and real servers alike.
    """

    name: str
    stop_signal: signal.Signals

    def __init__(self, home: Path, account: Account, password: str, *, is_throwaway: bool = False) -> None:
        self.home = home
        self.folder = home / self.name
        self.account = account
        self.password = password
        self.is_throwaway = is_throwaway
        self.port = 0
        self._child: subprocess.Popen[bytes] | None = None
        self.log = home / f"{self.name}.log"

    @property
    @abstractmethod
    def url(self) -> str: ...

    @property
    @abstractmethod
    def pid_file(self) -> Path: ...

    @abstractmethod
    def prepare(self) -> None:
        """Makes the data folder where there is none, and what the command needs."""

    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def answers(self) -> bool:
        """Whether it takes a connection with our password now."""

    @abstractmethod
    def forget(self) -> None:
        """Deals with a pid file that no process stands behind any more."""

    def complete(self) -> None:  # noqa: B027 - a server may have nothing to add
        """What is to be done once it answers."""

    def process(self) -> psutil.Process | None:
        """The live process that serves this folder, whoever started it; a reused pid is not it."""
        try:
            found = psutil.Process(int(self.pid_file.read_text().split()[0]))
            return found if str(self.folder) in " ".join(found.cmdline()) else None
        except (FileNotFoundError, IndexError, ValueError, psutil.Error):
            return None

    def ensure_up(self, remember: Callable[[], None]) -> None:
        """Adopts what still runs, else starts it; `remember` is called when the port is known.

        Raises EmbeddedServerError with the end of the log where it does not come up.
        """
        running = self.process()
        if not (running and self.answers_while(running)):
            self._start(remember)
        self.complete()

    def _start(self, remember: Callable[[], None]) -> None:
        for _ in range(3):  # another program may take the port between the choice and the start
            self.stop()
            self._make_folder()
            self.port = _free_port(self.port)
            remember()
            self.prepare()
            if self.answers_while(self._launch()):
                return
        self.stop()
        ending = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
        raise EmbeddedServerError(f"{self.name} did not start. The end of {self.log} says:\n{ending}")

    def answers_while(self, process: psutil.Process) -> bool:
        """Waits until it answers; False when the process ends or the time is over."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.answers():
                return True
            if has_ended(process):
                return False
            time.sleep(POLL_SECONDS)
        return False

    def stop(self) -> None:
        """Ends it cleanly, by force when it hangs, and clears a pid file that nobody stands behind."""
        if process := self.process() or self._launched():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(self.stop_signal)
            kill(still_alive([process], STOP_SECONDS))
        if self._child is not None:
            self._child.wait()
            self._child = None
        self.forget()

    def _launched(self) -> psutil.Process | None:
        """What we started, which may hang before it wrote its pid file."""
        if self._child is None or self._child.poll() is not None:
            return None
        return psutil.Process(self._child.pid)

    def _make_folder(self) -> None:
        if not self.folder.exists():
            self.folder.mkdir(mode=0o700)
            self.account.own(self.folder)

    def _launch(self) -> psutil.Process:
        """Starts it in a session of its own, so that a Ctrl-C in our terminal is not its."""
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".previous.log"))
        with self.log.open("wb") as log:
            self._child = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=self.folder,
                **self.account.process_options,
            )
        return psutil.Process(self._child.pid)


def _free_port(preferred: int) -> int:
    """The port of last time where it is free, so that URLs stay the same; else any."""
    for port in (preferred, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise EmbeddedServerError("No free TCP port was found on 127.0.0.1.")
