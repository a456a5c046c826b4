"""A moderator makes a thread a duplicate of another, and takes that back."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from feedback.forms.merging import MergeForm
from feedback.models import Thread
from feedback.services import merging
from feedback.views.moderating import Moderation
from fleet.web.forms import GovukForm
from fleet.web.requests import asked_for, signed_in

MOST_FOUND = 10


class MergeThread(Moderation):
    """Finds the thread that this one repeats by words, its own title's where none are asked for."""

    model = Thread
    form_class = MergeForm
    template_name = "feedback/thread_merge.html"
    heading = "Merge into another thread"
    submit = "Merge"

    @cached_property
    def words(self) -> str:
        return asked_for(self.request, "q").strip() or self.row.title

    def get_form_kwargs(self) -> dict[str, Any]:
        others = (
            Thread.objects.filter(organisation=self.row.organisation_id).standing().exclude(pk=self.row.pk)
        )
        found = list(others.search(self.words)[:MOST_FOUND])
        return super().get_form_kwargs() | {"others": others, "found": found}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"words": self.words}

    def do(self, data: dict[str, Any]) -> str:
        merging.merge_one(thread=self.row, into=data["into"], by=signed_in(self.request))
        return f"The thread is merged into “{data['into']}”."


class UnmergeThread(Moderation):
    """The thread stands alone again."""

    model = Thread
    form_class = GovukForm
    heading = "Take the merge back"
    submit = "Take it back"

    def do(self, data: dict[str, Any]) -> str:
        merging.unmerge(thread=self.row, by=signed_in(self.request))
        return "The thread stands alone again, with its own people."
