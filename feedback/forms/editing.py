"""Changing what one said."""

from __future__ import annotations

from typing import Any

from django import forms

from feedback.models import Post, Thread
from fleet.web.forms import GovukForm


class EditForm(GovukForm):
    """The thread's line as well, of its opening post."""

    title = forms.CharField(label="In one line", max_length=Thread._meta.get_field("title").max_length)
    body = forms.CharField(
        label="What you say",
        max_length=10_000,
        widget=forms.Textarea({"rows": 8}),
        help_text="Readers see that you changed it, when, and what stood there before.",
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(title=post.thread.title, body=post.body)
        if not post.is_opening:
            del self.fields["title"]
