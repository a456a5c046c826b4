"""Which news somebody wants by mail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from fleet.services.digests import Kind
from fleet.web.forms import GovukForm


class MailForm(GovukForm):
    kinds = forms.MultipleChoiceField(
        label="Tell me in the daily digest", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, kinds: Iterable[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kinds"]
        field.choices = [(kind.key, f"{kind.title}: {kind.hint}") for kind in kinds]
