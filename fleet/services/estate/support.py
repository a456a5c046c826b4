"""Which models fall out of support when, and how many devices in use that leaves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F

from fleet.models import DeviceModel
from fleet.services.estate.asking import Place


@dataclass(frozen=True, slots=True)
class SupportLine:
    """A model in use. `pence`: what its devices in use cost anew, None where the price is not known."""

    model: DeviceModel
    devices: int

    @property
    def supported_until(self) -> dt.date | None:
        return self.model.supported_until

    @property
    def pence(self) -> int | None:
        price = self.model.price_pence
        return None if price is None else price * self.devices


def support_of_models(place: Place) -> list[SupportLine]:
    """The models of devices in use, the next to fall out first, unknown last; two queries."""
    rows = place.devices.in_use().exclude(model=None).order_by().values_list("model")
    counts = dict(rows.annotate(n=Count("pk")))
    models = DeviceModel.objects.filter(pk__in=counts)
    ordered = models.order_by(F("supported_until").asc(nulls_last=True), "manufacturer", "name")
    return [SupportLine(model, counts[model.pk]) for model in ordered]
