"""`manage.py create_mdm_source --organisation CODE --name NAME --kind native --auth bearer`"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fleet.errors import FleetError
from fleet.history import acting
from fleet.mdm.sources import Auth, create_source
from fleet.models import Organisation
from fleet.vocabulary import SourceAuth, SourceKind


class Command(BaseCommand):
    help = (
        "Create an MDM source; prints its slug and its token, a line each. The token is shown this once. "
        "With --auth oidc there is no token, and only the slug is printed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", required=True, help="code, such as SHIRE")
        parser.add_argument("--name", required=True)
        parser.add_argument("--kind", choices=SourceKind.values, default=SourceKind.NATIVE.value)
        ways = ", ".join(f"{way.value}: {way.label}" for way in SourceAuth)
        parser.add_argument(
            "--auth",
            choices=SourceAuth.values,
            default=SourceAuth.BEARER.value,
            help=f"how it proves who it is ({ways})",
        )
        parser.add_argument("--header", default="", help="name of the header, for --auth header")
        parser.add_argument("--audience", default="", help="audience of the identity token, for --auth oidc")
        parser.add_argument("--email", default="", help="e-mail of the service account, for --auth oidc")

    def handle(self, *_: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(code=options["organisation"]).first()
        if organisation is None:
            codes = ", ".join(Organisation.objects.values_list("code", flat=True)) or "none yet"
            raise CommandError(f"No organisation has the code {options['organisation']}. There are: {codes}.")
        auth = Auth(options["auth"], options["header"], options["audience"], options["email"])
        try:
            with acting(channel="command"):
                source, secret = create_source(
                    organisation=organisation, name=options["name"], kind=options["kind"], auth=auth, by=None
                )
        except FleetError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(source.slug)
        if secret:
            self.stdout.write(secret)
