"""`manage.py create_api_token`: a personal token for scripts."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from fleet.access import PERMISSIONS
from fleet.errors import FleetError
from fleet.history import acting
from fleet.models import Organisation, User
from fleet.models.tokens import LASTS
from fleet.services.api_tokens import make_token


class Command(BaseCommand):
    help = "Prints a new personal token for the REST API, and nothing else. It is not to be had again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="whose token it is: it may do what they may")
        parser.add_argument("--name", default="Command line", help="what the token is for")
        parser.add_argument("--days", type=int, default=LASTS.days, help="for how long it works, 365 at most")
        parser.add_argument("--read-only", action="store_true", help="it may change nothing")
        parser.add_argument(
            "--permission",
            action="append",
            choices=sorted(PERMISSIONS),
            metavar="KEY",
            help="it may do only this, such as devices.view; repeat for several",
        )
        parser.add_argument("--organisation", metavar="CODE", help="it works in this organisation alone")

    def handle(self, *_: Any, email: str, name: str, days: int, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {email}. Check the address.")
        try:
            with acting(channel="command"):
                secret = make_token(
                    user=user,
                    name=name,
                    expires_on=timezone.localdate() + timedelta(days=days),
                    is_read_only=options["read_only"],
                    permissions=options["permission"],
                    organisation=_organisation(options["organisation"]),
                    by=None,
                )[1]
        except FleetError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(secret)


def _organisation(code: str | None) -> Organisation | None:
    if code is None:
        return None
    try:
        return Organisation.objects.get(code=code)
    except Organisation.DoesNotExist:
        raise CommandError(f"No organisation has the code {code}.") from None
