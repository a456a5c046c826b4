"""`manage.py load_demo`: two made-up organisations to look at."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from fleet.errors import FleetError
from rollouts.demo.loading import load_demo
from rollouts.demo.progress import Progress
from rollouts.demo.sizes import SIZES


class Command(BaseCommand):
    help = "Fills the database with a made-up revenue department and council, dated relative to today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=list(SIZES), default="full")
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.VAR_DIR,
            help="where the files with passwords and the MDM source's token go",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        size = SIZES[options["size"]]
        progress = Progress(sys.stdout, total=size.rows)
        try:
            load_demo(size=size, folder=options["folder"], progress=progress)
        except FleetError as error:
            raise CommandError(str(error)) from error
        progress.finish("The demo is loaded")
