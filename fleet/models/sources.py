"""MDM sources and the secrets with which they push."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from fleet.history import tracked
from fleet.models.constraints import one_of
from fleet.models.organisations import Organisation
from fleet.models.tokens import Token
from fleet.vocabulary import DeliveryStatus, Refusal, SourceAuth, SourceKind

if TYPE_CHECKING:
    from fleet.models.accounts import User


class MdmSourceQuerySet(models.QuerySet["MdmSource"]):
    def visible_to(self, user: User) -> MdmSourceQuerySet:
        return self.filter(user.access.scope("mdm.view", sites=()))

    def with_health(self) -> MdmSourceQuerySet:
        """Adds `last_delivery_at`, `missing` (devices), and deliveries `waiting`, `failed`, `quarantined`."""
        from fleet.models.deliveries import Delivery
        from fleet.models.identities import SourceRecord

        deliveries = Delivery.objects.filter(source=OuterRef("pk"))
        missing = SourceRecord.objects.missing().filter(mdm_source=OuterRef("pk"))
        latest = deliveries.order_by("-received_at").values("received_at")[:1]
        return self.annotate(
            last_delivery_at=Subquery(latest),
            waiting=_number_of(deliveries.waiting(), "source"),
            failed=_number_of(deliveries.filter(status=DeliveryStatus.FAILED), "source"),
            quarantined=_number_of(deliveries.filter(status=DeliveryStatus.QUARANTINED), "source"),
            missing=_number_of(missing, "mdm_source", of="device"),
        )


def _number_of(rows: models.QuerySet[Any], key: str, of: str = "pk") -> Coalesce:
    counted = rows.order_by().values(key).annotate(n=Count(of, distinct=of != "pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@tracked(exclude=("refusal", "refused_at"))
class MdmSource(models.Model):
    """One system that pushes inventory for one organisation, in the form of its `kind`.

    `auth` is how it proves who it is: by one of its tokens, or (OIDC) by Google's word for `oidc_email`.
    `refusal` is why the last push to its hook was refused that did not prove it, whoever sent that.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mdm_sources")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=SourceKind, default=SourceKind.NATIVE)
    auth = models.CharField(
        "proves who it is by", max_length=10, choices=SourceAuth, default=SourceAuth.BEARER
    )
    auth_header = models.CharField("header", max_length=60, blank=True)
    oidc_audience = models.CharField("audience", max_length=300, blank=True)
    oidc_email = models.CharField("service account", max_length=254, blank=True)
    is_active = models.BooleanField(default=True)
    silent_after_hours = models.PositiveIntegerField(
        "silent after (hours)", default=26, help_text="Warn when nothing has arrived for this long."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    refusal = models.CharField("last refusal", max_length=10, choices=Refusal, blank=True)
    refused_at = models.DateTimeField("last refused", null=True, blank=True)

    objects = MdmSourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="mdm_source_name"),
            one_of("kind", SourceKind, name="mdm_source_kind"),
            one_of("auth", SourceAuth, name="mdm_source_auth"),
            models.CheckConstraint(
                condition=(Q(auth=SourceAuth.HEADER) & ~Q(auth_header=""))
                | (~Q(auth=SourceAuth.HEADER) & Q(auth_header="")),
                name="mdm_source_header_is_whole",
            ),
            models.CheckConstraint(
                condition=(Q(auth=SourceAuth.OIDC) & ~Q(oidc_audience="") & ~Q(oidc_email=""))
                | (~Q(auth=SourceAuth.OIDC) & Q(oidc_audience="", oidc_email="")),
                name="mdm_source_oidc_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(refusal="", refused_at__isnull=True)
                | Q(refusal__in=Refusal.values, refused_at__isnull=False),
                name="mdm_source_refusal_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_silent(self, last_delivery_at: dt.datetime | None) -> bool:
        """Whether nothing has arrived for longer than this source should take."""
        since = last_delivery_at or self.created_at
        return self.is_active and timezone.now() - since > dt.timedelta(hours=self.silent_after_hours)


@tracked(exclude=("digest", "sealed", "last_used_at"))
class SourceToken(Token):
    """The secret with which one MDM source pushes; two may be live while it is rotated.

    `sealed` holds the secret itself, encrypted, where signatures are checked with it; otherwise it is empty.
    """

    PREFIX = "mdm_"

    source = models.ForeignKey(MdmSource, on_delete=models.CASCADE, related_name="tokens")
    sealed = models.TextField(blank=True, editable=False)

    @property
    def works(self) -> bool:
        """Whether it is live and can prove what its source must prove."""
        return self.is_live and (bool(self.sealed) or self.source.auth != SourceAuth.HMAC)
