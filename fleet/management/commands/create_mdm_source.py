"""`manage.py create_mdm_source --organisation CODE --name NAME --kind native`"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fleet.errors import FleetError
from fleet.history import acting
from fleet.mdm.sources import create_source
from fleet.models import Organisation
from fleet.vocabulary import SourceKind


class Command(BaseCommand):
    help = "Create an MDM source; prints its slug and its token, a line each. The token is shown this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", required=True, help="code, such as SHIRE")
        parser.add_argument("--name", required=True)
        parser.add_argument("--kind", choices=SourceKind.values, default=SourceKind.NATIVE.value)

    def handle(self, *_: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(code=options["organisation"]).first()
        if organisation is None:
            codes = ", ".join(Organisation.objects.values_list("code", flat=True)) or "none yet"
            raise CommandError(f"No organisation has the code {options['organisation']}. There are: {codes}.")
        try:
            with acting(channel="command"):
                source, secret = create_source(
                    organisation=organisation, name=options["name"], kind=options["kind"], by=None
                )
        except FleetError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(source.slug)
        self.stdout.write(secret)
