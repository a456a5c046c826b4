"""Choosing the thread that another one repeats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from feedback.models import Thread
from fleet.web import text
from fleet.web.forms import GovukForm


class MergeForm(GovukForm):
    """`others` can be chosen, `found` are those that are offered."""

    into: Any = forms.ModelChoiceField(
        Thread.objects.none(),
        label="Which thread does it repeat?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the thread that this one repeats"},
    )

    def __init__(self, *args: Any, others: Any, found: Sequence[Thread], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = others
        into.widget.choices = [(thread.pk, _label(thread)) for thread in found]


def _label(thread: Thread) -> str:
    people = text.counted(thread.people, "person", "people")
    return f"{thread} ({people} affected, {thread.get_status_display().lower()})"
