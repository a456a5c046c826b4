"""Who had a device, from when: an append-only list of hand-overs."""

from django.conf import settings
from django.db import models

from fleet.history import append_only, current_context
from fleet.models.constraints import one_of
from fleet.models.devices import Device
from fleet.models.people import StaffMember
from fleet.models.sites import Site
from fleet.vocabulary import CustodyKind


class CustodyEvent(models.Model):
    """Something that happened to a device's custody. `at`: when it happened; `recorded_at`: when we heard."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="custody_events")
    kind = models.CharField(max_length=15, choices=CustodyKind)
    at = models.DateTimeField()
    holder = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False
    )
    recorded_in = models.UUIDField(
        "change-log context", null=True, editable=False, db_default=current_context()
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [one_of("kind", CustodyKind, name="custody_kind")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
