"""Planning a programme: itself, its minimum versions, its entitlements."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from fleet.errors import Conflict
from fleet.models import User
from rollouts.forms.programmes import EntitlementForm, MinimumForm, ProgrammeForm
from rollouts.models import Entitlement, PlatformMinimum, Programme
from rollouts.services.removal import delete_programme
from rollouts.services.staleness import rules_changed
from rollouts.views.base import FormPage


def programme_to_plan(user: User, pk: int) -> Programme:
    """Raises Http404 where the person may not plan it: a role at some sites is not enough."""
    visible = Programme.objects.visible_to(user).select_related("organisation")
    planned = visible.filter(organisation__in=user.access.whole_organisation_ids("rollouts.plan"))
    return get_object_or_404(planned, pk=pk)


class ProgrammePage(FormPage):
    """A form about a programme, for those who plan it."""

    programme: Programme
    instance: Any

    def load(self) -> None:
        self.programme = self.instance = programme_to_plan(self.user, self.kwargs["pk"])

    @property
    def back_url(self) -> str:
        return reverse("rollouts:programme-detail", args=[self.programme.pk])

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.instance}

    def perform(self, form: Any) -> str:
        with transaction.atomic():
            saved = form.save()
            rules_changed(programme=self.programme)
        return f"{saved} was saved."

    def context(self) -> dict[str, Any]:
        return super().context() | {"programme": self.programme}


class ProgrammeCreate(FormPage):
    form_class = ProgrammeForm
    heading = "Create a programme"
    submit = "Create programme"

    def load(self) -> None:
        if not self.user.access.whole_organisation_ids("rollouts.plan"):
            raise Http404

    @property
    def back_url(self) -> str:
        return reverse("rollouts:programme-list")

    @property
    def next_url(self) -> str:
        return reverse("rollouts:programme-detail", args=[self.programme.pk])

    def form_kwargs(self) -> dict[str, Any]:
        return {"user": self.user}

    def perform(self, form: Any) -> str:
        self.programme = form.save()
        return (
            f"{self.programme} was created. Next, say who is entitled to what, then plan its first tranche."
        )


class ProgrammeEdit(ProgrammePage):
    form_class = ProgrammeForm
    heading = "Change the programme"

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.programme, "user": self.user}


class ProgrammeDelete(ProgrammePage):
    template_name = "rollouts/confirm.html"
    submit = "Delete the programme"
    consequence = "Its draft tranches, entitlements and lowest versions go with it. This cannot be undone."

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Delete {self.programme}?"

    @property
    def next_url(self) -> str:
        return reverse("rollouts:programme-list")

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def perform(self, form: Any) -> str:
        name = str(self.programme)
        delete_programme(programme=self.programme, by=self.user)
        return f"{name} was deleted."


class MinimumCreate(ProgrammePage):
    form_class = MinimumForm
    heading = "Add a lowest version"

    def load(self) -> None:
        super().load()
        self.instance = PlatformMinimum(programme=self.programme)


class EntitlementCreate(ProgrammePage):
    form_class = EntitlementForm
    heading = "Add an entitlement"

    def load(self) -> None:
        super().load()
        last = self.programme.entitlements.order_by("-priority").first()
        self.instance = Entitlement(programme=self.programme, priority=(last.priority if last else 0) + 10)


class _PartOfProgramme(ProgrammePage):
    """A form about one row of a programme."""

    model: type[Entitlement] | type[PlatformMinimum]
    row: Any

    def load(self) -> None:
        self.instance = self.row = get_object_or_404(self.model, pk=self.kwargs["pk"])
        self.programme = self.row.programme = programme_to_plan(self.user, self.row.programme_id)


class _Delete(_PartOfProgramme):
    """Asks before a row goes that nothing depends on."""

    template_name = "rollouts/confirm.html"
    submit = "Delete"

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Delete {self.row}?"

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def perform(self, form: Any) -> str:
        name = str(self.row)
        with transaction.atomic():
            self.row.delete()
            rules_changed(programme=self.programme)
        return f"{name} was deleted."


class MinimumEdit(_PartOfProgramme):
    model = PlatformMinimum
    form_class = MinimumForm
    heading = "Change a lowest version"


class MinimumDelete(_Delete):
    model = PlatformMinimum
    consequence = "Devices of this platform will no longer be checked for their version."


class EntitlementEdit(_PartOfProgramme):
    model = Entitlement
    form_class = EntitlementForm
    heading = "Change an entitlement"


class EntitlementDelete(_Delete):
    """Only while nobody has it: the people of a tranche say which entitlement they were planned with."""

    model = Entitlement

    def perform(self, form: Any) -> str:
        if count := self.row.tranche_people.count():
            raise Conflict(
                f"{count:,} people in tranches have this entitlement. Change it instead, or change its job "
                "roles and work styles so that nobody who is still planned has it."
            )
        return super().perform(form)
