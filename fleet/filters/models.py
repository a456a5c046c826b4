"""Narrowing the list of device models."""

from __future__ import annotations

from django.utils import timezone

from fleet.filters.parts import Rule, RuleFilter
from fleet.models import DeviceModel
from fleet.vocabulary import FormFactor, Platform
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter
from fleet.web.keyset import by

SUPPORT: dict[str, tuple[str, Rule]] = {
    "ended": ("Has ended", lambda models: models.filter(supported_until__lt=timezone.localdate())),
    "running": ("Runs", lambda models: models.filter(supported_until__gte=timezone.localdate())),
    "unknown": ("Not known", lambda models: models.filter(supported_until__isnull=True)),
}


class DeviceModelFilter(ListFilterSet):
    q = SearchFilter(
        "name__icontains",
        "manufacturer__icontains",
        "identifier__istartswith",
        labels=("platform", "form_factor"),
        label="Name, maker, identifier or platform",
    )
    platform = ChoicesFilter(choices=Platform.choices, label="Platform")
    form_factor = ChoicesFilter(choices=FormFactor.choices, label="Form factor")
    support = RuleFilter(label="Maker's support", rules=SUPPORT)

    sorts = {
        "name": ("manufacturer", "name"),
        **by("identifier", "platform", "form_factor", "price_pence", "supported_until", "in_stock", "in_use"),
    }

    class Meta:
        model = DeviceModel
        fields: list[str] = []
