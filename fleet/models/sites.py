"""Places: offices, centres, touchdown sites, depots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import F, FloatField, OuterRef, Q
from django.db.models.functions import Cast, Lower, NullIf, Round
from django.utils import timezone

from fleet.history import tracked
from fleet.models.constraints import in_order, one_of
from fleet.models.counts import count_of
from fleet.models.organisations import Organisation
from fleet.vocabulary import SiteKind

if TYPE_CHECKING:
    from fleet.models.accounts import User


class SiteQuerySet(models.QuerySet["Site"]):
    def visible_to(self, user: User) -> SiteQuerySet:
        return self.filter(user.access.scope("sites.view", sites=("pk",)))

    def coded(self, organisation: Organisation, codes: Collection[str]) -> tuple[list[Site], list[str]]:
        """The organisation's sites with these codes, and the codes that none has.

        In any case, as files name them, unless a site has the code exactly.
        """
        wanted = {code.lower() for code in codes}
        close = (
            self.filter(organisation=organisation).annotate(folded=Lower("code")).filter(folded__in=wanted)
        )
        by_code = {site.code.lower(): site for site in close}
        by_code |= {site.code: site for site in close}
        found = {code: by_code.get(code) or by_code.get(code.lower()) for code in codes}
        sites = {site.pk: site for site in found.values() if site}
        return list(sites.values()), [code for code, site in found.items() if site is None]

    def open_on(self, day: dt.date) -> SiteQuerySet:
        return self.filter(
            Q(opens_on__isnull=True) | Q(opens_on__lte=day), Q(closes_on__isnull=True) | Q(closes_on__gt=day)
        )

    def with_headcount(self) -> SiteQuerySet:
        """Adds `people` (at work there today), `devices_here` (on the books), `per_head` (Mbit/s)."""
        staff, device = (apps.get_model("fleet", name) for name in ("StaffMember", "Device"))
        people = staff.objects.active_on(timezone.localdate())
        return self.annotate(
            people=count_of(people, site=OuterRef("pk")),
            devices_here=count_of(device.objects.on_the_books(), site=OuterRef("pk")),
            per_head=Round(Cast("network_mbps", FloatField()) / NullIf(F("people"), 0), precision=1),
        )

    def closing_within(self, span: dt.timedelta) -> SiteQuerySet:
        today = timezone.localdate()
        return self.filter(closes_on__gt=today, closes_on__lte=today + span)


@tracked()
class Site(models.Model):
    """A place where people work or devices are kept. `closes_on` is the first day that it is shut."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sites")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SiteKind, default=SiteKind.LOCAL_OFFICE)
    region = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    capacity_desks = models.PositiveIntegerField(null=True, blank=True)
    network_mbps = models.PositiveIntegerField("network (Mbit/s)", null=True, blank=True)
    has_wifi = models.BooleanField("Wi-Fi", null=True, blank=True)
    has_training_room = models.BooleanField("training room", null=True, blank=True)
    opens_on = models.DateField("opens", null=True, blank=True)
    closes_on = models.DateField("closes", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="site_code"),
            one_of("kind", SiteKind, name="site_kind"),
            in_order("opens_on", "closes_on", name="site_closes_after_opening"),
        ]
        # lists of sites, people and devices by the name of a site
        indexes = [models.Index(fields=["name", "id"], name="site_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """Today: planned, open, running_down (a closing date is set) or closed."""
        today = timezone.localdate()
        if self.opens_on and today < self.opens_on:
            return "planned"
        if self.closes_on is None:
            return "open"
        return "running_down" if today < self.closes_on else "closed"

    def is_open(self, on: dt.date | None = None) -> bool:
        day = on or timezone.localdate()
        return (self.opens_on is None or self.opens_on <= day) and (
            self.closes_on is None or day < self.closes_on
        )
