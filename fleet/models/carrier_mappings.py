"""What people said once of carriers' files: which column is what, in which units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from fleet.history import tracked
from fleet.models.constraints import one_of
from fleet.models.organisations import Organisation
from fleet.vocabulary import AmountUnit, BillShape, ChargeUnit, MegabyteBase, TimeUnit

if TYPE_CHECKING:
    from fleet.models.accounts import User


class CarrierMappingQuerySet(models.QuerySet["CarrierMapping"]):
    def visible_to(self, user: User) -> CarrierMappingQuerySet:
        return self.filter(user.access.scope("lines.view", sites=()))

    def in_use(self) -> CarrierMappingQuerySet:
        return self.filter(retired_at=None)

    def with_changed(self) -> CarrierMappingQuerySet:
        """Adds `changed_at`, as far back as the change log goes."""
        return self.annotate(changed_at=models.Max("changes__pgh_created_at"))


@tracked()
class CarrierMapping(models.Model):
    """How a carrier's files are read: made once by a person, and found again by the headers of a file.

    `signature` is the file's headers as folded, sorted. `columns`: header as folded → field. `words`: kind or
    bundle → the words that mean it in the cells of itemised rows. `megabyte_bytes` is what the carrier calls
    a megabyte; `billing_day` the first day of its month. A retired one reads no file any more.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="carrier_mappings")
    carrier = models.CharField(max_length=100)
    signature = models.CharField(max_length=2000)
    shape = models.CharField("a row is", max_length=10, choices=BillShape)
    columns = models.JSONField("what the columns mean", default=dict)
    words = models.JSONField("words in the cells", default=dict)
    data_unit = models.CharField(
        "a bare number of data is in", max_length=10, choices=AmountUnit, default=AmountUnit.MEGABYTES
    )
    megabyte_bytes = models.IntegerField("a megabyte is", choices=MegabyteBase, default=MegabyteBase.DECIMAL)
    time_unit = models.CharField(
        "a bare number of call time is in", max_length=10, choices=TimeUnit, default=TimeUnit.SECONDS
    )
    charge_unit = models.CharField(
        "charges are in", max_length=10, choices=ChargeUnit, default=ChargeUnit.POUNDS
    )
    billing_day = models.PositiveSmallIntegerField("the billing month begins on day", default=1)
    is_vat_included = models.BooleanField("VAT included", null=True, blank=True)
    retired_at = models.DateTimeField("retired", null=True, blank=True, editable=False)

    objects = CarrierMappingQuerySet.as_manager()

    class Meta:
        ordering = ["carrier", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "carrier", "signature"], name="carrier_mapping_of_headers"
            ),
            one_of("shape", BillShape, name="carrier_mapping_shape"),
            models.CheckConstraint(
                condition=Q(billing_day__gte=1, billing_day__lte=28), name="carrier_mapping_day"
            ),
        ]

    def __str__(self) -> str:
        return self.carrier
