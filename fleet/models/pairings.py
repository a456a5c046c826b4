"""Which SIM was in which device, and which line was on which SIM, when.

A row of `Sim` and of `Line` says how it is now. Triggers write here what was before, whoever changes those
rows, bulk SQL included; so nobody has to think of it.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q


def _not_backwards(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name=name
    )


class SimPairing(models.Model):
    """A SIM was in a device, from when it was first reported there until it was reported elsewhere."""

    sim = models.ForeignKey("fleet.Sim", on_delete=models.CASCADE, related_name="pairings")
    device = models.ForeignKey("fleet.Device", on_delete=models.CASCADE, related_name="sim_pairings")
    from_at = models.DateTimeField("from")
    until_at = models.DateTimeField("until", null=True, blank=True)

    class Meta:
        ordering = ["-from_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sim"], condition=Q(until_at__isnull=True), name="sim_in_one_device"
            ),
            _not_backwards("sim_pairing_in_order"),
        ]

    def __str__(self) -> str:
        return f"SIM {self.sim_id} in device {self.device_id}"


class LinePairing(models.Model):
    """A line was on a SIM: a swap of the SIM keeps the number."""

    line = models.ForeignKey("fleet.Line", on_delete=models.CASCADE, related_name="pairings")
    sim = models.ForeignKey("fleet.Sim", on_delete=models.CASCADE, related_name="line_pairings")
    from_at = models.DateTimeField("from")
    until_at = models.DateTimeField("until", null=True, blank=True)

    class Meta:
        ordering = ["-from_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(until_at__isnull=True), name="line_on_one_sim"
            ),
            _not_backwards("line_pairing_in_order"),
        ]

    def __str__(self) -> str:
        return f"line {self.line_id} on SIM {self.sim_id}"


_BEGUN = """
    INSERT INTO {table} ({one}_id, {other}_id, from_at)
    SELECT n.id, n.{other}_id, coalesce(n.{at}, now()) FROM new_values n WHERE n.{other}_id IS NOT NULL;
    RETURN NULL;
"""
_MOVED = """
    UPDATE {table} p SET until_at = greatest(p.from_at, coalesce(n.{at}, now()))
    FROM new_values n JOIN old_values o ON o.id = n.id
    WHERE p.{one}_id = n.id AND p.until_at IS NULL AND n.{other}_id IS DISTINCT FROM o.{other}_id;
    INSERT INTO {table} ({one}_id, {other}_id, from_at)
    SELECT n.id, n.{other}_id, coalesce(n.{at}, now())
    FROM new_values n JOIN old_values o ON o.id = n.id
    WHERE n.{other}_id IS NOT NULL AND n.{other}_id IS DISTINCT FROM o.{other}_id;
    RETURN NULL;
"""


BOTH = pgtrigger.Referencing(old="old_values", new="new_values")  # type: ignore[no-untyped-call]


def dated(table: str, *, one: str, other: str, at: str) -> list[pgtrigger.Trigger]:
    """Triggers that keep in `table` since when a row (`one`) has had its `other`; `at` is when that began."""
    names = {"table": table, "one": one, "other": other, "at": at}
    return [
        pgtrigger.Trigger(
            name="pairing_begun",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="new_values"),  # type: ignore[no-untyped-call]
            func=_BEGUN.format(**names),
        ),
        pgtrigger.Trigger(
            name="pairing_moved",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=BOTH,
            func=_MOVED.format(**names),
        ),
    ]
