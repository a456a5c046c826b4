"""What must hold of one row of facts, for forms, the API and files alike: pairs of (field, what to do)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, Model
from django.utils import timezone

from fleet.mdm import normalise
from fleet.vocabulary import Justification
from fleet.web import text

Values = Mapping[str, Any]
Refusals = Iterator[tuple[str, str]]

# How far ahead a course may be booked.
BOOKED_AHEAD = timedelta(days=366)
NOT_YOUR_SITE = "Your role covers some sites only. Choose one of them"
IDENTIFIERS = ("serial", "hw_id", "imei", "imei2")


# A postcode of the United Kingdom without its blank: BS 7666, part 5.
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")


def tidy(text: str) -> str:
    """Without blanks around, and with one wherever there are several within."""
    return " ".join(text.split()) if "  " in text or "\xa0" in text or "\t" in text else text.strip()


def postcode(text: str) -> str:
    """In capitals, with its one blank; what is no postcode of the United Kingdom stays as it is."""
    bare = "".join(text.split()).upper()
    found = _POSTCODE.fullmatch(bare)
    return f"{found[1]} {found[2]}" if found else tidy(text)


def tidy_row(row: Model) -> None:
    """Tidies the short texts of a row before it is saved; longer ones keep their lines."""
    for one in row._meta.concrete_fields:
        value = getattr(row, one.attname)
        if isinstance(one, CharField) and isinstance(value, str):
            setattr(row, one.attname, (postcode if one.name == "postcode" else tidy)(value))


def imei(text: str) -> str:
    """The 15 digits, or nothing. Raises ValidationError for what is no IMEI."""
    digits = normalise.imei(text)
    if text.strip() and not normalise.is_imei(digits):
        raise ValidationError(
            "An IMEI has 15 digits of which the last checks the others. Dial *#06# on the device to read it."
        )
    return digits


# The one spelling in which an identifier is kept; these raise ValidationError for what is none.
SPELLINGS: dict[str, Callable[[str], str]] = {
    "serial": normalise.serial,
    "hw_id": normalise.hw_id,
    "imei": imei,
    "imei2": imei,
}


def of_site(values: Values) -> Refusals:
    for field, most in (("latitude", 90), ("longitude", 180)):
        if (degrees := values.get(field)) is not None and abs(degrees) > most:
            yield field, f"Enter degrees from -{most} to {most}."
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


def of_validity(values: Values) -> Refusals:
    if _disorder(values, "valid_from", "valid_until"):
        yield "valid_until", "The last day must be on or after the first."


def of_mapping(values: Values) -> Refusals:
    old, new = values.get("classification"), values.get("becomes")
    if old and new and old.scheme_id == new.scheme_id:
        yield "becomes", "Choose a classification of another scheme."


def of_switch(values: Values) -> Refusals:
    old, new = values.get("from_scheme"), values.get("to_scheme")
    if old and old == new:
        yield "to_scheme", "Choose another scheme than the one it takes the place of."
    if (day := values.get("switches_on")) and day <= timezone.localdate():
        yield "switches_on", "The first day of the new scheme must be in the future."


def of_approval(values: Values) -> Refusals:
    if not any(letter.isdigit() for letter in values.get("minimum_version") or "0"):
        yield "minimum_version", "Enter a version with digits, like 17.4."
    yield from of_validity(values)


def of_course(values: Values) -> Refusals:
    if (months := values.get("validity_months")) is not None and months < 1:
        yield "validity_months", "Enter 1 month or more, or leave it empty where it never runs out."


def of_training(values: Values) -> Refusals:
    done = values.get("completed_on")
    if done and done > timezone.localdate() + BOOKED_AHEAD:
        yield "completed_on", "Enter a day within a year from today. Book what is later nearer the time."
    if _disorder(values, "completed_on", "valid_until"):
        yield "valid_until", "It must hold until the day on which it was done, or later."


def of_contract(values: Values) -> Refusals:
    if _disorder(values, "starts_on", "ends_on"):
        yield "ends_on", "The contract must end after it starts."
    elif _disorder(values, "notice_by", "ends_on"):
        yield (
            "notice_by",
            "Notice must be given by the end of the contract. Enter an earlier day.",
        )
    elif _disorder(values, "starts_on", "notice_by"):
        yield "notice_by", "Notice cannot be due before the contract starts. Enter a later day."


def of_line(values: Values) -> Refusals:
    if "msisdn" in values and not values["msisdn"]:
        yield "msisdn", "Enter the phone number."
    if values.get("justification") == Justification.OTHER and not values.get("justification_note"):
        yield "justification_note", "Say in the note why the line is kept."
    if (day := values.get("starts_on")) and day > timezone.localdate():
        yield "starts_on", "The day must not be in the future."


def _disorder(values: Values, first: str, second: str) -> bool:
    start, end = values.get(first), values.get(second)
    return bool(start and end and end < start)


def nothing(_: Values) -> Refusals:
    yield from ()


WITHIN: dict[str, Callable[[Values], Refusals]] = {
    "site": of_site,
    "staffmember": of_staff,
    "device": of_device,
    "classification": of_validity,
    "classificationscheme": of_validity,
    "classificationmapping": of_mapping,
    "schemeswitch": of_switch,
    "approval": of_approval,
    "course": of_course,
    "trainingrecord": of_training,
    "contract": of_contract,
    "line": of_line,
}
# What no other row of the organisation may have: fields, and the words for the last of them.
KEYS: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "site": ((("code",), "Code"),),
    "staffmember": ((("staff_number",), "Staff number"),),
    "device": ((("asset_tag",), "Asset tag"), (("serial",), "Serial"), (("imei",), "IMEI")),
    "devicemodel": ((("identifier",), "Identifier"), (("manufacturer", "name"), "Name")),
    "classification": ((("code",), "Code"), (("scheme", "rank"), "Rank")),
    "course": ((("code",), "Code"),),
    "contract": ((("supplier", "reference"), "Reference"),),
    "tariff": ((("carrier", "name"), "Name"),),
    "trainingrecord": ((("staff_member", "course", "completed_on"), "The record of"),),
    "classificationscheme": ((("code",), "Code"),),
}

# Of these keys, those that are the same in capitals.
ANY_CASE = frozenset({"identifier"})


def refusals(row: Model, values: Values) -> Refusals:
    """All that speaks against giving `row`, which knows its organisation, these values of all its fields."""
    name = row._meta.model_name or ""
    yield from WITHIN.get(name, nothing)(values)
    yield from _foreign(row, values)
    yield from _taken(row, values)
    if name == "classificationmapping":
        yield from _mapped(row, values)
    if name == "line":
        yield from _open_twice(row, values)
    if name == "device" and row.pk:
        yield from _reported(row, values)


def _foreign(row: Any, values: Values) -> Refusals:
    for field, value in values.items():
        if getattr(value, "organisation_id", row.organisation_id) != row.organisation_id:
            yield field, f"Choose one of {row.organisation}."
    if row.pk and values.get("replaced_by") == row:
        yield "replaced_by", "A site cannot replace itself. Choose another or none."


def _taken(row: Any, values: Values) -> Refusals:
    """One query for each key that is filled."""
    others = row._meta.model._default_manager.filter(organisation=row.organisation_id).exclude(pk=row.pk)
    for fields, label in KEYS.get(row._meta.model_name, ()):
        found = {f"{field}{'__iexact' if field in ANY_CASE else ''}": values.get(field) for field in fields}
        if all(value not in (None, "") for value in found.values()) and (
            other := others.filter(**found).first()
        ):
            yield fields[-1], _taken_by(other, f"{label} {_written(values[fields[-1]])}")


def _written(value: Any) -> str:
    return text.day(value) if isinstance(value, date) else str(value)


def _taken_by(other: Model, what: str) -> str:
    name = "" if what.endswith(f" {other}") else f", {other}"
    return f"{what} is taken by another {other._meta.verbose_name}{name}. Enter another."


def _mapped(row: Any, values: Values) -> Refusals:
    """A classification becomes one thing in each scheme."""
    old, new = values.get("classification"), values.get("becomes")
    if old and new:
        others = old.mappings.filter(to_scheme=new.scheme_id).exclude(pk=row.pk)
        if other := others.select_related("becomes").first():
            yield "classification", f"It becomes {other.becomes} already. Change that mapping instead."


def _open_twice(row: Any, values: Values) -> Refusals:
    """A number is open once; what ended is the same number's past."""
    if row.ends_on is None and (number := values.get("msisdn")):
        others = row._meta.model._default_manager.filter(organisation=row.organisation_id, ends_on=None)
        if others.filter(msisdn=number).exclude(pk=row.pk).exists():
            yield "msisdn", "This number is open already. Hand that line over, or end it first."


def _reported(device: Any, values: Values) -> Refusals:
    """Identifiers that an MDM reports are its to change."""
    changed = [name for name in IDENTIFIERS if name in values and values[name] != getattr(device, name)]
    if changed and device.source_records.exists():
        for name in changed:
            yield name, "An MDM reports it, so change it there."
