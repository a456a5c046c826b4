"""Narrowing the lists of lines and tariffs."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from fleet.filters.parts import NumberSearchFilter, Rule, RuleFilter, choice_of
from fleet.models import Contract, Line, Tariff
from fleet.services.usage.unused import SPANS, unused_for
from fleet.vocabulary import Justification
from fleet.web.filters import ChoicesFilter, ListFilterSet, SearchFilter, YesNoFilter
from fleet.web.keyset import by

STATES: dict[str, tuple[str, Rule]] = {
    "open": ("Open", lambda lines: lines.open()),
    "ended": ("Ended", lambda lines: lines.filter(ends_on__isnull=False)),
    "unassigned": ("Open, and with nobody and in no device", lambda lines: lines.unassigned()),
}


def _unused_for(months: int) -> tuple[str, Rule]:
    words = f"For {months} billed month{'s' if months > 1 else ''}"
    return words, lambda lines: unused_for(lines, months)


UNUSED = {str(months): _unused_for(months) for months in SPANS}


class LineFilter(ListFilterSet):
    q = NumberSearchFilter(
        "msisdn__contains",
        "sim__iccid__contains",
        "holder__name__icontains",
        "holder__staff_number__iexact",
        "carrier__icontains",
        label="Number, SIM, holder or carrier",
    )
    state = RuleFilter(label="State", rules=STATES)
    carrier = django_filters.CharFilter(lookup_expr="iexact", label="Carrier")
    tariff = choice_of(Tariff, label="Tariff")
    contract = choice_of(Contract, label="Contract")
    has_holder = YesNoFilter("holder", lookup_expr="isnull", exclude=True, label="Holder known")
    has_device = YesNoFilter("sim__device", lookup_expr="isnull", exclude=True, label="Device known")
    unused = RuleFilter(label="Not used", rules=UNUSED)
    is_justified = YesNoFilter(method="by_reason", label="Kept for a reason")
    justification = ChoicesFilter(choices=Justification.choices, label="Kept because")

    sorts = {
        **by("msisdn", "carrier", "justification", "starts_on", "ends_on", "last_used_on"),
        "tariff": ("tariff__carrier", "tariff__name"),
        "holder": ("holder__name",),
        "sim": ("sim__iccid",),
    }

    def by_reason(self, rows: QuerySet[Line], _name: str, wanted: bool) -> QuerySet[Line]:
        return rows.exclude(justification="") if wanted else rows.filter(justification="")

    class Meta:
        model = Line
        fields: list[str] = []


class TariffFilter(ListFilterSet):
    q = SearchFilter("carrier__icontains", "name__icontains", label="Carrier or name")

    sorts = by("carrier", "name", "rental_pence", "data_allowance_bytes", "over_pence", "open_lines")

    class Meta:
        model = Tariff
        fields: list[str] = []
