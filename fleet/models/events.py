"""What happened to devices in their MDM: enrolments, lost mode, wipes, each with its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from fleet.history import append_only
from fleet.models.constraints import one_of
from fleet.models.deliveries import Delivery
from fleet.models.devices import Device
from fleet.models.sources import MdmSource
from fleet.vocabulary import DeviceEventKind

if TYPE_CHECKING:
    from fleet.models.accounts import User


class DeviceEventQuerySet(models.QuerySet["DeviceEvent"]):
    def visible_to(self, user: User) -> DeviceEventQuerySet:
        """Those of devices that a role shows."""
        sites = ("device__site", "device__holder__site")
        return self.filter(
            user.access.scope("devices.view", organisation="device__organisation", sites=sites)
        )

    def with_enrolment(self) -> DeviceEventQuerySet:
        """Adds `began_at`: when the enrolment began that ended here; None where nobody knows, and of others.

        As the source said it; else when it last told, before that, that the device was enrolled.
        """
        same = {name: OuterRef(name) for name in ("device", "source")}
        before = DeviceEvent.objects.filter(kind=DeviceEventKind.ENROLLED, at__lte=OuterRef("at"), **same)
        began = Coalesce("enrolled_at", Subquery(before.order_by("-at").values("at")[:1]))
        return self.annotate(began_at=Case(When(kind=DeviceEventKind.UNENROLLED, then=began)))


class DeviceEvent(models.Model):
    """Something that a source said of a device, at the sender's time.

    `is_exact`: the sender told of it as it happened. Otherwise a report was the first to show it, and `at` is
    when that was observed. What is told again, in whatever order, adds nothing. `enrolled_at` is when the
    enrolment began that ended, where the source says so with its end.
    """

    device = models.ForeignKey(
        Device,
        on_delete=models.CASCADE,
        related_name="events",
        db_index=False,  # device_event_once begins with it
    )
    source = models.ForeignKey(MdmSource, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=DeviceEventKind)
    at = models.DateTimeField()
    is_exact = models.BooleanField()
    enrolled_at = models.DateTimeField(null=True, blank=True)
    # It outlives the delivery, and no update may touch it.
    delivery = models.ForeignKey(
        Delivery,
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = DeviceEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            # a repeat or a replay; also the time line of a device
            models.UniqueConstraint(fields=["device", "at", "source", "kind"], name="device_event_once"),
            one_of("kind", DeviceEventKind, name="device_event_kind"),
            models.CheckConstraint(
                condition=Q(enrolled_at__isnull=True)
                | Q(kind=DeviceEventKind.UNENROLLED, enrolled_at__lte=F("at")),
                name="device_event_enrolment",
            ),
        ]
        indexes = [
            # the list of all events, newest first
            models.Index(fields=["at", "id"], name="device_event_by_time"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
