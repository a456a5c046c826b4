"""Whose rows these are. Everything below an organisation is invisible to every other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models

from fleet.history import tracked
from fleet.models.constraints import one_of
from fleet.vocabulary import BankHolidays, OrganisationKind

if TYPE_CHECKING:
    from fleet.models.accounts import User

brand_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Enter a colour as # and six hex digits, like #1d70b8.")
organisation_code = RegexValidator(
    r"^[A-Z][A-Z0-9-]{1,19}$", "Use 2 to 20 capital letters, digits or hyphens."
)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: User) -> OrganisationQuerySet:
        """Those in which this person holds any role today."""
        return self.filter(pk__in=user.access.organisation_ids())


@tracked()
class Organisation(models.Model):
    """A department, council, supplier, bank …"""

    code = models.CharField(max_length=20, unique=True, validators=[organisation_code])
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=OrganisationKind, default=OrganisationKind.DEPARTMENT)
    brand_colour = models.CharField(max_length=7, default="#1d70b8", validators=[brand_colour])
    bank_holidays = models.CharField(max_length=3, choices=BankHolidays, default=BankHolidays.ENGLAND)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            one_of("kind", OrganisationKind, name="organisation_kind"),
            one_of("bank_holidays", BankHolidays, name="organisation_bank_holidays"),
        ]

    def __str__(self) -> str:
        return self.name
