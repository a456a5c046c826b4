"""Answering officially, and deciding on many threads at once."""

from __future__ import annotations

from typing import Any

from django import forms

from feedback.models import Thread
from feedback.services.answering import STATUSES
from feedback.vocabulary import ThreadStatus
from fleet.models import User
from fleet.web.forms import GovukForm


class RespondForm(GovukForm):
    body = forms.CharField(label="Official response", max_length=10_000, widget=forms.Textarea({"rows": 6}))
    status = forms.ChoiceField(
        label="Status from now on",
        choices=[(one.value, one.label) for one in STATUSES if one != ThreadStatus.OPEN],
    )
    status_reason = forms.CharField(
        label="Why", required=False, max_length=1_000, help_text="Needed where it is declined."
    )
    next_update_on = forms.DateField(
        label="Next update on", required=False, help_text="Empty: when your organisation’s rules say."
    )
    seen_status = forms.ChoiceField(choices=ThreadStatus.choices, widget=forms.HiddenInput)

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_status"].initial = thread.status
        is_new = thread.status == ThreadStatus.OPEN
        self.fields["status"].initial = ThreadStatus.ACKNOWLEDGED if is_new else thread.status


class SeveralForm(GovukForm):
    """One of the ways to deal with several threads; `ids` are those that were ticked."""

    WAYS = {
        "acknowledge": "Acknowledge them",
        "assign": "Give them an owner",
        "merge": "Merge them into one",
    }
    way = forms.ChoiceField(label="What is to be done", choices=list(WAYS.items()), widget=forms.RadioSelect)
    owner: Any = forms.ModelChoiceField(
        User.objects.none(), label="Owner", required=False, empty_label="Nobody"
    )
    into: Any = forms.ModelChoiceField(
        Thread.objects.none(), label="Merge into", required=False, empty_label="Choose one"
    )

    def __init__(self, *args: Any, threads: Any, owners: Any, may_merge: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = owners
        fields["into"].queryset = threads
        if not may_merge:
            del self.fields["into"]
            fields["way"].choices = [one for one in self.WAYS.items() if one[0] != "merge"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("way") == "merge" and not cleaned.get("into"):
            self.add_error("into", "Select the thread that the others repeat")
        return cleaned
