"""`manage.py import_feedback`: comments made elsewhere become threads."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from feedback.services.importing.comments import COLUMNS
from feedback.services.importing.deciding import confirm, examined, receive
from feedback.services.importing.planning import Plan
from fleet.errors import FleetError
from fleet.history import acting
from fleet.models import Organisation

SHOWN = 100


class Command(BaseCommand):
    help = (
        f"Takes in comments from a file: CSV with the columns {','.join(COLUMNS)}, or the same as JSON. "
        "Names the rows that cannot be taken; the same file again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, metavar="CODE", help="whose feedback it becomes")
        parser.add_argument(
            "--source",
            default="",
            help="where the comments were made; ids are unique within it (the file's name)",
        )
        parser.add_argument("--check", action="store_true", help="say what would change, and store nothing")

    def handle(self, *_: Any, file: Path, organisation: str, source: str, check: bool, **__: Any) -> None:
        owner = Organisation.objects.filter(code=organisation).first()
        if owner is None:
            raise CommandError(f"There is no organisation {organisation}. Use create_organisation first.")
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        try:
            with acting(channel="command"):
                plan = self._import(owner, source or file.stem, file.name, content, is_check=check)
        except FleetError as error:
            raise CommandError(str(error)) from error
        self._say(plan, is_check=check)

    def _import(self, owner: Organisation, source: str, name: str, content: bytes, *, is_check: bool) -> Plan:
        if is_check:
            return examined(content, organisation=owner, source=source)[1]
        imported = receive(organisation=owner, source=source, name=name, content=content, by=None)
        return confirm(imported=imported)

    def _say(self, plan: Plan, *, is_check: bool) -> None:
        counts = plan.counts
        self.stdout.write(
            f"{'Would add' if is_check else 'Added'} {counts['threads']:,} threads with "
            f"{counts['replies']:,} replies, {counts['official']:,} of these official; "
            f"{counts['changed']:,} changed, {counts['unchanged']:,} as they were, "
            f"{counts['refused']:,} rows not taken."
        )
        for refused in plan.refused[:SHOWN]:
            where = f", {refused.column}" if refused.column else ""
            self.stderr.write(f"Row {refused.number}{where}: {refused.reason}")
        if len(plan.refused) > SHOWN:
            self.stderr.write(f"… and {len(plan.refused) - SHOWN:,} more")
