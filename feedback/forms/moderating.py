"""Hiding something, and what else a moderator says of a thread."""

from __future__ import annotations

from typing import Any

from django import forms

from feedback.models import Thread, Topic
from feedback.services.taxonomy import topics_of
from fleet.web.forms import GovukForm, GovukModelForm


class HideForm(GovukForm):
    because = forms.CharField(
        label="Why is it hidden?", max_length=300, help_text="Its author and other readers see this reason."
    )


class RemoveForm(GovukForm):
    because = forms.CharField(
        label="Why is it removed?",
        max_length=300,
        help_text="The picture is gone for good. Its author and other readers see this reason.",
    )


class SortForm(GovukModelForm):
    """Where a thread belongs."""

    class Meta:
        model = Thread
        fields = ("kind", "topic", "is_severe")
        help_texts = {
            "is_severe": "Tick it where work stops, somebody is harmed, or the law is at stake: the next "
            "tranche does not go while it is open."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = topics_of(self.instance.organisation)
        topic: Any = self.fields["topic"]
        topic.queryset = Topic.objects.filter(pk__in=[one.pk for one in offered])
