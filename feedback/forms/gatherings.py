"""Announcing a session in person, and writing down what was said there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from feedback.models import Gathering, Thread, Topic
from feedback.services.taxonomy import topics_of
from feedback.vocabulary import ThreadKind
from fleet.forms.parts import FactsForm
from fleet.models import Organisation
from fleet.web.forms import GovukForm

NARROW = {"class": "govuk-input--width-5"}
LONGEST = dt.timedelta(days=2 * 365)


class ClockField(forms.TimeField):
    """An hour and minutes, as 14:30."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(NARROW, format="%H:%M"),
            error_messages={"invalid": "Enter a time such as 14:30"},
            **kwargs,
        )


class GatheringForm(FactsForm):
    day = forms.DateField(label="On which day?")
    starts_at = ClockField(label="From", help_text="Such as 14:30.")
    ends_at = ClockField(label="Until")

    class Meta:
        model = Gathering
        fields = ("kind", "title", "about", "site", "place", "places")
        labels = {"kind": "What is it?", "places": "How many can come?"}
        widgets = {
            "kind": forms.RadioSelect,
            "about": forms.Textarea({"rows": 4}),
            "places": forms.NumberInput(NARROW),
        }
        help_texts = {
            "site": "Or leave it out and enter the address.",
            "places": "Leave it empty where everybody finds room.",
        }

    field_order = ("organisation", "kind", "title", "about", "day", "starts_at", "ends_at", "site", "place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            begins, ends = (timezone.localtime(at) for at in (self.instance.starts_at, self.instance.ends_at))
            times = {"day": begins.date(), "starts_at": begins.time(), "ends_at": ends.time()}
            self.initial.update(times)
        self.order_fields(self.field_order)

    def _check_site(self, site: Any) -> None:
        """Whoever may announce sessions at all may announce them at every site."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("day")
        if not cleaned.get("site") and not cleaned.get("place"):
            self.add_error("place", "Select a site, or enter the address")
        if day and day > timezone.localdate() + LONGEST:
            self.add_error("day", "The day must be within two years")
        for name in ("starts_at", "ends_at"):
            if day and (at := cleaned.get(name)):
                moment = timezone.make_aware(dt.datetime.combine(day, at))
                cleaned[name] = moment
                setattr(self.instance, name, moment)
        return cleaned


class CancelForm(GovukForm):
    because = forms.CharField(
        label="Why is it cancelled?", max_length=300, help_text="Whoever signed up is told, with this reason."
    )


class NoteForm(GovukForm):
    kind = forms.ChoiceField(
        label="What is it?", choices=ThreadKind.choices, initial=ThreadKind.PROBLEM, widget=forms.RadioSelect
    )
    title = forms.CharField(label="In one line", max_length=Thread._meta.get_field("title").max_length)
    body = forms.CharField(
        label="What was said?",
        max_length=10_000,
        widget=forms.Textarea({"rows": 6}),
        help_text="Without names: everybody in the organisation can read it, and join in.",
    )
    topic: Any = forms.ModelChoiceField(
        Topic.objects.none(), label="Topic", required=False, empty_label="Suggest one from what I write"
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["topic"]
        field.queryset = Topic.objects.filter(pk__in=[one.pk for one in topics_of(organisation)])
