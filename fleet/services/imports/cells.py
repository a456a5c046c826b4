"""From a cell's text to a field's value, by the rules of the model's field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from fleet import rules

Clean = Callable[[str], Any]
YES = frozenset({"yes", "y", "true", "1"})
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_WHOLE = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(E[+-]?\d+)?", re.IGNORECASE)
NO = frozenset({"no", "n", "false", "0"})
_DAYS = (
    "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d/%b/%Y",
    "%Y/%m/%d",
)  # fmt: skip
_MIDNIGHT = re.compile(r"[T ]00:00(:00)?(\.0+)?Z?$")
# Day 1 is 1 January 1900, and a 29 February of that year is counted that never was; here from 1927 to 2173.
_SERIAL = re.compile(r"[1-9]\d{4}")
_FIRST_DAY = dt.date(1899, 12, 30)
# What stands in a cell whose formula failed, in Excel's words and in LibreOffice's.
_FAILED = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|Err:\d{3}", re.IGNORECASE)
_SHORTENED = re.compile(r"-?\d([.,]\d+)?E\+\d{1,3}", re.IGNORECASE)


class Failed(ValidationError):
    """The formula of a cell failed, so that nobody knows what it was to say."""


def refuse_failed(text: str) -> None:
    """Raises Failed for what a spreadsheet shows in place of a formula's result, such as #N/A."""
    if _FAILED.fullmatch(text):
        raise Failed(
            f"A formula of the spreadsheet has failed here ({text}). "
            "Enter what it should say, or empty the cell."
        )


def cleaner(field: models.Field[Any, Any]) -> Clean:
    """A function from text to the field's value, remembered for texts that come again.

    It raises ValidationError.
    """
    spelt = _spelling(field)

    @lru_cache(maxsize=10_000)
    def clean(text: str) -> Any:
        if not text:
            return when_empty(field)
        return field.clean(spelt(text), None)

    return clean


def when_empty(field: models.Field[Any, Any]) -> Any:
    """What stands in a row where nothing was said. Raises ValidationError where something must be."""
    if field.null:
        return None
    if field.blank or field.has_default():
        return field.get_default()
    raise ValidationError(f"Enter the {field.verbose_name}.")


def _spelling(field: models.Field[Any, Any]) -> Clean:
    """How people write what the field keeps."""
    if isinstance(field, ArrayField):
        return _list_of(_choice_of(field.base_field.flatchoices))
    if field.flatchoices:
        return _choice_of(field.flatchoices)
    if isinstance(field, models.BooleanField):
        return _yes_or_no
    if isinstance(field, models.DateField):
        return day
    if isinstance(field, models.IntegerField | models.DecimalField):
        return _whole_number if isinstance(field, models.IntegerField) else _decimal
    return _text_of(field)


def _text_of(field: models.Field[Any, Any]) -> Clean:
    if field.name == "postcode":
        return rules.postcode
    return rules.tidy if isinstance(field, models.CharField) else str


def _choice_of(choices: Sequence[tuple[Any, Any]]) -> Clean:
    """The value itself or its label, in any case."""
    found = {str(label).lower(): value for value, label in choices}
    found |= {str(value).lower(): value for value, _ in choices}

    def choice(text: str) -> Any:
        try:
            return found[text.lower()]
        except KeyError as error:
            known = ", ".join(str(label) for _, label in choices)
            raise ValidationError(f"“{text}” is not one of {known}.") from error

    return choice


def _number(text: str) -> str:
    """1,200 is 1200; any other comma is left for the field to refuse."""
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text


def _whole_number(text: str) -> str:
    number = _number(text)
    if not _WHOLE.fullmatch(number):
        raise ValidationError(f"“{text}” is not a whole number.")
    return number


def _decimal(text: str) -> str:
    number = _number(text)
    if not _DECIMAL.fullmatch(number):
        raise ValidationError(f"“{text}” is not a number. Write it like 51.5.")
    return number


def _list_of(choice: Clean) -> Clean:
    return lambda text: sorted({choice(part.strip()) for part in text.split(";") if part.strip()})


def _yes_or_no(text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise ValidationError(f"“{text}” is neither yes nor no.")


def day(text: str) -> dt.date:
    """2026-03-27, 27/03/2026, 27.03.2026, 27 Mar 2026, or the number by which spreadsheets count days."""
    if _SERIAL.fullmatch(text):
        return _FIRST_DAY + dt.timedelta(days=int(text))
    plain = _MIDNIGHT.sub("", text).replace(",", "")
    for pattern in _DAYS:
        try:
            return dt.datetime.strptime(plain, pattern).date()  # noqa: DTZ007 - a date has no time zone
        except ValueError:
            continue
    raise ValidationError(f"“{text}” is not a date. Write it like 2026-03-27 or 27/03/2026.")


def with_all_digits(text: str) -> str:
    """The text itself. Raises ValidationError for what a spreadsheet shortened when it was saved."""
    if "E+" in text.upper() and _SHORTENED.fullmatch(text):
        raise ValidationError(
            f"A spreadsheet has shortened this number to {text}, and its last digits are lost. Take it from "
            "the original again: format the column as text or as a number without decimals, then save."
        )
    return text
