"""One person's place in a tranche: why they can or cannot go, and what may be done about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fleet.models import User
from fleet.services import access_log
from fleet.web.parts import SummaryRow
from fleet.web.requests import signed_in
from rollouts.forms.verbs import ReasonForm
from rollouts.models import TranchePerson
from rollouts.services import people
from rollouts.services.transitions import may
from rollouts.views.base import TrancheAction
from rollouts.views.changes import change_log
from rollouts.views.findings import findings_of
from rollouts.views.frame import frame
from rollouts.views.shown import device_link, staff_link
from rollouts.vocabulary import OUTSTANDING_STATES, PersonState

# What can be done in which state of a person's place: (address, words, verb of the transition table).
ACTIONS: dict[PersonState, tuple[tuple[str, str, str], ...]] = {
    PersonState.PLANNED: (
        ("place-defer", "Defer", "change_people"),
        ("place-withdraw", "Withdraw", "change_people"),
    ),
    PersonState.ALLOCATED: (
        ("place-defer", "Defer", "change_people"),
        ("place-withdraw", "Withdraw", "change_people"),
        ("place-release", "Take the device back", "allocate"),
    ),
    PersonState.HANDED_OVER: (("place-accept", "Confirm acceptance", "accept"),),
    PersonState.DEFERRED: (("place-reinstate", "Reinstate", "change_people"),),
    PersonState.WITHDRAWN: (("place-reinstate", "Reinstate", "change_people"),),
}


def visible_place(user: User, pk: int) -> TranchePerson:
    """Raises Http404."""
    places = TranchePerson.objects.visible_to(user).select_related(
        "tranche__programme__organisation",
        "staff_member__site",
        "entitlement__device_model",
        "device__model",
        "readiness",
    )
    return get_object_or_404(places, pk=pk)


def facts(place: TranchePerson) -> list[SummaryRow]:
    return [
        SummaryRow("Person", staff_link(place.staff_member)),
        SummaryRow("Site", place.staff_member.site),
        SummaryRow("User case", place.entitlement.user_case if place.entitlement else None),
        SummaryRow("Planned device", place.entitlement.device_model if place.entitlement else None),
        SummaryRow("Allocated device", device_link(place.device)),
        SummaryRow("Handover planned", place.planned_on),
        SummaryRow("Handed over", place.handed_over_at),
        SummaryRow("Accepted", place.accepted_at),
    ]


@require_safe
def place_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    place = visible_place(user, pk)
    actions = [
        (reverse(f"rollouts:{name}", args=[place.pk]), words)
        for name, words, verb in ACTIONS.get(PersonState(place.state), ())
        if may(user, place.tranche, verb)
    ]
    access_log.note(request, "tranche-person", place)
    may_view = user.access.may("rollouts.view", organisation_id=place.tranche.programme.organisation_id)
    shown = {
        "place": place,
        "facts": facts(place),
        "findings": findings_of(place),
        "actions": actions,
        "is_outstanding": place.state in OUTSTANDING_STATES,
        "may_waive": may(user, place.tranche, "waive"),
        **change_log(request, place, place.tranche.programme),
    }
    # One's own place is open without a role; then it leads to no page that is not.
    around = frame(place.tranche, "tranche-people", user) if may_view else {}
    return render(request, "rollouts/place_detail.html", shown | around)


class PlaceAction(TrancheAction):
    """A verb on one person's place."""

    verb = "change_people"
    section = "tranche-people"
    place: TranchePerson

    def load(self) -> None:
        self.place = visible_place(self.user, self.kwargs["pk"])
        access_log.note(self.request, "tranche-person", self.place)
        self.open(self.place.tranche)

    @property
    def back_url(self) -> str:
        return reverse("rollouts:place-detail", args=[self.place.pk])

    @property
    def person(self) -> str:
        return str(self.place.staff_member)


class Defer(PlaceAction):
    form_class = ReasonForm
    submit = "Defer"
    consequence = "They leave this tranche for now. A device that was allocated to them becomes free."

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Defer {self.person}"

    def perform(self, form: ReasonForm) -> str:
        people.defer(person=self.place, reason=form.cleaned_data["reason"], by=self.user)
        return f"{self.person} was deferred."


class Withdraw(PlaceAction):
    form_class = ReasonForm
    submit = "Withdraw"
    consequence = "They leave this tranche for good. A device that was allocated to them becomes free."

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Withdraw {self.person}"

    def perform(self, form: ReasonForm) -> str:
        people.withdraw(person=self.place, reason=form.cleaned_data["reason"], by=self.user)
        return f"{self.person} was withdrawn."


class Reinstate(PlaceAction):
    template_name = "rollouts/confirm.html"
    submit = "Reinstate"
    consequence = "They are planned in this tranche again, without a device."

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Reinstate {self.person}?"

    def perform(self, form: Any) -> str:
        people.reinstate(person=self.place, by=self.user)
        return f"{self.person} is planned again."


class ReleaseDevice(PlaceAction):
    verb = "allocate"
    template_name = "rollouts/confirm.html"
    submit = "Take the device back"
    heading = "Take the allocated device back?"
    consequence = "It becomes free for others in stock, and this person has none."

    def perform(self, form: Any) -> str:
        people.release_allocation(person=self.place, by=self.user)
        return f"{self.person} has no device allocated any more."


class Accept(PlaceAction):
    verb = "accept"
    template_name = "rollouts/confirm.html"
    submit = "Confirm acceptance"
    consequence = (
        "It says that this person confirmed that what they were handed works. This cannot be undone."
    )

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Confirm that {self.person} has accepted?"

    def perform(self, form: Any) -> str:
        people.accept(person=self.place, by=self.user)
        return f"{self.person} has accepted."
