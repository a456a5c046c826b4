"""Phone lines: numbers that a carrier bills, their tariffs, and the SIM on which each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fleet.history import tracked
from fleet.models.constraints import in_order, one_of
from fleet.models.contracts import Contract
from fleet.models.counts import count_of
from fleet.models.devices import Sim
from fleet.models.organisations import Organisation
from fleet.models.pairings import BOTH, dated
from fleet.models.people import StaffMember
from fleet.phone_numbers import spoken
from fleet.vocabulary import Justification, LineOrigin, MegabyteBase, OverCharge

if TYPE_CHECKING:
    from fleet.models.accounts import User


# A bill often comes before anybody says on which tariff its lines are: the first one says what months allowed
# that allow nothing yet. Every later one leaves them as they are.
_FIRST_TARIFF = """
    UPDATE fleet_usagerecord r SET allowance_bytes = t.data_allowance_bytes
    FROM new_values n JOIN old_values o ON o.id = n.id JOIN fleet_tariff t ON t.id = n.tariff_id
    WHERE r.line_id = n.id AND o.tariff_id IS NULL AND r.allowance_bytes IS NULL;
    RETURN NULL;
"""


class TariffQuerySet(models.QuerySet["Tariff"]):
    def visible_to(self, user: User) -> TariffQuerySet:
        return self.filter(user.access.scope("lines.view", sites=()))

    def with_counts(self, user: User) -> TariffQuerySet:
        """Adds `open_lines`, of those that this person may see."""
        lines = Line.objects.open().visible_to(user)
        return self.annotate(open_lines=count_of(lines, tariff=models.OuterRef("pk")))


@tracked()
class Tariff(models.Model):
    """What a carrier asks for a line, and what is included in it each billing month.

    An allowance that is empty is not known or without limit. `over_pence` is asked for each `over_per` above
    the data allowance. `megabyte_bytes` is what the carrier calls a megabyte.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tariffs")
    carrier = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    rental_pence = models.PositiveIntegerField("line rental a month", null=True, blank=True)
    data_allowance_bytes = models.PositiveBigIntegerField("data allowance a month", null=True, blank=True)
    minutes = models.PositiveIntegerField("minutes a month", null=True, blank=True)
    texts = models.PositiveIntegerField("texts a month", null=True, blank=True)
    over_pence = models.PositiveIntegerField("charge above the data allowance", null=True, blank=True)
    over_per = models.CharField("charged for", max_length=10, choices=OverCharge, default=OverCharge.MONTH)
    megabyte_bytes = models.IntegerField("a megabyte is", choices=MegabyteBase, default=MegabyteBase.DECIMAL)
    is_vat_included = models.BooleanField("prices include VAT", null=True, blank=True)

    objects = TariffQuerySet.as_manager()

    class Meta:
        ordering = ["carrier", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "carrier", "name"], name="tariff_name"),
            one_of("over_per", OverCharge, name="tariff_over_per"),
            models.CheckConstraint(
                condition=Q(megabyte_bytes__in=MegabyteBase.values), name="tariff_megabyte"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.name}"


class LineQuerySet(models.QuerySet["Line"]):
    def visible_to(self, user: User) -> LineQuerySet:
        """Those of holders and devices that a role shows, and always one's own."""
        scope = user.access.scope(
            "lines.view", sites=("holder__site", "sim__device__site", "sim__device__holder__site")
        )
        return self.filter(scope | Q(holder__in=user.own_staff_beyond("lines.view")))

    def open(self) -> LineQuerySet:
        """Those that the carrier still bills."""
        return self.filter(ends_on__isnull=True)

    def unassigned(self) -> LineQuerySet:
        """Open lines of which nobody knows who or what uses them."""
        return (
            self.open().filter(holder__isnull=True).filter(Q(sim__isnull=True) | Q(sim__device__isnull=True))
        )


@tracked()
class Line(models.Model):
    """A number (MSISDN) as one holder has it, from a day until a day. A number used again is another row.

    A line of a SIM without a number, as machines have, is known by its `sim`. `sim` is where it is now, since
    `paired_at`; `LinePairing` has what was before. A justification says why it is kept though nobody uses it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="lines")
    msisdn = models.CharField("number", max_length=16, blank=True)
    carrier = models.CharField(max_length=100, blank=True)
    sim = models.OneToOneField(Sim, null=True, blank=True, on_delete=models.SET_NULL, related_name="line")
    paired_at = models.DateTimeField("on this SIM since", null=True, blank=True, editable=False)
    tariff = models.ForeignKey(Tariff, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    contract = models.ForeignKey(
        Contract, null=True, blank=True, on_delete=models.SET_NULL, related_name="lines"
    )
    holder = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="lines"
    )
    justification = models.CharField(
        "kept though unused because", max_length=12, choices=Justification, blank=True
    )
    justification_note = models.CharField("note on that", max_length=300, blank=True)
    origin = models.CharField(
        "known from", max_length=5, choices=LineOrigin, default=LineOrigin.PAGE, editable=False
    )
    starts_on = models.DateField("from", default=timezone.localdate)
    ends_on = models.DateField("until", null=True, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["msisdn", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "msisdn"],
                condition=Q(ends_on__isnull=True) & ~Q(msisdn=""),
                name="line_number",
            ),
            one_of("origin", LineOrigin, name="line_origin"),
            models.CheckConstraint(
                condition=Q(justification__in=["", *Justification.values]), name="line_justification"
            ),
            in_order("starts_on", "ends_on", name="line_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(sim__isnull=True), name="line_ended_has_no_sim"
            ),
        ]
        indexes = [
            # the list of lines in its usual order, and a bill's look for its numbers
            models.Index(fields=["organisation", "msisdn", "id"], name="line_by_number"),
        ]
        triggers = [
            *dated("fleet_linepairing", one="line", other="sim", at="paired_at"),
            pgtrigger.Trigger(
                name="first_tariff",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                referencing=BOTH,
                func=_FIRST_TARIFF,
            ),
        ]

    def __str__(self) -> str:
        return spoken(self.msisdn) if self.msisdn else f"SIM {self.sim}" if self.sim_id else f"Line {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.ends_on is None

    @property
    def device(self) -> Any:
        """The device in which its SIM was last reported, or None."""
        return self.sim.device if self.sim else None
