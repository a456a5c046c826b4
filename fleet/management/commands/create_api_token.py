"""`manage.py create_api_token`: a personal token for scripts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from fleet.history import acting
from fleet.models import ApiToken, User


class Command(BaseCommand):
    help = "Prints a new personal token for the REST API, and nothing else. It is not to be had again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="whose token it is: it may do what they may")
        parser.add_argument("--name", default="Command line", help="what the token is for")

    def handle(self, *_: Any, email: str, name: str, **__: Any) -> None:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {email}. Check the address.")
        with acting(channel="command"):
            _, secret = ApiToken.issue(user=user, name=name)
        self.stdout.write(secret)
