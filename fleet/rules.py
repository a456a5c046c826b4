"""What must hold within one row of facts, for forms and files alike: pairs of (field, what to do)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from fleet.mdm import normalise

Values = Mapping[str, Any]
Refusals = Iterator[tuple[str, str]]

IDENTIFIERS = ("serial", "hw_id", "imei", "imei2")


def imei(text: str) -> str:
    """The 15 digits, or nothing. Raises ValidationError for what is no IMEI."""
    digits = normalise.imei(text)
    if text.strip() and not normalise.is_imei(digits):
        raise ValidationError(
            "An IMEI has 15 digits of which the last checks the others. Dial *#06# on the device to read it."
        )
    return digits


def of_site(values: Values) -> Refusals:
    if _disorder(values, "opens_on", "closes_on"):
        yield "closes_on", "A site must close after it opens."


def of_staff(values: Values) -> Refusals:
    if (fte := values.get("fte")) is not None and not 0 < fte <= 1:
        yield "fte", "Full-time equivalent must be more than 0 and at most 1."
    if _disorder(values, "starts_on", "leaves_on"):
        yield "leaves_on", "The last day must be on or after the first."


def of_device(values: Values) -> Refusals:
    if not any(values.get(name) for name in ("asset_tag", *IDENTIFIERS)):
        yield "asset_tag", "Enter an asset tag, a serial, a hardware id or an IMEI."
    if _disorder(values, "purchased_on", "warranty_until"):
        yield "warranty_until", "The warranty must end after the purchase."


def of_classification(values: Values) -> Refusals:
    if _disorder(values, "valid_from", "valid_until"):
        yield "valid_until", "The last day must be on or after the first."


def _disorder(values: Values, first: str, second: str) -> bool:
    start, end = values.get(first), values.get(second)
    return bool(start and end and end < start)
