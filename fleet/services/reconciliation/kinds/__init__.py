"""What counts as a contradiction, kind by kind: which rows, since when, whose job it is, what mends it."""

from fleet.services.reconciliation.kinds import devices, lines
from fleet.services.reconciliation.kinds.kind import COLUMNS, Kind, Rows

KINDS: dict[str, Kind] = {kind.key.value: kind for kind in (*devices.KINDS, *lines.KINDS)}

__all__ = ["COLUMNS", "KINDS", "Kind", "Rows"]
