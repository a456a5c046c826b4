"""Whether a process has ended, and waiting for it, whoever started it."""

import time
from collections.abc import Iterable
from contextlib import suppress

import psutil

POLL_SECONDS = 0.02


def has_ended(process: psutil.Process) -> bool:
    """A zombie has ended too: in a container its new parent may never collect it."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def still_alive(processes: Iterable[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those that have not ended after so long; returns as soon as there are none."""
    end = time.monotonic() + seconds
    alive = [process for process in processes if not has_ended(process)]
    while alive and time.monotonic() < end:
        time.sleep(POLL_SECONDS)
        alive = [process for process in alive if not has_ended(process)]
    return alive


def kill(processes: Iterable[psutil.Process]) -> None:
    """SIGKILL, and waits until they are gone."""
    doomed = list(processes)
    for process in doomed:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    still_alive(doomed, seconds=5)
