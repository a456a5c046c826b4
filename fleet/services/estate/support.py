"""Which models fall out of support when, and how many devices in use that leaves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F

from fleet.errors import Invalid
from fleet.models import DeviceModel, Organisation, OsSupport
from fleet.services.estate.asking import Place
from fleet.versions import version_key


@dataclass(frozen=True, slots=True)
class OsLine:
    """A version of an operating system, and on how many devices in use it or one that begins with it runs."""

    row: OsSupport
    devices: int

    @property
    def supported_until(self) -> dt.date:
        return self.row.supported_until

    @property
    def following(self) -> str:
        """The first version that does not begin with this one's numbers: 17.5 after 17.4."""
        *before, last = version_key(self.row.version) or [0]
        return ".".join(map(str, [*before, last + 1]))


def support_of_systems(place: Place) -> list[OsLine]:
    """What the organisation holds, the next to end first; two queries."""
    rows = place.devices.in_use().exclude(os_version="").order_by().values_list("platform", "os_key")
    counts = list(rows.annotate(n=Count("pk")))
    return [
        OsLine(row, sum(n for platform, key, n in counts if _begins(row, platform, key)))
        for row in OsSupport.objects.filter(organisation=place.organisation)
    ]


def _begins(row: OsSupport, platform: str, key: list[int]) -> bool:
    start = version_key(row.version)
    return platform == row.platform and key[: len(start)] == start


def set_os_support(
    *, organisation: Organisation, platform: str, version: str, supported_until: dt.date | None, source: str
) -> None:
    """Hold until when a version is supported; without a day, nothing more is held of it.

    Raises Invalid (`version`, `source`).
    """
    if not version_key(version):
        raise Invalid("Enter a version with digits, like 17.4.", field="version")
    known: dict[str, Any] = {"organisation": organisation, "platform": platform, "version": version}
    if supported_until is None:
        OsSupport.objects.filter(**known).delete()
        return
    if not source.strip():
        raise Invalid("Say who says so, such as the address of the maker's page.", field="source")
    held = {"supported_until": supported_until, "source": source.strip()}
    OsSupport.objects.update_or_create(**known, defaults=held)


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
