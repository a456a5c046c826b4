"""Making a commitment: what a measure asks, and what every one of them needs."""

from __future__ import annotations

from typing import Any

from django import forms

from feedback.measures import Measure
from feedback.models import Commitment, Thread
from fleet.models import Site
from fleet.web.forms import GovukForm


class CommitmentForm(GovukForm):
    text = forms.CharField(
        label="What do you promise?",
        max_length=Commitment._meta.get_field("text").max_length,
        help_text="In words that everybody understands, such as “Everybody has the new browser”.",
    )
    site: Any = forms.ModelChoiceField(
        Site.objects.none(), required=False, empty_label="The whole organisation", label="Where"
    )
    target_percent = forms.DecimalField(
        label="Target, in per cent", min_value=0, max_value=100, decimal_places=2, max_digits=5
    )
    due_on = forms.DateField(label="By the end of")

    def __init__(self, *args: Any, measure: Measure, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        for name, field in measure.fields(thread.organisation).items():
            self.fields[name] = field
        self.asked = [name for name in self.fields if name not in self.base_fields]
        if measure.by_site:
            site: Any = self.fields["site"]
            site.queryset = Site.objects.filter(organisation=thread.organisation).order_by("name")
        else:
            del self.fields["site"]
        self.order_fields(["text", *self.asked, "site", "target_percent", "due_on"])

    @property
    def parameters(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.asked}


class WithdrawForm(GovukForm):
    because = forms.CharField(
        label="Why is it withdrawn?", max_length=300, help_text="Everybody who reads feedback sees it."
    )
