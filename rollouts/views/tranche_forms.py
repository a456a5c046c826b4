"""Planning a tranche: its dates and who is in it, with a count before anything is saved."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from rollouts.forms.tranches import TrancheForm
from rollouts.models import Tranche
from rollouts.services.membership import MembershipResult, preview_membership, replan
from rollouts.services.transitions import require
from rollouts.views.base import FormPage, TrancheAction
from rollouts.views.frame import tranche_url
from rollouts.views.planning import programme_to_plan


class _TrancheForm(FormPage):
    """The tranche's form, whose second button counts who would be in it and saves nothing."""

    form_class = TrancheForm
    template_name = "rollouts/tranche_form.html"
    tranche: Tranche
    matched: int | None = None

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.tranche}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "preview" not in request.POST:
            return super().post(request, **kwargs)
        form = TrancheForm(request.POST, **self.form_kwargs())
        if form.is_valid():
            self.matched = preview_membership(form.criteria())
        return self.page(form)

    def save(self, form: TrancheForm) -> MembershipResult:
        with transaction.atomic():
            self.tranche = form.save()
            return replan(tranche=self.tranche, by=self.user)

    def context(self) -> dict[str, Any]:
        return super().context() | {"matched": self.matched}

    @property
    def next_url(self) -> str:
        return tranche_url("tranche-detail", self.tranche)


class TrancheCreate(_TrancheForm):
    heading = "Create a tranche"
    submit = "Create tranche"

    def load(self) -> None:
        self.programme = programme_to_plan(self.user, self.kwargs["pk"])
        last = self.programme.tranches.aggregate(last=Max("number"))["last"] or 0
        self.tranche = Tranche(programme=self.programme, number=last + 1)

    @property
    def back_url(self) -> str:
        return reverse("rollouts:programme-detail", args=[self.programme.pk])

    def perform(self, form: TrancheForm) -> str:
        result = self.save(form)
        return f"{self.tranche} was created with {result.added:,} people."

    def context(self) -> dict[str, Any]:
        return super().context() | {"programme": self.programme}


class TrancheEdit(_TrancheForm, TrancheAction):
    verb = "edit"
    heading = "Change the tranche"

    def save(self, form: TrancheForm) -> MembershipResult:
        with transaction.atomic():
            # Nobody can lock its people for a gate while they are being chosen anew.
            current = Tranche.objects.select_for_update(of=("self",)).select_related("programme")
            require(self.user, current.get(pk=self.tranche.pk), self.verb)
            return super().save(form)

    def perform(self, form: TrancheForm) -> str:
        result = self.save(form)
        return f"{self.tranche} was saved: {result.added:,} people joined it, {result.removed:,} left it."
