"""A carrier's file added up by line and billing month. Who was called is read for its kind and let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fleet.errors import Invalid
from fleet.services.imports.reading import File, Row
from fleet.services.imports.report import Rejection
from fleet.services.usage import periods
from fleet.services.usage.layouts import Layout, refuse_columns
from fleet.services.usage.rows import Reader, Refused
from fleet.services.usage.totals import Bill, Entry

Progress = Callable[[int, int], None]
STEP = 5000
NO_PERIOD = (
    "Nothing says which billing month the file is of. Discard it, and say the first and the last day when "
    "you bring it in again, or choose the columns that have them."
)


def read_bill(
    content: bytes, layout: Layout, *, period: periods.Period | None = None, progress: Progress | None = None
) -> Bill:
    """`period`: that of the whole file, where somebody said it. Raises Invalid where it cannot be read."""
    file = opened(File(content), layout)
    if period is None and not layout.fields & {"date", "period_start", "month"}:
        raise Invalid(NO_PERIOD)
    bill, reader = Bill(layout.is_itemised), Reader(layout, period)
    for number, entry in entries(file, reader):
        bill.take(number, entry)
        if progress and bill.rows % STEP == 0:
            progress(bill.rows, 0)
    if not bill.rows:
        raise Invalid("The file names its columns and has no rows. Choose the file that has them.")
    bill.drop_unsplit()
    return bill


def preview(
    file: File, layout: Layout, *, period: periods.Period | None = None, most: int = 10
) -> list[tuple[int, Entry | Rejection]]:
    """The first rows as they would be read. Raises Invalid."""
    found = entries(opened(file, layout), Reader(layout, period))
    return [pair for pair, _ in zip(found, range(most), strict=False)]


def opened(file: File, layout: Layout) -> File:
    """The file with its columns named as fields. Raises Invalid where the layout cannot read it."""
    meant = [layout.columns.get(name, "") for name in file.columns]
    refuse_columns(meant)
    # What is left out of a summary is kept apart, so that a row that comes twice can be told.
    left_out = "" if layout.is_itemised else "-"
    names = (name or (left_out and f"-{at}") for at, name in enumerate(meant))
    file.rename(dict(zip(file.columns, names, strict=True)))
    return file


def entries(file: File, reader: Reader) -> Iterator[tuple[int, Entry | Rejection]]:
    for row in file:
        if not isinstance(row, Row):
            yield row.number, Rejection(row.number, "", row.reason)
            continue
        try:
            yield row.number, reader.entry(row)
        except Refused as error:
            name, why = error.args
            yield row.number, Rejection(row.number, name, why)
