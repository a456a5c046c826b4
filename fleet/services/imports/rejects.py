"""Rejected rows in the file's own columns, with the reason, so that they can be mended and loaded again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fleet.models import Import
from fleet.services.imports.headers import REASON
from fleet.services.imports.reading import File, folded
from fleet.vocabulary import ImportOutcome


def reasons_of(found: Import) -> Iterator[tuple[int, str]]:
    """Row number → why it was rejected."""
    rejected = found.lines.filter(outcome=ImportOutcome.REJECTED)
    for number, details in rejected.values_list("number", "details"):
        yield number, " ".join(f"{column}: {why}" if column else why for column, why in details)


def rows_of(content: bytes, reasons: Mapping[int, str]) -> tuple[list[str], Iterator[list[str]]]:
    """The headers as the file has them with `reason` last, and the rows that have a reason."""
    file = File(content)
    kept = [header for header in file.headers if folded(header) != REASON]
    return [*kept, REASON], _rows(file, len(kept), reasons)


def _rows(file: File, width: int, reasons: Mapping[int, str]) -> Iterator[list[str]]:
    at = [number for number, name in enumerate(file.columns) if name != REASON]
    for number, record in file.records:
        if number in reasons:
            cells = [*record, *[""] * (len(file.columns) - len(record))]
            yield [*(cells[index].strip() for index in at[:width]), reasons[number]]
