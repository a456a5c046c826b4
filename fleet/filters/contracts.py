"""Narrowing the list of contracts."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet

from fleet.filters.parts import choice_of
from fleet.models import Contract, DeviceModel
from fleet.vocabulary import ContractKind, ContractState
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter, YesNoFilter
from fleet.web.keyset import by


def _in_state(state: str, rows: Any) -> QuerySet[Contract]:
    found: QuerySet[Contract] = rows.with_state().filter(state=state)
    return found


class ContractFilter(ListFilterSet):
    q = SearchFilter(
        "title__icontains",
        "supplier__icontains",
        "reference__icontains",
        "covers__icontains",
        "owner__name__icontains",
        labels=("kind",),
        rules={value: (str(label), partial(_in_state, value)) for value, label in ContractState.choices},
        label="Title, supplier, reference, kind, state or owner",
    )
    state = ChoicesFilter(choices=ContractState.choices, label="State", method="in_state")
    kind = ChoicesFilter(choices=ContractKind.choices, label="Kind")
    renews_itself = YesNoFilter(label="Renews itself")
    device_model = choice_of(DeviceModel, label="Device model", field_name="device_models")

    sorts = {
        **by("title", "supplier", "reference", "kind", "starts_on", "ends_on", "notice_by", "renews_itself"),
        **by("value_pence", "device_count", "notice_given_on"),
        "owner": ("owner__name",),
    }

    class Meta:
        model = Contract
        fields: list[str] = []

    def in_state(self, rows: Any, _name: str, chosen: list[str]) -> QuerySet[Contract]:
        found: QuerySet[Contract] = rows.with_state().filter(state__in=chosen) if chosen else rows
        return found
