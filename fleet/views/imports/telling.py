"""Lines of a file as a page says them: what changes, or why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from fleet.models import ImportLine, UsageRecord
from fleet.services.imports.kind import Kind
from fleet.services.usage.layouts import FIELDS
from fleet.vocabulary import ImportOutcome
from fleet.web import text

_FIGURES: dict[str, Any] = {field.name: field for field in UsageRecord._meta.concrete_fields}
# The figures that have a unit.
_SPOKEN: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("data_bytes", "data_out_bytes"), text.size),
    **dict.fromkeys(("voice_seconds", "voice_out_seconds"), text.duration),
    **dict.fromkeys(("calls_made", "calls_received", "texts", "texts_out"), text.number),
    "charge_pence": text.pounds,
}


def label(kind: Kind | None, column: str) -> str:
    """What a page calls a column; a carrier's own files name figures of usage, or columns of theirs."""
    if kind:
        return kind.label(column)
    if column == "source":
        return "Figures from"
    if column in FIELDS:
        return FIELDS[column]
    # A page says the unit with the figure.
    known = _FIGURES.get(column)
    return str(capfirst(known.verbose_name)).removesuffix(" (seconds)") if known else column


def told(kind: Kind | None, line: ImportLine) -> SafeString:
    parts = ((f"{label(kind, column)}: " if column else "", message) for column, message in line.details)
    return _list(format_html("<strong>{}</strong>{}", *part) for part in parts)


def changes(kind: Kind | None, line: ImportLine) -> SafeString:
    """Before → after of each field; of a new row its values."""
    if line.outcome == ImportOutcome.CREATED:
        told = ((label(kind, name), words(kind, name, after)) for name, _, after in line.details)
        return _list(format_html("{}: {}", *one) for one in told)
    return _list(
        format_html("{}: {} → {}", label(kind, name), words(kind, name, before), words(kind, name, after))
        for name, before, after in line.details
    )


def _list(items: Iterable[SafeString]) -> SafeString:
    entries = format_html_join("", "<li>{}</li>", ((one,) for one in items))
    return format_html('<ul class="govuk-list app-changes">{}</ul>', entries)


def words(kind: Kind | None, name: str, value: str) -> str:
    """A cell's text as a page says it: labels of closed lists, and days in words."""
    if not value:
        return "nothing"
    if kind is None and name in _SPOKEN:
        return _SPOKEN[name](int(value))
    field: Any = kind.field(name) if kind and name in kind.fields else None
    inner = field.base_field if isinstance(field, ArrayField) else field
    labels = {str(key): str(label) for key, label in getattr(inner, "flatchoices", ()) or ()}
    if labels:
        return ", ".join(labels.get(part, part) for part in value.split(";"))
    try:
        return text.day(dt.date.fromisoformat(value)) if len(value) == 10 else value
    except ValueError:
        return value
