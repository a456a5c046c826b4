"""What a switch changes, as tables and CSV: of a preview as well as of the report once it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.urls import reverse

from fleet.models import SchemeSwitch, User
from fleet.services.schemes.following import FOLLOWERS, Affected, Effects, effects_of
from fleet.services.schemes.preview import preview
from fleet.vocabulary import Carrying, SwitchState
from fleet.web import status
from fleet.web.exports import csv_response
from fleet.web.tables import Column, Table

# More than that stand in the CSV alone.
SHOWN_PEOPLE = 50
Row = dict[str, Any]


def changes_of(switch: SchemeSwitch) -> dict[str, list[Row]]:
    """What it did where it is done, what it would do where that is to come, nothing where it is cancelled."""
    if switch.report is not None:
        report: dict[str, list[Row]] = switch.report
        return report
    if switch.state == SwitchState.CANCELLED:
        return {"classifications": [], "approvals": []}
    return preview(switch).as_dict()


def effects_ahead(switch: SchemeSwitch, user: User) -> Effects:
    """Once it is done, readiness itself says what it did to whom."""
    return effects_of(switch, user) if switch.is_open else Effects()


def _narrowed(url_name: str) -> Callable[[Row], str]:
    return lambda row: f"{reverse(url_name)}?classification={row['id']}"


def classification_columns(switch: SchemeSwitch, user: User) -> Sequence[Column]:
    """The rows themselves stand in the lists as long as they name the old scheme."""
    counts = [
        Column(
            key=follower.key,
            title=follower.noun.capitalize(),
            is_numeric=True,
            link=_narrowed(follower.list_url_name) if follower.list_url_name and switch.is_open else None,
        )
        for follower in FOLLOWERS.values()
        if user.access.may(follower.permission)
    ]
    return (
        Column(
            key="classification",
            title="Classification",
            link=lambda row: reverse("fleet:classification-detail", args=[row["id"]]),
        ),
        Column(key="becomes", title="Becomes", empty="Not mapped"),
        Column(key="approvals_carry", title="An approval for it", value=_carrying),
        *counts,
        Column(key="approvals", title="Approvals", is_numeric=True),
    )


def _carrying(row: Row) -> str:
    return str(Carrying(row["approvals_carry"]).label) if row["approvals_carry"] else ""


def _day(key: str) -> Callable[[Row], dt.date | None]:
    """A day as a report keeps it."""
    return lambda row: dt.date.fromisoformat(row[key]) if row[key] else None


def _state(key: str) -> Callable[[Affected], Any]:
    return lambda person: status.tag(getattr(person, key))


APPROVALS = (
    Column(
        key="approval",
        title="Approval",
        value=lambda row: f"{row['platform']} {row['minimum_version']} {row['reference']}".strip(),
        csv=lambda row: row["approval"],
        link=lambda row: reverse("fleet:approval-detail", args=[row["approval"]]),
    ),
    *(Column(key=key, title=key, is_csv_only=True) for key in ("platform", "minimum_version", "reference")),
    Column(key="before", title="Covers up to"),
    Column(key="after", title="Then up to", empty="Nothing"),
    Column(key="starts_on", title="From", value=_day("starts_on"), csv="starts_on", empty="–"),
    Column(key="valid_until", title="Until", value=_day("valid_until"), csv="valid_until", empty="No end"),
    Column(key="outcome", title="What happens"),
    Column(key="conditions", title="Conditions", value=lambda row: "; ".join(row["conditions"]) or "None"),
    Column(key="outstanding", title="To be done", empty="Nothing"),
)
PEOPLE = (
    Column(key="name", title="Person", link=lambda row: row.url),
    Column(key="group", title="Tranche"),
    Column(key="day", title="Handover"),
    Column(key="before", title="Handles", empty="Not known"),
    Column(key="after", title="Then", empty="Not known"),
    Column(key="state_before", title="Readiness", value=_state("state_before"), csv="state_before"),
    Column(key="state_after", title="Then", value=_state("state_after"), csv="state_after"),
    Column(key="because", title="Because"),
)


def group_columns(switch: SchemeSwitch) -> Sequence[Column]:
    urls = {part: reverse("fleet:switch-csv", args=[switch.pk, part]) for part in ("blocked", "released")}
    return (
        Column(key="title", title="Tranche", link=lambda row: row.url),
        Column(key="people", title="People handed over from that day", is_numeric=True),
        *(
            Column(
                key=key,
                title=f"{key.capitalize()} by the switch",
                is_numeric=True,
                link=lambda row, key=key: urls[key] if getattr(row, key) else "",  # type: ignore[misc]
            )
            for key in urls
        ),
    )


def tables(switch: SchemeSwitch, user: User, effects: Effects) -> dict[str, Table]:
    changes = changes_of(switch)
    return {
        "classifications": Table(
            columns=classification_columns(switch, user),
            rows=changes["classifications"],
            caption="Classifications",
        ),
        "approvals": Table(columns=APPROVALS, rows=changes["approvals"], caption="Approvals"),
        "groups": Table(
            columns=group_columns(switch),
            rows=effects.groups,
            caption="Tranches with handovers from that day",
        ),
        "people": Table(
            columns=PEOPLE, rows=effects.people[:SHOWN_PEOPLE], caption="People blocked or released"
        ),
    }


PARTS: dict[str, Callable[[SchemeSwitch, User], tuple[Sequence[Column], Sequence[Any]]]] = {
    "classifications": lambda switch, user: (
        classification_columns(switch, user),
        changes_of(switch)["classifications"],
    ),
    "approvals": lambda switch, _: (APPROVALS, changes_of(switch)["approvals"]),
    "outstanding": lambda switch, _: (
        APPROVALS,
        [row for row in changes_of(switch)["approvals"] if row["outstanding"]],
    ),
    "people": lambda switch, user: (PEOPLE, effects_ahead(switch, user).people),
    "blocked": lambda switch, user: (
        PEOPLE,
        [one for one in effects_ahead(switch, user).people if one.becomes_blocked],
    ),
    "released": lambda switch, user: (
        PEOPLE,
        [one for one in effects_ahead(switch, user).people if not one.becomes_blocked],
    ),
}


def part_as_csv(switch: SchemeSwitch, part: str, user: User) -> StreamingHttpResponse:
    """One of `PARTS`."""
    columns, rows = PARTS[part](switch, user)
    return csv_response(columns, rows, f"switch-{part}")
