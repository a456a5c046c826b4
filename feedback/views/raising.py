"""Raising a thread, saying that one affects oneself too, replying."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from feedback.forms.threads import MinutesForm, RaiseForm, ReplyForm, VoiceForm
from feedback.models import Thread
from feedback.services import places, raising
from feedback.services.own_facts import own_facts
from fleet.models import Organisation
from fleet.views.facts import FactsForm, VisibleRow
from fleet.web.forms import GovukForm
from fleet.web.requests import asked_for, signed_in

MOST_FOUND = 5  # of what others have raised with the same words


class RaiseThread(FactsForm):
    """Says first what others have raised with these words."""

    template_name = "feedback/thread_raise.html"
    form_class = RaiseForm
    heading = "Raise feedback"
    submit = "Post it"
    thread: Thread

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.organisation is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def organisation(self) -> Organisation | None:
        code = asked_for(self.request, "organisation")
        return places.organisation_of(signed_in(self.request), "feedback.post", code)

    def get_form_kwargs(self) -> dict[str, Any]:
        facts = own_facts(signed_in(self.request), self.organisation)  # type: ignore[arg-type]
        kwargs = super().get_form_kwargs()
        kwargs["initial"] = {"title": asked_for(self.request, "q")[:150]}
        return kwargs | {"organisation": self.organisation, "facts": facts}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = asked_for(self.request, "q").strip()
        found = Thread.objects.visible_to(signed_in(self.request)).standing()
        similar = found.search(words)[:MOST_FOUND] if words else []
        return super().get_context_data(**kwargs) | {"words": words, "similar": list(similar)}

    def do(self, data: dict[str, Any]) -> str:
        assert self.organisation is not None
        self.thread = raising.raise_thread(organisation=self.organisation, by=signed_in(self.request), **data)
        return "Your feedback is posted."

    def get_success_url(self) -> str:
        return reverse("feedback:thread-detail", args=[self.thread.pk])

    @property
    def cancel_url(self) -> str:
        return reverse("feedback:thread-list")


class _OnThread(VisibleRow, FactsForm):
    """A form on a thread, for those who may post in its organisation."""

    model = Thread

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.may("feedback.post", organisation_id=self.row.organisation_id):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"name": self.row.title}

    def get_success_url(self) -> str:
        return reverse("feedback:thread-detail", args=[self.row.pk])


class JoinThread(_OnThread):
    form_class = VoiceForm
    prefix = "join"
    heading = "This affects me too"
    submit = "Add my voice"

    def get_form_kwargs(self) -> dict[str, Any]:
        facts = own_facts(signed_in(self.request), self.row.organisation)
        return super().get_form_kwargs() | {"organisation": self.row.organisation, "facts": facts}

    def do(self, data: dict[str, Any]) -> str:
        raising.join_thread(thread=self.row, by=signed_in(self.request), **data)
        return "Your voice is added."


class ChangeVoice(_OnThread):
    """One's own minutes and how often, of whoever has a voice in the thread."""

    form_class = MinutesForm
    heading = "What it costs you"
    submit = "Save"

    def get_initial(self) -> dict[str, Any]:
        voice = raising.voice_of(self.row, signed_in(self.request))
        return {"frequency": voice.frequency, "minutes_a_day": voice.minutes_a_day} if voice else {}

    def do(self, data: dict[str, Any]) -> str:
        raising.change_voice(thread=self.row, by=signed_in(self.request), **data)
        return "What it costs you is changed."


class LeaveThread(_OnThread):
    form_class = GovukForm
    heading = "It affects me no longer"
    submit = "Take my voice back"

    def do(self, data: dict[str, Any]) -> str:
        raising.leave_thread(thread=self.row, by=signed_in(self.request))
        return "Your voice is taken back."


class ReplyToThread(_OnThread):
    form_class = ReplyForm
    heading = "Reply"
    submit = "Post the reply"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"thread": self.row}

    def do(self, data: dict[str, Any]) -> str:
        raising.reply(thread=self.row, by=signed_in(self.request), **data)
        return "Your reply is posted."
