"""`manage.py load_csv`: facts from a spreadsheet or another system's file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from fleet.errors import FleetError
from fleet.history import acting
from fleet.models import Organisation
from fleet.services.imports import KINDS, load_csv
from fleet.services.imports.report import Report

SHOWN = 100


class Command(BaseCommand):
    help = "Adds and changes facts from a CSV file. Names the rows that cannot be taken; stores the others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, metavar="CODE")
        parser.add_argument("--check", action="store_true", help="say what would change, and store nothing")

    def handle(self, *_: Any, kind: str, file: Path, organisation: str, check: bool, **__: Any) -> None:
        owner = Organisation.objects.filter(code=organisation).first()
        if owner is None:
            raise CommandError(f"There is no organisation {organisation}. Use create_organisation first.")
        try:
            with acting(channel="import"):
                report = load_csv(kind=kind, content=file.read_bytes(), organisation=owner, is_check=check)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}. Check the path.") from error
        except FleetError as error:
            raise CommandError(str(error)) from error
        self._print(report, f"{kind}{' (checked, nothing is stored)' if check else ''}")

    def _print(self, report: Report, title: str) -> None:
        self.stdout.write(f"{title}: {report}")
        for rejection in report.rejections[:SHOWN]:
            self.stderr.write(str(rejection))
        if more := len(report.rejections) - SHOWN:
            self.stderr.write(f"… and {more} more") if more > 0 else None
        if report.rejected:
            raise CommandError("Mend the rows above and load the file again: what is stored stays as it is.")
