"""Choosing a file, saying what its words mean, and confirming what it does."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django import forms
from django.utils import timezone

from fleet.errors import Invalid
from fleet.models import Import, Organisation, Site, User
from fleet.services.imports.kinds import KINDS
from fleet.services.imports.receiving import refuse_size
from fleet.web.forms import GovukForm

LEAVE_OUT = "-"
# From so many unknown headers on, one tick leaves out all that nobody has chosen.
MANY_HEADERS = 6


def loadable(user: User) -> dict[str, list[int]]:
    """Kind → the organisations in the whole of which the person may change such rows."""
    found = {key: sorted(user.access.whole_organisation_ids(kind.permission)) for key, kind in KINDS.items()}
    return {key: ids for key, ids in found.items() if ids}


class FileForm(GovukForm):
    """Asks for the organisation only where there is a choice. `as_of`: the day of a whole list."""

    kind = forms.ChoiceField(label="What is in the file?", widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), empty_label="Choose one")
    file = forms.FileField(
        help_text="CSV, XLSX or ODS, with the columns named in its first row. Nothing is changed yet.",
        error_messages={"empty": "The file is empty. Choose another."},
    )
    is_complete = forms.BooleanField(
        label="This is the whole list of staff: whoever is not in it has left",
        help_text="Only for staff. You see whom before anything happens. Nobody is deleted.",
        required=False,
    )
    complete_on = forms.DateField(
        label="On which day was the list taken?",
        help_text="Whoever is not in it gets the day before as the last day. Leave empty for today.",
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loadable = loadable(user)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [(key, KINDS[key].title) for key in self.loadable]
        ids = {pk for found in self.loadable.values() for pk in found}
        organisations = Organisation.objects.filter(pk__in=ids)
        self.only = organisations[0] if len(organisations) == 1 else None
        if self.only:
            del self.fields["organisation"]
        else:
            fields["organisation"].queryset = organisations

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            refuse_size(file.size)
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        organisation = self.only or cleaned.get("organisation")
        kind = cleaned.get("kind", "")
        if organisation and kind and organisation.pk not in self.loadable[kind]:
            self.add_error("organisation", "There you may not load such files. Choose another organisation")
        if cleaned.get("is_complete") and kind and KINDS[kind].term is None:
            self.add_error("is_complete", "Only a list of staff can be the whole list. Take the tick away")
        if cleaned.get("complete_on") and not cleaned.get("is_complete"):
            self.add_error("is_complete", "Tick that it is the whole list, or leave the day empty")
        as_of = (cleaned.get("complete_on") or timezone.localdate()) if cleaned.get("is_complete") else None
        return cleaned | {"organisation": organisation, "as_of": as_of}


class ColumnsForm(GovukForm):
    """One drop-down for each header that nobody knows; one tick leaves out all that nobody has chosen."""

    is_rest_left_out = forms.BooleanField(
        label="Leave out every column that I have not chosen",
        help_text="For extracts with many more columns than are wanted here.",
        required=False,
    )

    def __init__(self, *args: Any, found: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = [one["header"] for one in found.unknown]
        kind = KINDS[found.kind]
        columns = sorted(((name, kind.label(name)) for name in kind.columns), key=itemgetter(1))
        choices = [("", "Choose one"), (LEAVE_OUT, "Leave this column out"), *columns]
        for number, one in enumerate(found.unknown):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=f"“{one['header']}”",
                choices=choices,
                initial=one["guess"],
                help_text=_examples(one["examples"]),
                required=not self.data.get("is_rest_left_out"),
                error_messages={"required": f"Say what “{one['header']}” means, or leave it out"},
            )
        if len(self.headers) < MANY_HEADERS:
            del self.fields["is_rest_left_out"]

    @property
    def columns(self) -> dict[str, str]:
        """Header → column, empty where it is left out."""
        chosen = [self.cleaned_data[f"column_{number}"] for number in range(len(self.headers))]
        return {
            header: "" if column == LEAVE_OUT else column
            for header, column in zip(self.headers, chosen, strict=True)
        }


def _examples(cells: list[str]) -> str:
    return f"It holds, for example: {' · '.join(cells)}" if cells else "It is empty in the first rows."


class SitesForm(GovukForm):
    """One drop-down for each spelling of a site that nobody knows, up to `MOST` at a time."""

    MOST = 50

    def __init__(self, *args: Any, found: Import, guesses: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spellings = list(dict.fromkeys(one["spelling"] for one in found.unknown))[: self.MOST]
        rows = {one["spelling"]: one["rows"] for one in found.unknown}
        sites = list(Site.objects.filter(organisation=found.organisation))
        self.sites = {str(site.pk): site for site in sites}
        choices = [("", "Not known yet"), *((pk, f"{site} ({site.code})") for pk, site in self.sites.items())]
        for number, spelling in enumerate(self.spellings):
            self.fields[f"site_{number}"] = forms.ChoiceField(
                label=f"“{spelling}”",
                choices=choices,
                initial=str(guesses.get(spelling, "")),
                required=False,
                help_text=f"In {rows[spelling]:,} row{'' if rows[spelling] == 1 else 's'}",
            )

    @property
    def chosen(self) -> dict[str, Site]:
        """Spelling → site, of those that were decided."""
        picked = {one: self.cleaned_data[f"site_{number}"] for number, one in enumerate(self.spellings)}
        return {spelling: self.sites[pk] for spelling, pk in picked.items() if pk}


class ConfirmForm(GovukForm):
    """`seen` is the outcome that the person looked at; a second tick where many people would be ended."""

    seen = forms.CharField(widget=forms.HiddenInput)
    may_end_many = forms.BooleanField(required=False)
    may_replace = forms.BooleanField(
        label="I have looked through the changed figures: this file takes their place", required=False
    )

    def __init__(self, *args: Any, found: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not found.is_replacing:
            del self.fields["may_replace"]
        if found.is_ending_many:
            words = f"I have looked through them: end {found.ended:,} of {found.active:,} people"
            self.fields["may_end_many"].label = words
        else:
            del self.fields["may_end_many"]
