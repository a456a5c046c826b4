"""What must hold before anything starts: one run in this folder, and a free port."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from config.embedded.files import FileLock, read_json, write_private
from config.embedded.processes import kill, still_alive
from config.run.options import STATE, Options, RunError

CHILDREN = STATE / "children.json"


@contextmanager
def only_run(options: Options) -> Iterator[None]:
    """Holds this folder. Raises RunError where another `make run` has it.

    The kernel drops the lock with its process, so a killed run leaves no stale one.
    """
    holder = STATE / "holder.json"
    lock = FileLock(STATE / "run.lock")
    try:
        if not lock.try_take():
            other = read_json(holder) or {"pid": "?", "address": "an unknown address"}
            raise RunError(
                f"Tranche already runs from this folder, at {other['address']} (process {other['pid']}). "
                f"Use that one, or end it with Ctrl-C in its terminal or with: kill {other['pid']}"
            )
        write_private(holder, json.dumps({"pid": psutil.Process().pid, "address": options.address}))
        yield
    finally:
        lock.close()


def remember_children(processes: list[psutil.Process]) -> None:
    """Kept so that the next run can end what a killed one left behind."""
    write_private(CHILDREN, json.dumps([[each.pid, each.create_time()] for each in processes]))


def end_orphans() -> None:
    """Ends the processes of a run that was killed. A pid that was given to another program is left alone."""
    orphans = []
    for pid, created in read_json(CHILDREN) or []:
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            if process.create_time() == created:
                orphans.append(process)
    if orphans:
        print("Ending what an earlier run left behind …", flush=True)
        end(orphans)
    CHILDREN.unlink(missing_ok=True)


def end(processes: list[psutil.Process], seconds: float = 20) -> None:
    """Asks them to end, which ends their children too; kills those of all that have not after so long."""
    everyone = list(processes)
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            everyone += process.children(recursive=True)
            process.terminate()
    kill(still_alive(everyone, seconds))


def check_port(port: int) -> None:
    """Raises RunError where another program listens on it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise RunError(
                f"Port {port} needs more rights. Choose one above 1023: make run PORT=8000"
            ) from error
        except OSError as error:
            raise RunError(
                f"Port {port} is in use by another program. End that one, or choose another port: "
                f"make run PORT={port + 1 if port < 65535 else 8000}"
            ) from error
