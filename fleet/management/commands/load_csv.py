"""`manage.py load_csv`: facts from a spreadsheet or another system's file."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from fleet.errors import FleetError
from fleet.history import acting
from fleet.models import Organisation
from fleet.services.imports import KINDS, load_file
from fleet.services.imports.lines import Line, lines_of
from fleet.services.imports.plans import Plan
from fleet.vocabulary import ImportOutcome

SHOWN = 100


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a date like 2026-03-27") from error


def _pair(text: str) -> tuple[str, str]:
    header, equals, column = text.rpartition("=")
    if not equals:
        raise ArgumentTypeError(f"“{text}” is not like “Employee number=staff_number”")
    return header, column


class Command(BaseCommand):
    help = (
        "Adds and changes facts from a file: CSV, XLSX or ODS. Names the rows that cannot be taken; stores "
        "the others."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, metavar="CODE")
        parser.add_argument("--check", action="store_true", help="say what would change, and store nothing")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            type=_pair,
            metavar="HEADER=COLUMN",
            help="what a header of the file means, nothing after = to leave it out; remembered",
        )
        parser.add_argument(
            "--complete",
            nargs="?",
            type=_day,
            const=timezone.localdate(),
            metavar="DATE",
            help="the file is the whole list as of that day (today): whoever is not in it has left",
        )
        parser.add_argument(
            "--end-many", action="store_true", help="with --complete: even if that is more than a tenth"
        )

    def handle(self, *_: Any, organisation: str, **options: Any) -> None:
        owner = Organisation.objects.filter(code=organisation).first()
        if owner is None:
            raise CommandError(f"There is no organisation {organisation}. Use create_organisation first.")
        plan = self._load(owner, **options)
        kind, is_check = options["kind"], options["check"]
        self.stdout.write(f"{kind}{' (checked, nothing is stored)' if is_check else ''}: {plan.report}")
        lines = lines_of(KINDS[kind], plan)
        self._print("Ended", [_ended(one) for one in lines if one.outcome == ImportOutcome.ENDED])
        self._print("Moved", [_moved(one, KINDS[kind].mover) for one in lines if one.is_move])
        self._print("Warnings", list(map(str, plan.warnings)))
        for line in _first(list(map(str, plan.report.rejections))):
            self.stderr.write(line)
        if plan.report.rejected:
            raise CommandError("Mend the rows above and load the file again: what is stored stays as it is.")

    def _load(self, owner: Organisation, *, file: Path, check: bool, **options: Any) -> Plan:
        try:
            with acting(channel="import"):
                return load_file(
                    kind=options["kind"],
                    content=file.read_bytes(),
                    organisation=owner,
                    is_check=check,
                    columns=dict(options["column"]),
                    complete_on=options["complete"],
                    may_end_many=options["end_many"],
                )
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}. Check the path.") from error
        except FleetError as error:
            raise CommandError(str(error)) from error

    def _print(self, title: str, lines: Sequence[str]) -> None:
        if lines:
            self.stdout.write(f"{title} ({len(lines):,}):")
        for line in _first(lines):
            self.stdout.write(f"  {line}")


def _first(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:SHOWN]
    if (more := len(lines) - SHOWN) > 0:
        yield f"… and {more:,} more"


def _ended(line: Line) -> str:
    return f"{line.name}: last day {line.details[-1][2]}"


def _moved(line: Line, column: str) -> str:
    [(before, after)] = [(old, new) for name, old, new in line.details if name == column]
    return f"{line.name}: {before or 'no site'} → {after or 'no site'}"
