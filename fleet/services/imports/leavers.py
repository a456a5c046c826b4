"""A whole list says by its silence who has gone: they are ended, never deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from fleet.services.imports.kind import Kind, Seen, Values
from fleet.services.imports.plans import Plan
from fleet.services.imports.register import Register
from fleet.services.imports.report import Rejection

UNCLEAR = (
    "A row that does not say whom it is about may be anybody, so nobody is ended. Mend it and load again."
)


def end_absent(
    kind: Kind,
    plan: Plan,
    register: Register,
    *,
    named: Collection[str],
    unclear: Collection[int],
    on: dt.date,
) -> None:
    """Add those of the register to `plan.ended` whom a list of day `on` does not name among `named`.

    Their last day is the one before. Whoever starts on that day or later is kept, with a warning.
    """
    if kind.term is None:
        return
    rows = dict(_at_work(kind, register, on))
    plan.active = len(rows)
    if unclear:
        plan.warnings += [Rejection(number, "", UNCLEAR) for number in sorted(unclear)]
        return
    [key] = kind.identifiers[0]
    first, last = kind.term
    eve = on - dt.timedelta(days=1)
    for pk, row in rows.items():
        if row[key] in named:
            continue
        if row[first] and row[first] > eve:
            reason = f"{kind.name_of(row)} is not in the list and starts on {row[first]}: left as it is."
            plan.warnings.append(Rejection(0, first, reason))
        else:
            plan.ended.append(Seen(0, pk, row, row | {last: eve}))
    plan.ended.sort(key=lambda one: kind.name_of(one.after))


def _at_work(kind: Kind, register: Register, on: dt.date) -> Iterator[tuple[int, Values]]:
    """Those whose last day is not before `on`."""
    assert kind.term is not None
    _, last = kind.term
    for pk, row in register.rows.items():
        if row[last] is None or row[last] >= on:
            yield pk, row
