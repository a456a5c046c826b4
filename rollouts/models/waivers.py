"""Waivers: recorded, expiring acceptances of a blocker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fleet.history import tracked
from fleet.models import Site
from rollouts.models.places import TranchePerson
from rollouts.models.tranches import Tranche

if TYPE_CHECKING:
    from fleet.models import User


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def visible_to(self, user: User) -> WaiverQuerySet:
        """With a role that is limited to sites, those for these sites and the people there."""
        sites = ("site", "person__staff_member__site")
        scope = user.access.scope(
            "rollouts.view", organisation="tranche__programme__organisation", sites=sites
        )
        return self.filter(scope)

    def in_force(self) -> WaiverQuerySet:
        return self.filter(ended_at__isnull=True, expires_on__gte=timezone.localdate())


@tracked()
class Waiver(models.Model):
    """A recorded, expiring acceptance of a blocker: for one person, for a site, or for the whole tranche."""

    tranche = models.ForeignKey(Tranche, on_delete=models.CASCADE, related_name="waivers")
    check_key = models.CharField("check", max_length=40)
    person = models.ForeignKey(
        TranchePerson, null=True, blank=True, on_delete=models.CASCADE, related_name="waivers"
    )
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    expires_on = models.DateField("expires")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tranche", "check_key", "person", "site"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="waiver_open_once",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(site__isnull=True), name="waiver_person_or_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_key} until {self.expires_on}"
