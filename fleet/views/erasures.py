"""Erasing a person on request."""

from __future__ import annotations

from typing import Any

from fleet.forms.erasures import EraseForm
from fleet.models import StaffMember
from fleet.services.erasure import PERMISSION, erase_person
from fleet.views.facts import VerbPage
from fleet.web.requests import signed_in


class ErasePerson(VerbPage):
    model = StaffMember
    seen = "person"
    form_class = EraseForm
    permission = PERMISSION
    heading = "Erase this person"
    submit = "Erase"
    template_name = "fleet/person_erase.html"

    def do(self, data: dict[str, Any]) -> str:
        erasure = erase_person(
            person=self.row,
            asked_by=data["asked_by"],
            reason=data["reason"],
            force=data["force"],
            by=signed_in(self.request),
        )
        return (
            f"The person is erased: {sum(erasure.counts.values()):,} rows. The record is number {erasure.pk}."
        )
