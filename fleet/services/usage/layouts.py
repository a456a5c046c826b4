"""How a carrier's file is read: which column is what, and which words mean data, calls, texts and bundles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from fleet.errors import Invalid
from fleet.models import CarrierMapping
from fleet.vocabulary import AmountUnit, BillShape, ChargeUnit, MegabyteBase, TimeUnit

# What a column can be → how the page calls it. Empty is left out.
FIELDS: dict[str, str] = {
    "number": "Phone number, or ICCID of the SIM",
    "date": "Day of the call or session",
    "period_start": "First day of the billing month",
    "period_end": "Last day of the billing month",
    "month": "Billing month, such as March 2026",
    "other": "Dialled number, or what it was",
    "kind": "Kind: data, call or text",
    "amount": "Amount: seconds, data or texts, by kind",
    "duration": "Duration of calls",
    "data": "Data",
    "data_in": "Data in bundle",
    "data_out": "Data out of bundle",
    "calls": "Number of calls made",
    "calls_received": "Number of calls received",
    "texts": "Number of texts",
    "charge": "Charge",
    "bundle": "In or out of bundle",
}
# In the cells of itemised rows.
WORDS: dict[str, str] = {
    "data": "Data",
    "voice": "Calls",
    "text": "Texts",
    "incoming": "Calls received",
    "in": "In bundle",
    "out": "Out of bundle",
}
USUAL_WORDS: dict[str, list[str]] = {
    "data": ["mobile internet", "data", "gprs", "internet", "wap"],
    "voice": ["call", "voice"],
    "text": ["sms", "text", "mms"],
    "incoming": ["incoming"],
    "in": ["i", "in", "in bundle", "yes", "inclusive", "included"],
    "out": ["o", "out", "out of bundle", "no", "chargeable"],
}
# Other headers that carriers use, as folded.
SYNONYMS: dict[str, str] = {
    "phone_number": "number", "msisdn": "number", "mobile": "number", "mobile_number": "number",
    "cli": "number", "iccid": "number", "sim": "number", "sim_number": "number", "telephone_number": "number",
    "itemrefdata": "number", "line": "number", "number": "number",
    "date": "date", "call_date": "date", "start_date": "date", "day": "date",
    "period_start": "period_start", "from": "period_start", "bill_from": "period_start",
    "period_end": "period_end", "to": "period_end", "bill_to": "period_end",
    "month": "month", "bill_month": "month", "billing_month": "month", "billing_period": "month",
    "dialled_number": "other", "number_dialled": "other", "destination": "other", "called_number": "other",
    "type": "kind", "call_type": "kind", "kind": "kind", "item": "kind", "usage_type": "kind",
    "total_call_duration": "duration", "duration": "duration", "call_duration": "duration",
    "minutes": "duration", "voice": "duration", "call_time": "duration",
    "total_data_volume": "data", "data": "data", "data_volume": "data", "data_usage": "data",
    "volume": "data",
    "data_mb": "data", "mb": "data", "gb": "data", "usage_mb": "data",
    "inbundlequantity": "data_in", "quantity": "data_out",
    "calls": "calls", "number_of_calls": "calls", "texts": "texts", "sms": "texts", "messages": "texts",
    "usage_charge": "charge", "charge": "charge", "cost": "charge", "price": "charge", "total": "charge",
    "amount": "charge", "net": "charge", "total_charge": "charge",
    "bundle_indicator": "bundle", "bundle": "bundle", "in_bundle": "bundle",
}  # fmt: skip
LETTERS = {
    AmountUnit.BYTES: "",
    AmountUnit.KILOBYTES: "k",
    AmountUnit.MEGABYTES: "m",
    AmountUnit.GIGABYTES: "g",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`columns`: header as folded → field; `words`: key of WORDS → words, in lower case.

    `name` says whose it is. The rest is as `CarrierMapping` keeps it.
    """

    name: str
    shape: str
    columns: Mapping[str, str]
    words: Mapping[str, Collection[str]] = field(default_factory=dict)
    data_unit: str = AmountUnit.MEGABYTES
    megabyte_bytes: int = MegabyteBase.DECIMAL
    time_unit: str = TimeUnit.SECONDS
    charge_unit: str = ChargeUnit.POUNDS
    billing_day: int = 1
    is_vat_included: bool | None = None

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(filter(None, self.columns.values()))

    @property
    def is_itemised(self) -> bool:
        return self.shape == BillShape.ITEMISED


