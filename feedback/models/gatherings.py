"""Sessions in person: a workshop or a surgery, announced with place and time, whose notes become threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone

from feedback.models.threads import Thread
from feedback.vocabulary import GatheringKind
from fleet.history import tracked
from fleet.models import Organisation, Site
from fleet.models.constraints import one_of
from fleet.models.counts import count_of

if TYPE_CHECKING:
    from fleet.models import User


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def visible_to(self, user: User) -> GatheringQuerySet:
        return self.filter(user.access.scope("feedback.view", sites=()))

    def to_come(self) -> GatheringQuerySet:
        return self.filter(ends_at__gt=timezone.now(), cancelled_at__isnull=True)

    def with_coming(self) -> GatheringQuerySet:
        """Adds `coming`, how many have signed up."""
        return self.annotate(coming=count_of(SignUp.objects.all(), gathering=OuterRef("pk")))


@tracked()
class Gathering(models.Model):
    """A session at a site, or at a place that is no site. `places` empty: as many as come."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="gatherings")
    kind = models.CharField(max_length=10, choices=GatheringKind, default=GatheringKind.WORKSHOP)
    title = models.CharField(max_length=150)
    about = models.TextField("what it is about", blank=True)
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.SET_NULL, related_name="gatherings"
    )
    place = models.CharField("room, or address", max_length=200, blank=True)
    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    places = models.PositiveIntegerField("places", null=True, blank=True)
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField("why it is cancelled", max_length=300, blank=True)
    threads = models.ManyToManyField(Thread, blank=True, related_name="gatherings")

    objects = GatheringQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            one_of("kind", GatheringKind, name="gathering_kind"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="gathering_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) ^ ~Q(cancelled_because=""),
                name="gathering_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(site__isnull=False) | ~Q(place=""), name="gathering_is_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> str:
        """`to_come` until its end, then `over`; `cancelled`."""
        if self.cancelled_at:
            return "cancelled"
        return "over" if self.ends_at <= timezone.now() else "to_come"

    def get_state_display(self) -> str:
        return self.state.replace("_", " ").capitalize()


class SignUp(models.Model):
    """Somebody who comes to a session."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="sign_ups")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    signed_up_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["signed_up_at"]
        constraints = [models.UniqueConstraint(fields=["gathering", "user"], name="sign_up_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.gathering}"
