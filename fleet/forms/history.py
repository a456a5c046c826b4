"""What the change log can be asked, on its page, in its export and through the API."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.http import QueryDict

from fleet.models import User
from fleet.services.access_log import asked_about
from fleet.services.change_kinds import KINDS
from fleet.services.change_log import CHANNELS, label
from fleet.services.change_search import Asked, Place
from fleet.web import text
from fleet.web.forms import FilterForm

OWN_PARAMETERS = ("before", "format")


class ChangeLogForm(FilterForm):
    """`by` is a user's id: nobody's name or e-mail address stands in an address."""

    kind = forms.ChoiceField(required=False, label="What was changed")
    field = forms.ChoiceField(required=False, label="Which field changed")
    by = forms.ModelChoiceField(User.objects.none(), required=False, label="Who changed it")
    channel = forms.ChoiceField(
        required=False,
        choices=[("", "Any"), *((key, f"{how[:1].upper()}{how[1:]}") for key, how in CHANNELS.items())],
        label="How",
    )
    since = forms.DateField(required=False, label="From")
    until = forms.DateField(required=False, label="To")
    request = forms.CharField(required=False, max_length=64, label="Request id")
    delivery = forms.UUIDField(
        required=False,
        label="By which MDM delivery",
        error_messages={"invalid": "By which MDM delivery must be its number, as its page's address has it"},
    )
    row = forms.IntegerField(required=False, min_value=1, label="Only number", widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", "Anything"), *((key, kind.title) for key, kind in KINDS.items())]
        fields["field"].choices = [("", "Any"), *_fields_of(self.data.get("kind", ""))]
        fields["by"].queryset = asked_about(user)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "To must be the same day as From or later")
        if data.get("row") and not data.get("kind"):
            self.add_error("kind", "Select what was changed, since a number alone names no row")
        return data

    def asked(self) -> Asked:
        """Of a form that is valid."""
        data = self.cleaned_data
        return Asked(
            kind=data["kind"],
            row=data["row"],
            by=data["by"].pk if data["by"] else None,
            channel=data["channel"],
            since=data["since"],
            until=data["until"],
            field=data["field"],
            request=data["request"],
            delivery=str(data["delivery"] or ""),
        )


def _fields_of(kind: str) -> list[tuple[str, str]]:
    """Field names with their labels: of one kind, or of all; two of one label say whose they are."""
    kinds = [KINDS[kind]] if kind in KINDS else KINDS.values()
    found = {field.name: (label(field), text.inside(one.title)) for one in kinds for field in one.fields}
    shared = Counter(said for said, _ in found.values())
    labels = {name: said if shared[said] == 1 else f"{said} ({of})" for name, (said, of) in found.items()}
    return sorted(labels.items(), key=lambda item: item[1].lower())


def checked(form: ChangeLogForm, params: QueryDict) -> Place | None:
    """Where the page begins; what makes no sense in the address becomes an error of the form."""
    form.is_valid()
    for name in params:
        if name not in (*form.fields, *OWN_PARAMETERS):
            form.add_error(None, f"There is no filter “{name}”.")
    try:
        return Place.read(str(params["before"])) if params.get("before") else None
    except ValueError:
        form.add_error(None, "Go to the change log again: this address leads to no page of it")
        return None
