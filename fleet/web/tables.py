"""Columns declared once: what a page's table shows, how it sorts, and what the CSV of it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import get_urlconf, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from fleet.web import status, text
from fleet.web.bulk import tick


def to(url_name: str, attribute: str = "pk") -> Callable[[Any], str]:
    """A column's link: the named page of the row's `attribute`, none where that is empty."""

    def link(row: Any) -> str:
        target = follow(row, attribute)
        if target is None:
            return ""
        before, after = _around(url_name, isinstance(target, int), get_urlconf())
        return f"{before}{target}{after}"

    return link


@cache
def _around(url_name: str, is_number: bool, _urlconf: str | None) -> tuple[str, str]:
    """What stands before and after the key in a page's address: resolving it for every cell takes longer."""
    stand_in = 987_654_321 if is_number else UUID(int=987_654_321)
    before, _, after = reverse(url_name, args=[stand_in]).partition(str(stand_in))
    return before, after


def follow(row: Any, path: str) -> Any:
    """The value at a dotted path, through objects or mappings; None as soon as a step is missing."""
    for name in path.split("."):
        row = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
        if row is None:
            return None
    return row() if callable(row) else row


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table and of its CSV.

    `value`: dotted path or function of the row, the `key` where absent. Choice fields show their labels.
    `link`: function of the row that gives an address or "" (see `to`).
    `template`: partial that renders the cell from `row`, instead of the value.
    `is_extra`: a list shows it to whoever chooses it; `is_csv_only`: it is in exports alone.
    `csv`: what the export holds instead of the value: a look-up path such as `site__code`, or a function.
    """

    key: str
    title: str
    value: str | Callable[[Any], Any] = ""
    link: Callable[[Any], str] | None = None
    template: str = ""
    csv: str | Callable[[Any], Any] = ""
    empty: str = "None"
    is_status: bool = False
    is_numeric: bool = False
    is_extra: bool = False
    is_csv_only: bool = False

    def raw(self, row: Any) -> Any:
        """The stored value."""
        return self.value(row) if callable(self.value) else follow(row, self.value or self.key)

    def label(self, row: Any) -> str:
        """The value as words."""
        if not callable(self.value):
            before, _, name = (self.value or self.key).rpartition(".")
            owner = follow(row, before) if before else row
            if display := getattr(owner, f"get_{name}_display", None):
                return str(display() or self.empty)
        return text.shown(self.raw(row), self.empty)

    @property
    def css(self) -> str:
        return "govuk-table__cell govuk-table__cell--numeric" if self.is_numeric else "govuk-table__cell"

    def html(self, row: Any) -> str:
        """The cell's content, safe to put into a page."""
        if self.template:
            return render_to_string(self.template, {"row": row})
        label = self.label(row)
        content = (
            status.tag(self.raw(row), label)
            if self.is_status and self.raw(row)
            else conditional_escape(label)
        )
        address = self.link(row) if self.link else ""
        return format_html('<a class="govuk-link" href="{}">{}</a>', address, content) if address else content

    @property
    def lookup(self) -> str:
        """What to ask the database for in an export, or empty where it takes a function of the row."""
        if self.csv:
            return "" if callable(self.csv) else self.csv
        return "" if callable(self.value) else (self.value or self.key).replace(".", "__")

    def exported(self, row: Any) -> Any:
        if callable(self.csv):
            return self.csv(row)
        return follow(row, self.csv.replace("__", ".")) if self.csv else self.raw(row)


def extra(model: type[Model], *keys: str, **more: Any) -> list[Column]:
    """Columns of plain fields, named as the model names them, for those who choose them."""
    names = {key: str(model._meta.get_field(key).verbose_name) for key in keys}  # type: ignore[union-attr]
    return [
        Column(key=key, title=name[:1].upper() + name[1:], is_extra=True, empty="Not known", **more)
        for key, name in names.items()
    ]


@dataclass(frozen=True)
class Heading:
    """A column's header cell: `sort` is the value of aria-sort, `url` sorts by it."""

    column: Column
    url: str = ""
    sort: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under columns, for `{% table %}`. The first column names the row.

    `caption` is read out and, unless `is_caption_hidden`, shown. `has_ticks`: each row has a box to tick.
    """

    columns: Sequence[Column]
    rows: Iterable[Any]
    caption: str
    is_caption_hidden: bool = False
    headings: Sequence[Heading] = field(default_factory=list)
    has_ticks: bool = False

    @property
    def head(self) -> Sequence[Heading]:
        return self.headings or [
            Heading(column) for column in self.columns if not column.is_csv_only and not column.is_extra
        ]

    @property
    def body(self) -> SafeString:
        """The rows, put together here: a template takes several times as long over 500 cells."""
        name, *others = [heading.column for heading in self.head]
        return SafeString(
            "".join(_row(name, others, row, tick(row) if self.has_ticks else "") for row in self.rows)
        )


_NAME = "govuk-table__header"
_NUMBER = f"{_NAME} {_NAME}--numeric"


def _row(name: Column, others: Sequence[Column], row: Any, before: str) -> str:
    first = f'<th scope="row" class="{_NUMBER if name.is_numeric else _NAME}">{name.html(row)}</th>'
    cells = "".join(f'<td class="{column.css}">{column.html(row)}</td>' for column in others)
    return f'<tr class="govuk-table__row">{before}{first}{cells}</tr>'
