"""Writes what a plan says to the file's own rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from fleet.mdm.writing import copy, execute, numbers
from fleet.models import Import, ImportLine
from fleet.services.imports.lines import Line, digest_of
from fleet.services.imports.plans import Plan

COLUMNS = ("file_id", "number", "outcome", "name", "row_id", "is_move", "details")
_IDS = """
    UPDATE fleet_importline line SET row_id = new.id
    FROM unnest(%s::bigint[], %s::bigint[]) AS new(number, id)
    WHERE line.file_id = %s AND line.outcome = 'created' AND line.number = new.number
"""


def replace_lines(found: Import, lines: Sequence[Line]) -> None:
    """Within a transaction."""
    ImportLine.objects.filter(file=found).delete()
    copy("fleet_importline", COLUMNS, (_record(found, line) for line in lines))


def _record(found: Import, line: Line) -> tuple[Any, ...]:
    details = msgspec.json.encode(line.details).decode()
    return (found.pk, line.number, line.outcome, line.name, line.row_id, line.is_move, details)


def name_new_rows(found: Import, new: Mapping[int, int]) -> None:
    """`new`: row number → id of the row of the register that it became."""
    execute(_IDS, [numbers(new), numbers(new.values()), found.pk])


def figures(plan: Plan, lines: Sequence[Line]) -> dict[str, Any]:
    """What the row of the file keeps of a plan."""
    report = plan.report
    return {
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "ended": report.ended,
        "warned": len({warning.number for warning in plan.warnings}),
        "active": plan.active,
        "digest": digest_of(lines),
        "unknown": _spellings(plan),
    }


def _spellings(plan: Plan) -> list[dict[str, Any]]:
    """Names of sites that nobody has, the most frequent first."""
    return [
        {"column": column, "spelling": spelling, "rows": rows}
        for (column, spelling), rows in plan.unknown.most_common()
    ]
