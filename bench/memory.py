"""Memory of each process of a run, from the kernel's own figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.results import Report, Result

MEBIBYTE = 2**20
KINDS = {"gunicorn": "web", " worker": "worker", " beat": "beat"}


def measure_memory(report: Report, run: psutil.Process, when: str) -> None:
    """The largest process of each kind: what is its own and shared, now and at its highest."""
    largest: dict[str, tuple[float, float]] = {}
    for kind, now, peak in _processes(run):
        largest[kind] = max(largest.get(kind, (0.0, 0.0)), (now, peak))
    for kind, (now, peak) in sorted(largest.items()):
        wanted = "" if kind == "beat" else "120, at least 200"
        report.add(Result(f"Memory of a {kind} process", now, "MiB", size=when, wanted=wanted))
        report.add(Result(f"Peak memory of a {kind} process", peak, "MiB", size=when, wanted=wanted))


def _processes(run: psutil.Process) -> Iterator[tuple[str, float, float]]:
    for process in run.children(recursive=True):
        command = " ".join(process.cmdline())
        for sign, kind in KINDS.items():
            if sign in command and "postgres" not in command:
                yield kind, process.memory_info().rss / MEBIBYTE, peak_mebibytes(process.pid)


def peak_mebibytes(pid: int) -> float:
    """The process's highest resident memory since it started."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
