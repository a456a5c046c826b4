"""Brings the database, the static files and the demo data up to date, and writes the greeting."""

import hashlib
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.embedded.files import write_private
from config.paths import VAR
from config.run.greeting import greeting
from config.run.options import STATE

ACCOUNTS = VAR / "demo-accounts.json"


def main() -> None:
    address, demo = sys.argv[1:]
    django.setup()
    migrate()
    collect_static()
    load_demo(demo)
    write_private(STATE / "greeting.txt", greeting(address, demo))


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Setting up the database …", flush=True)
        call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Only where a file has changed since: hashing and compressing all of them takes seconds."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    print("Collecting the static files …", flush=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(state)


def _static_state() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demo(demo: str) -> None:
    """Fills an empty database, or brings an earlier demo up to today; never adds to real data."""
    from fleet.models import Organisation

    if demo == "none":
        return
    if not Organisation.objects.exists():
        call_command("load_demo", "--size", demo)
    elif ACCOUNTS.exists():
        call_command("refresh_demo")


if __name__ == "__main__":
    main()
