"""Raising a thread, joining one, replying: what people fill in."""

from __future__ import annotations

from typing import Any

from django import forms

from feedback.forms.pictures import PictureForm
from feedback.models import FeedbackPolicy, Post, Thread, Topic
from feedback.services.own_facts import OwnFacts
from feedback.services.taxonomy import topics_of
from feedback.vocabulary import Frequency, ShownAs, ThreadKind
from fleet.models import Organisation
from fleet.web.forms import GovukForm

NARROW = {"class": "govuk-input--width-4"}


class ShownForm(GovukForm):
    """Asks how the person wants to be shown, as far as their organisation lets them choose."""

    shown_as = forms.ChoiceField(label="How you are shown to readers", widget=forms.RadioSelect)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = FeedbackPolicy.of(organisation)
        ways = [(value, label) for value, label in ShownAs.choices if value in policy.ways_to_be_shown]
        field: Any = self.fields["shown_as"]
        field.choices = ways
        field.initial = policy.shown_as if policy.shown_as in policy.ways_to_be_shown else ways[0][0]
        if len(ways) == 1:
            field.help_text = f"The rules of {organisation} leave no other way."


class MinutesForm(GovukForm):
    """How much it costs this person."""

    frequency = forms.ChoiceField(
        label="How often does it happen?", choices=[("", "Not said"), *Frequency.choices], required=False
    )
    minutes_a_day = forms.IntegerField(
        label="Minutes lost on such a day",
        min_value=0,
        max_value=480,
        required=False,
        help_text="Your own, as well as you can tell; none for praise. Small daily losses add up.",
        widget=forms.NumberInput(NARROW),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("minutes_a_day") is not None and not cleaned.get("frequency"):
            self.add_error("frequency", "Say how often it happens, so that the minutes can be added up")
        return cleaned


class VoiceForm(ShownForm, MinutesForm):
    """That it affects this person too, how much, and what may be attached."""

    with_facts = forms.BooleanField(label="Attach what is known of my device", required=False, initial=True)

    def __init__(self, *args: Any, facts: OwnFacts, has_cost: bool = True, **kwargs: Any) -> None:
        """`has_cost` is false of praise, which costs nobody minutes."""
        super().__init__(*args, **kwargs)
        if not has_cost:
            del self.fields["minutes_a_day"], self.fields["frequency"]
        if facts.words:
            ways = dict(self.fields["shown_as"].choices)  # type: ignore[attr-defined]
            blurred = " If you post anonymously, only what at least ten people share."
            known = f"{'; '.join(facts.words)}.{blurred if ShownAs.ANONYMOUS in ways else ''}"
            self.fields["with_facts"].help_text = known
        else:
            del self.fields["with_facts"]
        self.order_fields([*(name for name in self.fields if name != "shown_as"), "shown_as"])


class RaiseForm(PictureForm, VoiceForm):
    kind = forms.ChoiceField(
        label="What is it?", choices=ThreadKind.choices, initial=ThreadKind.PROBLEM, widget=forms.RadioSelect
    )
    title = forms.CharField(label="In one line", max_length=Thread._meta.get_field("title").max_length)
    body = forms.CharField(
        label="What happens?",
        max_length=10_000,
        widget=forms.Textarea({"rows": 6}),
        help_text="Leave out what others should not read: everybody in your organisation can.",
    )
    since_on = forms.DateField(
        label="Since when?", required=False, help_text="Leave it empty if you cannot tell."
    )
    topic: Any = forms.ModelChoiceField(
        Topic.objects.none(), label="Topic", required=False, empty_label="Suggest one from what I write"
    )
    is_topic_asked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    field_order = [
        *("kind", "title", "body", "picture", "alt", "since_on", "frequency", "minutes_a_day", "topic"),
        "with_facts",
    ]

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, organisation=organisation, **kwargs)
        offered = topics_of(organisation)
        field: Any = self.fields["topic"]
        if self.data.get("is_topic_asked"):
            field.empty_label = "None of these"
        field.queryset = Topic.objects.filter(pk__in=[topic.pk for topic in offered])
        self.order_fields([*self.field_order, "shown_as"])


class ReplyForm(PictureForm, ShownForm):
    body = forms.CharField(label="Your reply", max_length=10_000, widget=forms.Textarea({"rows": 4}))
    parent: Any = forms.ModelChoiceField(
        Post.objects.none(), required=False, widget=forms.HiddenInput, label="Reply to"
    )

    field_order = ["body", "picture", "alt", "parent", "shown_as"]

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, organisation=thread.organisation, **kwargs)
        field: Any = self.fields["parent"]
        field.queryset = thread.posts.all()
