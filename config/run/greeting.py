"""The block that `make run` prints once everything answers."""

import datetime as dt
import json
import os
from typing import Any

from django.conf import settings

from config.embedded.files import read_json
from config.paths import VAR
from config.run.options import LOGS

FIRST_ORGANISATION = (
    '.venv/bin/python manage.py create_organisation SHIRE "Shire County Council" '
    "--kind council --admin you@shire.example"
)
EXAMPLE_DEVICE = {
    "source_id": "example-1",
    "serial": "EXAMPLE0001",
    "platform": "ipados",
    "os_version": "18.1",
    "enrolment": "enrolled",
    "encrypted": True,
}


def greeting(address: str, demo: str) -> str:
    from fleet.models import Organisation

    lines = [f"Tranche is ready at {address}", ""]
    if not Organisation.objects.exists():
        lines += first_steps()
    elif demo != "none":
        lines += demo_accounts(read_json(VAR / "demo-accounts.json") or [])
        lines += example_push(address, read_json(VAR / "demo-mdm-source.json"))
    lines.append(f"Logs are in {os.path.relpath(LOGS)}/.{mail_words()} Ctrl-C stops everything.")
    rule = "─" * 78
    return "\n".join([rule, *lines, rule])


def mail_words() -> str:
    """Where a developer reads the mail that no server sends."""
    folder = getattr(settings, "EMAIL_FILE_PATH", "") if "filebased" in settings.EMAIL_BACKEND else ""
    return f" Mail is written to {os.path.relpath(folder)}/." if folder else ""


def first_steps() -> list[str]:
    return [
        "There is no organisation yet. In a second terminal, create yours and its first",
        "administrator (the command prints a password):",
        "",
        f"  {FIRST_ORGANISATION}",
        "",
    ]


def demo_accounts(accounts: list[dict[str, Any]]) -> list[str]:
    """One line each, in columns."""
    keys = ("organisation", "role", "email", "password")
    widths = {key: max((len(str(account[key])) for account in accounts), default=0) for key in keys}
    rows = ["  ".join(str(account[key]).ljust(widths[key]) for key in keys) for account in accounts]
    return ["Demo accounts (also in var/demo-accounts.json):", "", *(f"  {row}".rstrip() for row in rows), ""]


def example_push(address: str, source: dict[str, str] | None) -> list[str]:
    if not source:
        return []
    seen = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    body = json.dumps({"devices": [EXAMPLE_DEVICE | {"last_seen": seen}]})
    return [
        f"Push a device as the MDM source {source['slug']} does:",
        "",
        f"  curl -sS {address}/api/v1/mdm/inventory \\",
        f"    -H 'Authorization: Bearer {source['token']}' \\",
        "    -H 'Content-Type: application/json' -H 'Prefer: wait=10' \\",
        f"    -d '{body}'",
        "",
    ]
