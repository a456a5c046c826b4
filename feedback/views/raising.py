"""Raising a thread, saying that one affects oneself too, replying."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from feedback.forms.threads import MinutesForm, RaiseForm, ReplyForm, VoiceForm
from feedback.models import Post, Thread
from feedback.services import places, raising
from feedback.services.own_facts import own_facts
from feedback.services.taxonomy import suggested, topics_of
from feedback.views.saying import speakers
from feedback.vocabulary import ThreadKind
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
        assert self.organisation is not None
        found = found.filter(organisation=self.organisation)
        topic = suggested(topics_of(self.organisation), words)
        similar = found.search(words, topic)[:MOST_FOUND] if words else []
        mine = places.organisations_of(signed_in(self.request), "feedback.post")
        return super().get_context_data(**kwargs) | {
            "words": words,
            "similar": list(similar),
            "organisation_shown": self.organisation,
            "others": mine.exclude(pk=self.organisation.pk),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        """Shows first which topic the words suggest; a picture chosen could not be shown again."""
        data = form.cleaned_data
        if data["topic"] or data["is_topic_asked"] or data["picture"]:
            return super().form_valid(form)
        assert self.organisation is not None
        topic = suggested(topics_of(self.organisation), f"{data['title']} {data['body']}")
        if topic is None:
            return super().form_valid(form)
        sent = self.request.POST.copy()
        sent.update({"topic": str(topic.pk), "is_topic_asked": "on"})
        again = self.form_class(**{**self.get_form_kwargs(), "data": sent})
        return self.render_to_response(self.get_context_data(form=again, suggestion=topic))

    def do(self, data: dict[str, Any]) -> str:
        assert self.organisation is not None
        self.thread = raising.raise_thread(
            organisation=self.organisation,
            by=signed_in(self.request),
            suggests=not data.pop("is_topic_asked"),
            **data,
        )
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
        has_cost = self.row.kind != ThreadKind.PRAISE
        given = {"organisation": self.row.organisation, "facts": facts, "has_cost": has_cost}
        return super().get_form_kwargs() | given

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

    template_name = "feedback/thread_reply.html"

    @cached_property
    def to(self) -> Post | None:
        """The post in `?to=`; the thread as a whole where there is none."""
        asked = self.request.GET.get("to", "")
        key = int(asked) if asked.isdecimal() else 0
        posts: QuerySet[Post] = self.row.posts.filter(is_opening=False).select_related("author")
        return posts.filter(pk=key).first()

    def get_initial(self) -> dict[str, Any]:
        return {"parent": self.to}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"thread": self.row}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.to:
            speaker = speakers([self.to], self.row.organisation_id)[self.to.pk]
            context |= {"to": self.to, "speaker": speaker, "heading": f"Reply to {speaker.name}"}
        return context

    def do(self, data: dict[str, Any]) -> str:
        raising.reply(thread=self.row, by=signed_in(self.request), **data)
        return "Your reply is posted."
