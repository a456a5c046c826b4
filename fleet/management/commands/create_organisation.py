"""`manage.py create_organisation`: how an empty installation gets its first people."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from fleet.errors import FleetError
from fleet.history import acting
from fleet.services.accounts import create_organisation
from fleet.vocabulary import OrganisationKind


class Command(BaseCommand):
    help = "Creates an organisation and its first administrator, whose one-time password it prints."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="2 to 20 capital letters, digits or hyphens, such as SHIRE")
        parser.add_argument("name", help="the organisation's full name")
        parser.add_argument("--kind", choices=OrganisationKind.values, default=OrganisationKind.DEPARTMENT)
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="who gives roles to the others")

    def handle(self, *_: Any, code: str, name: str, kind: str, admin: str, **__: Any) -> None:
        try:
            with acting(channel="command"):
                created = create_organisation(code=code, name=name, kind=kind, admin_email=admin)
        except FleetError as error:
            raise CommandError(str(error)) from error
        organisation, account = created
        self.stdout.write(f"Organisation: {organisation.code}")
        self.stdout.write(f"Administrator: {account.user.email}")
        if account.password:
            self.stdout.write(f"Password, shown once: {account.password}")
        else:
            self.stdout.write("The administrator had an account already and keeps its password.")
