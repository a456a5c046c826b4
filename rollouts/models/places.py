"""One person's place in a tranche."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Q, Value, When

from fleet.history import tracked
from fleet.models import Device, StaffMember
from fleet.models.constraints import one_of
from fleet.models.searching import united
from rollouts.models.programmes import Entitlement, Programme
from rollouts.models.tranches import Tranche
from rollouts.vocabulary import (
    ASSESSED_STATES,
    DONE_STATES,
    IN_STATES,
    OUTSTANDING_STATES,
    PersonState,
    Readiness,
)

if TYPE_CHECKING:
    from fleet.models import User

_CAN_GO = Q(readiness__state__in=[Readiness.READY, Readiness.AT_RISK], tranche__state__in=ASSESSED_STATES)
# Each place that is counted at all is behind exactly one of these, the most advanced first.
FIGURES = {
    "handed_over": Q(state__in=DONE_STATES),
    "can_go": Q(state__in=OUTSTANDING_STATES) & _CAN_GO,
    "stuck": Q(state__in=OUTSTANDING_STATES) & (~_CAN_GO | Q(readiness__isnull=True)),
}


# The lists of check keys of `PersonReadiness` that are not waived.
_NOT_WAIVED = ("blocking", "unknowns", "advisory")


class TranchePersonQuerySet(models.QuerySet["TranchePerson"]):
    def visible_to(self, user: User) -> TranchePersonQuerySet:
        scope = user.access.scope(
            "rollouts.view", organisation="tranche__programme__organisation", sites=("staff_member__site",)
        )
        return self.filter(scope | Q(staff_member__user=user))

    def of_programme(self, programme: Programme, *, by: User | None) -> TranchePersonQuerySet:
        """All places in its tranches that `by` may see; None stands for workers, who see everybody's."""
        places = self.filter(tranche__programme=programme)
        return places if by is None else places.visible_to(by)

    def search(self, text: str) -> TranchePersonQuerySet:
        """The places of those whom the list of people finds by `text`, and by the user case or the device."""
        every = TranchePerson.objects.order_by()
        cases = Entitlement.objects.filter(user_case__icontains=text.strip()).order_by()
        devices = united(Device.objects.identified(text.strip()))
        return self.filter(
            pk__in=united(
                [
                    every.filter(staff_member__in=StaffMember.objects.search(text).order_by().values("pk")),
                    every.filter(entitlement__in=cases.values("pk")),
                    every.filter(device__in=devices),
                ]
            )
        )

    def counted(self) -> TranchePersonQuerySet:
        """Those who are in: not deferred, not withdrawn."""
        return self.filter(state__in=IN_STATES)

    def outstanding(self) -> TranchePersonQuerySet:
        """Those who still wait for their device."""
        return self.filter(state__in=OUTSTANDING_STATES)

    def found(self, *states: str) -> TranchePersonQuerySet:
        """Those who wait, and of whom the latest word is one of these; it is past once they have a device."""
        return self.outstanding().filter(readiness__state__in=states)

    def held_up_by(self, *check_keys: str) -> TranchePersonQuerySet:
        """Those of whom any of these checks found something that is not waived."""
        found = [Q(**{f"readiness__{words}__overlap": check_keys}) for words in _NOT_WAIVED]
        return self.outstanding().filter(reduce(or_, found))

    def waived(self, *check_keys: str) -> TranchePersonQuerySet:
        """Those for whom what one of these checks found is waived; with none named, any check."""
        which = Q(readiness__waived__overlap=check_keys) if check_keys else Q(readiness__waived__len__gt=0)
        return self.outstanding().filter(which)

    def ready_by_waiver(self) -> TranchePersonQuerySet:
        """Those who could go, and of whom some check would say otherwise if it were not waived."""
        return self.found(Readiness.READY, Readiness.AT_RISK).waived()

    def each_person_once(self) -> TranchePersonQuerySet:
        """Of a person's places in one programme, the most advanced that is counted; of equals, the first."""
        advance = Case(*(When(rows, then=Value(rank)) for rank, rows in enumerate(FIGURES.values())))
        counted = TranchePerson.objects.counted().annotate(advance=advance)
        # Whatever else these rows are filtered by, a person's other places decide which of them counts.
        same = counted.filter(tranche__programme__in=self.order_by().values("tranche__programme"))
        one_a_person = ("tranche__programme_id", "staff_member_id")
        most_advanced = same.order_by(*one_a_person, "advance", "pk").distinct(*one_a_person)
        return self.filter(pk__in=most_advanced.values("pk"))

    def figure(self, name: str) -> TranchePersonQuerySet:
        """The places behind one of a programme's numbers: `handed_over`, `can_go` or `stuck`."""
        return self.each_person_once().filter(FIGURES[name])


@tracked()
class TranchePerson(models.Model):
    """One person's place in a tranche. `handed_over_at` follows from facts, never from a form."""

    tranche = models.ForeignKey(Tranche, on_delete=models.CASCADE, related_name="people")
    staff_member = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="tranche_places")
    entitlement = models.ForeignKey(
        Entitlement, null=True, blank=True, on_delete=models.SET_NULL, related_name="tranche_people"
    )
    device = models.ForeignKey(
        Device, null=True, blank=True, on_delete=models.SET_NULL, related_name="tranche_places"
    )
    state = models.CharField(max_length=12, choices=PersonState, default=PersonState.PLANNED)
    reason = models.CharField("reason for deferral or withdrawal", max_length=300, blank=True)
    planned_on = models.DateField("handover planned", null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TranchePersonQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["tranche", "staff_member"], name="tranche_person_once"),
            models.UniqueConstraint(
                fields=["device"],
                condition=Q(state__in=["allocated", "handed_over", "accepted"]),
                name="tranche_device_allocated_once",
            ),
            one_of("state", PersonState, name="tranche_person_state"),
            models.CheckConstraint(
                condition=Q(state="planned", handed_over_at__isnull=True)
                | Q(state="allocated", device__isnull=False, handed_over_at__isnull=True)
                | Q(state="handed_over", handed_over_at__isnull=False, accepted_at__isnull=True)
                | Q(state="accepted", handed_over_at__isnull=False, accepted_at__isnull=False)
                | (Q(state__in=["deferred", "withdrawn"]) & ~Q(reason="")),
                name="tranche_person_state_is_whole",
            ),
        ]
        indexes = [
            # the S-curve and the rate behind the forecast
            models.Index(fields=["tranche", "handed_over_at"], name="tranche_person_handed_over"),
            # a device's place in a tranche
            models.Index(fields=["tranche", "state"], name="tranche_person_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member} in {self.tranche}"
