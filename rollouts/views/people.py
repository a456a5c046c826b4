"""The people of a tranche or programme: who is ready, who is not, and why."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column, to
from rollouts.filters import ProgrammePeopleFilter, TranchePeopleFilter
from rollouts.models import Programme, Tranche, TranchePerson
from rollouts.views.findings import blockers_as_list, blockers_in_words
from rollouts.views.frame import frame, visible_programme, visible_tranche

PERSON = Column(
    key="person",
    title="Person",
    value="staff_member.name",
    link=to("rollouts:place-detail"),
)
NUMBER = Column(key="staff_number", title="Staff number", value="staff_member.staff_number", is_extra=True)
SITE = Column(
    key="site",
    title="Site",
    value="staff_member.site.name",
)
TRANCHE = Column(
    key="tranche",
    title="Tranche",
    value="tranche",
    link=to("rollouts:tranche-detail", "tranche_id"),
)
READINESS = (
    Column(
        key="readiness",
        title="Readiness",
        value="readiness.state",
        is_status=True,
        empty="–",
    ),
    Column(key="blockers", title="What blocks", value=blockers_as_list, csv=blockers_in_words, empty="–"),
)
PLAN = (
    Column(
        key="user_case",
        title="User case",
        value="entitlement.user_case",
    ),
    Column(key="device", title="Device", value=lambda place: str(place.device) if place.device else None),
    Column(
        key="planned_on",
        title="Handover planned",
        empty="Not planned",
    ),
    Column(key="state", title="State", is_status=True),
)


class _PeopleList(ListPage):
    model = TranchePerson
    seen = "tranche-people"
    nouns = ("person", "people")
    default_sort = "person"

    def places(self) -> QuerySet[TranchePerson]:
        """Those that this person may see, with what the columns need."""
        visible = TranchePerson.objects.visible_to(signed_in(self.request))
        return visible.select_related("staff_member__site", "entitlement", "device", "readiness", "tranche")


class TranchePeople(_PeopleList):
    filterset_class = TranchePeopleFilter
    key = "tranche-people"
    template_name = "rollouts/tranche_people.html"
    columns = (PERSON, NUMBER, *READINESS, SITE, *PLAN)
    heading = "People"
    empty_text = "Change the tranche and tick the sites, job roles, work styles or teams that it is for."
    tranche: Tranche

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.tranche = visible_tranche(signed_in(request), kwargs["pk"])

    def get_queryset(self) -> QuerySet[TranchePerson]:
        return self.places().filter(tranche=self.tranche)

    def get_context_data(self) -> dict[str, Any]:
        return super().get_context_data() | frame(self.tranche, "tranche-people", signed_in(self.request))


class ProgrammePeople(_PeopleList):
    filterset_class = ProgrammePeopleFilter
    key = "programme-people"
    template_name = "rollouts/programme_people.html"
    columns = (PERSON, NUMBER, TRANCHE, *READINESS, SITE, *PLAN)
    heading = "People in the programme"
    empty_text = "No tranche of this programme has people yet. Create a tranche first."
    programme: Programme

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.programme = visible_programme(signed_in(request), kwargs["pk"])

    def get_queryset(self) -> QuerySet[TranchePerson]:
        return self.places().filter(tranche__programme=self.programme)

    def get_context_data(self) -> dict[str, Any]:
        return super().get_context_data() | {"programme": self.programme}
