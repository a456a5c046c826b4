"""What a kind of contradiction is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from fleet.models import Organisation
from fleet.models.reconciliation import OF_LINES
from fleet.vocabulary import DiscrepancyKind, Stake

# What each finding's query gives, in this order.
COLUMNS = (
    "subject",
    "device_id",
    "line_id",
    "person_id",
    "other_person_id",
    "site_id",
    "since",
    "pence_at_stake",
)
FOUND = (
    *("subject", "found_device", "found_line", "found_person", "found_other", "found_site"),
    *("since", "pence_at_stake"),
)
Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """`rule` says exactly when a row counts. `records` are those that disagree. `owner` mends it by `action`,
    on the page of the device or line that `url_name` names."""

    key: DiscrepancyKind
    rule: str
    records: str
    owner: str
    action: str
    url_name: str
    find: Callable[[Organisation], Rows]

    @property
    def stake(self) -> Stake:
        """What its pounds are."""
        return Stake.MONTH if self.key in OF_LINES else Stake.DEVICE

    @property
    def permission(self) -> str:
        """What shows it."""
        return "lines.view" if self.key in OF_LINES else "devices.view"
