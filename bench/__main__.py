"""`python -m bench`: starts a Tranche of its own with the full demo, measures, prints and writes the file."""

from __future__ import annotations

import argparse
import os
import re
import sys

import django

from bench.results import LATEST, Report, Result, heading
from bench.running import Running, start, temporary_folder
from config.embedded import Stack

PARTS = ("pages", "export", "import", "readiness", "intake", "adapters")


def main() -> int:
    options = _options()
    report = Report()
    print(heading(), flush=True)
    with temporary_folder() as folder:
        first = start(folder, options.demo)
        report.add(_loading(first, options.demo))
        first.stop()
        second = start(folder, options.demo)
        report.add(
            Result("make run, second start to ready", second.seconds_to_ready, "s", wanted="5, at least 10")
        )
        try:
            with Stack(folder / "embedded").in_use("postgres", "valkey") as servers:
                os.environ["DATABASE_URL"] = servers.urls["postgres"]
                os.environ["REDIS_URL"] = servers.urls["valkey"]
                _measure(report, second, options.only or list(PARTS))
        finally:
            second.stop()
    print(f"\nWritten to {LATEST}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, help="measure these parts alone")
    parser.add_argument("--demo", choices=("full", "small"), default="full", help="size of the demo")
    return parser.parse_args()


def _loading(run: Running, demo: str) -> Result:
    """As the command itself says at its end."""
    log = (run.folder / "run.log").read_text(encoding="utf-8")
    found = re.search(r"The demo is loaded \((\d+) s\)", log)
    if found is None:
        raise SystemExit(f"The demo was not loaded:\n{log}")
    return Result("Demo load", float(found[1]), "s", size=demo, wanted="30, at least 60")


def _measure(report: Report, run: Running, parts: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["SECRET_KEY"] = Stack(run.folder / "embedded").secrets().secret_key
    django.setup()
    # These read the settings when they are imported.
    from bench import adapters, imports, intake, memory, pages, readiness, transfers

    memory.measure_memory(report, run.process, "at rest")
    measures = {
        "pages": lambda: pages.measure_pages(report, run.port),
        "export": lambda: transfers.measure_export(report, run.port, run.process),
        "import": lambda: imports.measure_import(report, run.port, run.folder),
        "readiness": lambda: readiness.measure_readiness(report, run.port),
        "intake": lambda: intake.measure_intake(report, run.port),
        "adapters": lambda: adapters.measure_adapters(report, run.port),
    }
    for part in parts:
        measures[part]()
    memory.measure_memory(report, run.process, "after the bench")
    report.save(_server_versions())


def _server_versions() -> dict[str, str]:
    from django.core.cache import cache
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgres = cursor.fetchone()[0]
    valkey = cache._cache.get_client().info("server")  # type: ignore[attr-defined]
    return {
        "PostgreSQL": postgres,
        "Valkey": str(valkey.get("valkey_version", valkey["redis_version"])),
        "Python": sys.version.split()[0],
    }


if __name__ == "__main__":
    sys.exit(main())
