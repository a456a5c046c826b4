"""`manage.py erase_person`: replaces what names a person, everywhere; says first what it would change."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from fleet.errors import FleetError
from fleet.history import acting
from fleet.models import Erasure, StaffMember, User
from fleet.services.erasure import erase_person
from fleet.vocabulary import ErasureAskedBy


class Command(BaseCommand):
    help = (
        "Erases what names a person who has left. Without --yes it only says how many rows of what it would "
        "change. Figures stay as they are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", required=True, metavar="CODE")
        parser.add_argument("--staff-number", required=True, metavar="NUMBER")
        parser.add_argument("--reason", required=True, help="kept, so without anything that names the person")
        parser.add_argument(
            "--asked-by",
            choices=ErasureAskedBy.values,
            default=ErasureAskedBy.PERSON,
            help="who asked",
        )
        parser.add_argument("--by", metavar="EMAIL", default="", help="the account that stands in the record")
        parser.add_argument(
            "--force", action="store_true", help="also somebody who holds devices or has not left"
        )
        parser.add_argument(
            "--check", action="store_true", help="only say what would change, as without --yes"
        )
        parser.add_argument("--yes", action="store_true", help="erase; it cannot be undone")

    def handle(self, *_: Any, check: bool, yes: bool, **asked: Any) -> None:
        is_rehearsal = check or not yes
        try:
            with acting(channel="command"):
                erasure = self._erase(is_rehearsal=is_rehearsal, **asked)
        except FleetError as error:
            raise CommandError(str(error)) from error
        for kind, count in sorted(erasure.counts.items()):
            self.stdout.write(f"{count:>8,}  {kind}")
        self.stdout.write(
            "Nothing is changed yet. Add --yes to erase; it cannot be undone."
            if is_rehearsal
            else f"Erased. The record of it is number {erasure.pk}."
        )

    def _erase(self, *, organisation: str, staff_number: str, by: str, **asked: Any) -> Erasure:
        people = StaffMember.objects.filter(organisation__code=organisation, staff_number=staff_number)
        person = people.select_related("user").first()
        if person is None:
            raise CommandError(f"{organisation} has nobody with this staff number.")
        user = User.objects.filter(email__iexact=by).first() if by else None
        if by and user is None:
            raise CommandError("No account has the address that --by gives.")
        names = ("asked_by", "reason", "force", "is_rehearsal")
        return erase_person(person=person, by=user, **{name: asked[name] for name in names})
