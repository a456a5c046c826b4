"""What the pages of rollouts share: a page with one form that calls one verb."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from fleet.errors import Conflict, FleetError, Forbidden
from fleet.web.forms import GovukForm, add_refusal
from fleet.web.requests import signed_in
from rollouts.models import Tranche
from rollouts.services.transitions import VERBS, is_permitted, refused
from rollouts.views.frame import frame, tranche_url, visible_tranche

STATUS_OF_REFUSAL = {Conflict: 409, Forbidden: 403}


class NoQuestions(GovukForm):
    """The form of a page that only asks for confirmation."""


class FormPage(View):
    """A page with one form, which calls one verb and goes on with a word of success.

    What the verb refuses becomes an error of the form, at the field that the verb names.
    """

    form_class: ClassVar[type[forms.BaseForm]] = NoQuestions
    template_name: ClassVar[str] = "rollouts/form.html"
    heading: str = ""
    submit: str = "Save"
    consequence: str = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.user = signed_in(request)
        self.load()

    def load(self) -> None:
        """Find what the page is about. Raises Http404 where this person may not do this to it."""
        raise NotImplementedError

    def perform(self, form: Any) -> str:
        """Call the verb; what it did, in a sentence. Raises FleetError."""
        raise NotImplementedError

    @property
    def back_url(self) -> str:
        """Where Cancel leads."""
        raise NotImplementedError

    @property
    def next_url(self) -> str:
        """Where one goes when it is done."""
        return self.back_url

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.form_class(**self.form_kwargs()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, **self.form_kwargs())
        if not form.is_valid():
            return self.page(form)
        try:
            done = self.perform(form)
        except FleetError as error:
            return self.refuse(form, error)
        messages.success(request, done)
        return redirect(self.next_url)

    def refuse(self, form: Any, error: FleetError) -> HttpResponse:
        add_refusal(form, error)
        return self.page(form, status=STATUS_OF_REFUSAL.get(type(error), 200))

    def page(self, form: Any, status: int = 200) -> HttpResponse:
        return render(self.request, self.template_name, {"form": form, **self.context()}, status=status)

    def context(self) -> dict[str, Any]:
        return {
            "heading": self.heading,
            "submit": self.submit,
            "consequence": self.consequence,
            "cancel_url": self.back_url,
        }


class TrancheAction(FormPage):
    """A verb of the transition table on one tranche, for those whose roles allow it.

    In a state that does not take the verb, the page says so and leads back to the tranche.
    """

    verb: ClassVar[str]
    section: ClassVar[str] = "tranche-detail"
    tranche: Tranche

    def load(self) -> None:
        self.open(visible_tranche(self.user, self.kwargs["pk"]))

    def open(self, tranche: Tranche) -> None:
        """Raises Http404 where the person's roles do not allow the verb on the tranche."""
        self.tranche = tranche
        if not is_permitted(self.user, tranche, self.verb):
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.tranche.state in VERBS[self.verb].states:
            return super().get(request, **kwargs)
        messages.error(request, str(refused(self.tranche, self.verb)))
        return redirect(self.back_url)

    @property
    def back_url(self) -> str:
        return tranche_url(self.section, self.tranche)

    def context(self) -> dict[str, Any]:
        return super().context() | frame(self.tranche, self.section, self.user)


class DirectAction(TrancheAction):
    """A verb behind a button of the tranche's page: it needs no page of its own, only the POST."""

    http_method_names = ["post"]

    def refuse(self, form: Any, error: FleetError) -> HttpResponse:
        messages.error(self.request, str(error))
        return redirect(self.back_url)
