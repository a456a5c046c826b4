"""The order of MDM sources: one choice a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from fleet.models import MdmSource
from fleet.web.forms import GovukForm

PLACES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")


class RanksForm(GovukForm):
    """As many places as there are sources; those left out come after all, newest first. Gives `order`."""

    def __init__(self, *args: Any, sources: QuerySet[MdmSource], order: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = PLACES[: max(min(sources.count(), len(PLACES)), len(order))]
        for number, place in enumerate(places):
            self.fields[f"place_{number}"] = forms.ModelChoiceField(
                sources,
                label=place,
                required=False,
                empty_label="Whoever is newest",
                initial=order[number] if number < len(order) else None,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        places = [name for name in self.fields if cleaned.get(name)]
        order = [cleaned[name] for name in places]
        for number, name in enumerate(places):
            if order[number] in order[:number]:
                self.add_error(name, f"{order[number]} has a place already. Name each source once.")
        return {"order": order}
