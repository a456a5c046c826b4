"""`manage.py restore`: the database as a backup has it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from config.backup import BackupError, restore


class Command(BaseCommand):
    help = "Makes the database what it was when a backup was written. Nothing needs to be stopped."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="also where the database is in use; what it holds is kept"
        )

    def handle(self, *_: Any, file: Path, replace: bool, **__: Any) -> None:
        try:
            restored = restore(file, may_replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The database is as {file} has it.")
        if restored.kept:
            self.stdout.write(
                f"What was there before is kept as the database {restored.kept}. Once it is not needed: "
                f'DROP DATABASE "{restored.kept}"'
            )
