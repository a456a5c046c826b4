"""A gate's evidence as its pages show it, read from the document alone."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.safestring import SafeString

from fleet.models import User
from fleet.vocabulary import Platform
from fleet.web import text
from fleet.web.parts import Stat, SummaryRow
from fleet.web.status import tag
from fleet.web.tables import Column, Table
from rollouts.checks import CHECKS
from rollouts.models import Gate
from rollouts.services.evidence import Document, blocking_failures, blocking_unknowns
from rollouts.vocabulary import CheckOwner, CheckScope, Readiness, Severity

BLOCKED_SHOWN = 25


def _check_title(key: str) -> str:
    """A check that was taken out of the registry since keeps its key for a name."""
    return CHECKS[key].title if key in CHECKS else key


def _severity(row: Document) -> SafeString:
    """In colour where the check fails."""
    word = {"blocking": "blocked", "advisory": "advisory"}[row["severity"]] if row["failed"] else "none"
    return tag(word, Severity(row["severity"]).label)


def _granter(waiver: Document) -> Document:
    """Evidence of the first version does not say who granted a waiver."""
    return waiver.get("granted_by") or {}


CHECKS_COLUMNS = (
    Column(key="title", title="Check"),
    Column(key="severity", title="Severity", value=_severity, csv=lambda row: row["severity"]),
    Column(key="owner", title="Who fixes it", value=lambda row: CheckOwner(row["owner"]).label),
    Column(key="scope", title="Counts", value=lambda row: CheckScope(row["scope"]).label, is_csv_only=True),
    Column(key="passed", title="Passed", is_numeric=True),
    Column(key="failed", title="Failed", is_numeric=True),
    Column(key="unknown", title="Unknown", is_numeric=True),
    Column(key="waived", title="Waived", is_numeric=True),
    Column(key="people_affected", title="People affected", is_numeric=True),
)
SITES_COLUMNS = (
    Column(key="name", title="Site", empty="No site known"),
    Column(key="people", title="People", is_numeric=True),
    *(Column(key=state.value, title=state.label, is_numeric=True) for state in reversed(Readiness)),
)
WAIVERS_COLUMNS = (
    Column(key="check", title="Check", value=lambda row: _check_title(row["check"])),
    Column(key="for", title="For", value=lambda row: row["person"] or row["site"] or "The whole tranche"),
    Column(key="reason", title="Reason"),
    Column(key="owner", title="Owner"),
    Column(key="granted_by", title="Granted by", value=lambda row: _granter(row).get("name"), empty="–"),
    Column(key="expires_on", title="Expires", value=lambda row: parse_date(row["expires_on"])),
)
STOCK_COLUMNS = (
    Column(key="model", title="Device model"),
    Column(key="wanted", title="People waiting", is_numeric=True),
    Column(key="in_stock", title="Free in stock", is_numeric=True),
    Column(key="short", title="Short", is_numeric=True),
)
BLOCKED_COLUMNS = (
    Column(key="staff_number", title="Staff number"),
    Column(key="reasons", title="What blocks", value=lambda row: "; ".join(row["reasons"])),
    Column(key="checks", title="Checks", value=lambda row: " ".join(row["checks"]), is_csv_only=True),
)


def by_the_decider(gate: Gate, decider: User | None) -> dict[str, Any]:
    """Who decided, or may, and how many of the sealed waivers they granted themselves."""
    granters = [_granter(waiver).get("id") for waiver in gate.evidence["waivers"]]
    return {"decider": decider, "own_waivers": granters.count(decider.pk) if decider else 0}


class EvidenceReport:
    """One document, part by part."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @property
    def assessed_at(self) -> dt.datetime | None:
        return parse_datetime(self.document["assessed_at"])

    @property
    def state(self) -> Readiness:
        return Readiness(self.document["state"])

    @cached_property
    def failures(self) -> list[str]:
        """What stands in the way of a go."""
        return blocking_failures(self.document)

    @property
    def cards(self) -> list[Stat]:
        people = self.document["people"]
        outstanding = [Stat(text.number(people[state]), state.label.lower()) for state in reversed(Readiness)]
        return [Stat(text.number(people["done"]), "handed over"), *outstanding]

    @property
    def total(self) -> int:
        return int(self.document["people"]["people"] + self.document["people"]["done"])

    @property
    def checks(self) -> Table:
        return Table(columns=CHECKS_COLUMNS, rows=self.document["checks"], caption="Checks")

    @property
    def sites(self) -> Table:
        return Table(
            columns=SITES_COLUMNS, rows=self.document["sites"], caption="Sites", is_caption_hidden=True
        )

    @property
    def waivers(self) -> Table:
        return Table(columns=WAIVERS_COLUMNS, rows=self.document["waivers"], caption="Waivers in force")

    @property
    def ready_by_waiver(self) -> int:
        return int(self.document.get("ready_by_waiver", 0))

    @property
    def handover_ends_on(self) -> dt.date | None:
        return parse_date(self.document["tranche"]["handover_ends_on"])

    @property
    def short_waivers(self) -> int:
        """How many waivers run out before the last day of handover."""
        last = self.document["tranche"].get("handover_ends_on", "")
        return sum(waiver["expires_on"] < last for waiver in self.document["waivers"])

    @property
    def unknowns(self) -> list[str]:
        """What stands in the way of a go without conditions."""
        return blocking_unknowns(self.document)

    @property
    def stock(self) -> Table:
        return Table(columns=STOCK_COLUMNS, rows=self.document["stock"], caption="Stock")

    @property
    def findings(self) -> list[tuple[str, str, bool]]:
        """(check, reason, whether waived) of what the tranche's own checks found."""
        found = [row for row in self.document["findings"] if row["site"] is None]
        return [(_check_title(row["check"]), row["reason"], row["waived"]) for row in found]

    @property
    def blocked(self) -> Table:
        """The first of the blocked people; the CSV has them all."""
        rows = self.document["blocked"][:BLOCKED_SHOWN]
        return Table(columns=BLOCKED_COLUMNS, rows=rows, caption="Blocked people", is_caption_hidden=True)

    @property
    def more_blocked(self) -> int:
        return max(len(self.document["blocked"]) - BLOCKED_SHOWN, 0)

    @property
    def thresholds(self) -> list[SummaryRow]:
        asked = self.document["thresholds"]
        minimums = ", ".join(
            f"{Platform(platform).label} {version}" for platform, version in asked["minimum_versions"].items()
        )
        return [
            SummaryRow("Double touch", f"within {asked['double_touch_weeks']} weeks of a site’s closure"),
            SummaryRow("Seen by its MDM", f"within {asked['seen_within_days']} days"),
            SummaryRow("MDM facts are stale", f"after {asked['facts_stale_after_days']} days"),
            SummaryRow("Network per head", f"{asked['network_mbps_per_head']} Mbit/s"),
            SummaryRow("Lowest versions", minimums),
        ]
