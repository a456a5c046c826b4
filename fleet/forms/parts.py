"""Fields and bases that forms over facts share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Lower

from fleet import rules
from fleet.models import Organisation, Site, StaffMember, User
from fleet.web.forms import GovukModelForm

NARROW = {"class": "govuk-input--width-10"}


class PersonField(forms.CharField):
    """Somebody of `people`, named by staff number, e-mail address or UPN."""

    people = StaffMember.objects.none()

    def clean(self, value: Any) -> StaffMember | None:
        given = super().clean(value)
        if not given:
            return None
        found = self.people.alias(email_lower=Lower("email"), upn_lower=Lower("upn")).filter(
            Q(staff_number=given) | Q(email_lower=given.lower()) | Q(upn_lower=given.lower())
        )[:2]
        if len(found) != 1:
            reason = "More than one person has" if found else "Nobody has"
            raise ValidationError(f"{reason} the number or address {given}. Look the person up under People.")
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return value.staff_number if isinstance(value, StaffMember) else value


# A comma parts thousands alone: “12,50” might be meant as twelve pounds fifty.
AMOUNT = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?|[^,]*")


class PoundsField(forms.DecimalField):
    """Pounds on the page, whole pence in the row; at most `most` pounds."""

    def __init__(self, *, most: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=most, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> int | None:
        typed = str(value or "").strip().removeprefix("£").strip()
        if not AMOUNT.fullmatch(typed):
            raise ValidationError("Enter pounds with a point before the pence, such as 1,250.50")
        pounds = super().clean(typed.replace(",", ""))
        return None if pounds is None else int(pounds * 100)

    def prepare_value(self, value: Any) -> Any:
        return f"{value / 100:.2f}" if isinstance(value, int) else value


def name_empty_choices(form: forms.BaseForm) -> None:
    """Says in each drop-down that nothing is chosen yet, in place of a row of dashes."""
    for field in form.fields.values():
        words = "Choose one" if field.required else "None"
        if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
            field.empty_label = words
        elif isinstance(field, forms.TypedChoiceField):
            choices: Iterable[Any] = field.widget.choices
            field.choices = [(value, label if value else words) for value, label in choices]


class FactsForm(GovukModelForm):
    """Edits a row of an organisation in which the person may; choices are that organisation's.

    A person who may in several organisations chooses one when adding a row. `fixed`: what the row has already
    and the form does not ask, which rules look at too.
    """

    fixed: ClassVar[tuple[str, ...]] = ()
    # Choices that are not narrowed to visible rows here.
    offers_itself: ClassVar[tuple[str, ...]] = ("organisation",)

    def __init__(self, *args: Any, user: User, permission: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.permission = user, permission
        if self.instance._state.adding:
            self._set_organisation(
                Organisation.objects.filter(
                    pk__in=user.access.adding_organisation_ids(permission, self._meta.model)
                )
            )
        self._offer_visible_rows()
        name_empty_choices(self)

    def _set_organisation(self, organisations: Any) -> None:
        first, *others = organisations
        self.instance.organisation = first
        if others:
            field = forms.ModelChoiceField(organisations, empty_label="Choose an organisation")
            field.error_messages["required"] = "Select the organisation that it belongs to"
            self.fields = {"organisation": field, **self.fields}

    def _offer_visible_rows(self) -> None:
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and name not in self.offers_itself:
                choices: Any = field.queryset
                rows = choices.model._default_manager.visible_to(self.user)
                is_chosen = "organisation" not in self.fields
                field.queryset = rows.filter(organisation=self.instance.organisation) if is_chosen else rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if organisation := cleaned.get("organisation"):
            self.instance.organisation = organisation
        known = {name: getattr(self.instance, name) for name in self.fixed}
        for field, message in rules.refusals(self.instance, known | cleaned):
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, message)
        is_new = self.instance._state.adding
        if "site" in self.fields and (is_new or "site" in self.changed_data) and "site" not in self.errors:
            self._check_site(cleaned.get("site"))
        return cleaned

    def _check_site(self, site: Site | None) -> None:
        """Nobody puts a row where their role does not reach, nor out of it."""
        may = self.user.access.may_change
        place = {"organisation_id": self.instance.organisation_id, "site_id": site.pk if site else None}
        if self.permission and not may(self.permission, **place):
            self.add_error("site", rules.NOT_YOUR_SITE)