# Layouts that are known of carriers, by the headers that a file must have.
SHIPPED: tuple[Layout, ...] = (
    Layout(
        name="Vodafone UK, Phone Itemisation",
        shape=BillShape.ITEMISED,
        columns={
            "phone_number": "number", "user_name": "", "date": "date", "time": "", "dialled_number": "other",
            "total_call_duration": "duration", "total_data_volume": "data", "usage_charge": "charge",
            "bundle_indicator": "bundle", "more_details": "",
        },
        words={"data": ["mobile internet"], "incoming": ["incoming call"], "in": ["i"], "out": ["o"]},
        data_unit=AmountUnit.KILOBYTES,
    ),
    Layout(
        name="Eseye, usage by SIM",
        shape=BillShape.SUMMARY,
        columns={
            "itemrefdata": "number", "description": "", "quantity": "data_out", "inbundlequantity": "data_in",
        },
        data_unit=AmountUnit.BYTES,
    ),
)  # fmt: skip
KEPT = (
    "shape",
    "columns",
    "words",
    "data_unit",
    "megabyte_bytes",
    "time_unit",
    "charge_unit",
    "billing_day",
    "is_vat_included",
)


def signature_of(headers: Collection[str]) -> str:
    """By which a file's headers (as folded) are found again, in whatever order they come."""
    return " ".join(sorted(headers))[:2000]


def refuse_columns(meant: Collection[str]) -> None:
    """Raises Invalid where a column means what there is not, two mean the same, or none has the number."""
    used = [name for name in meant if name]
    if wrong := sorted(set(used) - set(FIELDS)):
        raise Invalid(f"{wrong[0]} is not one of {', '.join(FIELDS)}.", field="columns")
    if twice := {name for name in used if used.count(name) > 1}:
        raise Invalid(f"Two columns cannot both be “{FIELDS[twice.pop()]}”. Leave one of them out.")
    if "number" not in used:
        raise Invalid("No column has the phone number or the SIM. Say which one does.")


def layout_of(mapping: CarrierMapping) -> Layout:
    return Layout(name=mapping.carrier, **{name: getattr(mapping, name) for name in KEPT})


def mapping_for(*, organisation_id: int, carrier: str, headers: Collection[str]) -> CarrierMapping | None:
    """What somebody said of this carrier's files with these headers, unless it is retired."""
    rows = CarrierMapping.objects.in_use().filter(organisation=organisation_id, carrier__iexact=carrier)
    return rows.filter(signature=signature_of(headers)).first()


def known_for(*, organisation_id: int, carrier: str, headers: Collection[str]) -> Layout | None:
    """What somebody said of this carrier's files with these headers, or else a layout that is shipped."""
    if mapping := mapping_for(organisation_id=organisation_id, carrier=carrier, headers=headers):
        return layout_of(mapping)
    return next((one for one in SHIPPED if _fits(one, headers)), None)


def _fits(layout: Layout, headers: Collection[str]) -> bool:
    """Whether a file has every column that a shipped layout reads; what else it has is left out."""
    return {header for header, meant in layout.columns.items() if meant} <= set(headers)


def guess(headers: Collection[str]) -> dict[str, Any]:
    """What a page proposes of headers (as folded) that nobody has mapped yet: values of KEPT."""
    columns: dict[str, str] = {}
    for header in headers:
        meant = SYNONYMS.get(header, "")
        columns[header] = "" if meant in columns.values() else meant
    is_itemised = bool({"date", "other", "kind"} & set(columns.values()))
    return {
        "shape": BillShape.ITEMISED if is_itemised else BillShape.SUMMARY,
        "columns": columns,
        "words": USUAL_WORDS,
        "data_unit": AmountUnit.MEGABYTES,
        "megabyte_bytes": MegabyteBase.DECIMAL,
        "time_unit": TimeUnit.SECONDS,
        "charge_unit": ChargeUnit.POUNDS,
        "billing_day": 1,
        "is_vat_included": None,
    }
