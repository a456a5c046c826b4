"""`manage.py backup`: the whole database as one file, while everything goes on working."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from config.backup import BackupError, save
from config.paths import VAR


class Command(BaseCommand):
    help = "Writes the whole database to one file, as it is at this moment. Nothing needs to be stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", help="var/backups/tranche-DATE.dump where not named"
        )

    def handle(self, *_: Any, file: Path | None, **__: Any) -> None:
        named = file or VAR / "backups" / f"tranche-{timezone.localtime():%Y%m%dT%H%M%S}.dump"
        try:
            saved = save(named)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{saved.file} holds the whole database ({filesizeformat(saved.size_bytes)}).")
        self.stdout.write(
            "It contains personal data. Keep it where only those who may read all of it can, and keep "
            "SECRET_KEY apart from it."
        )
