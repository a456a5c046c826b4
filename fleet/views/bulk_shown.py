"""What the pages of bulk changes show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from fleet.models import BulkChange, User
from fleet.services import bulk
from fleet.services.bulk.telling import Told, coming
from fleet.vocabulary import BulkStatus
from fleet.web import status, text
from fleet.web.parts import SummaryRow
from fleet.web.tables import Column, Table, to

PREVIEW = 10
NAMING: dict[str, tuple[str, ...]] = {
    "devices": ("asset_tag", "serial", "imei"),
    "people": ("staff_number", "name"),
}
PAGES = {"devices": "fleet:device-detail", "people": "fleet:person-detail"}


def counted(subject: str, count: int) -> str:
    return text.counted(count, *bulk.SUBJECTS[subject].nouns)


def list_address(subject: str, query: str) -> str:
    """The list that a person came from, as they had it."""
    query = QueryDict(query).urlencode()
    return reverse(bulk.SUBJECTS[subject].list_url_name) + (f"?{query}" if query else "")


def named(subject: str) -> list[Column]:
    """The columns of a file that say which row is meant; they read again."""
    return [Column(key=key, title=key, value=f"row.{key}") for key in NAMING[subject]]


NOW = Column(key="before", title="Now", value="now")
AFTER = Column(key="after", title="After", value="after")
WHY = Column(key="why", title="Why", value="why")
LINE = Column(key="line", title="Line", value="line")


def preview(change: BulkChange, told: Sequence[Told], caption: str, *columns: Column) -> Table:
    subject = bulk.SUBJECTS[change.subject]
    name = Column(
        key="name",
        title=subject.nouns[0].capitalize(),
        value=lambda one: str(one.row or one.line),
        link=lambda one: to(PAGES[change.subject])(one.row) if one.row else "",
    )
    return Table(columns=(name, *columns), rows=told, caption=caption)


def check_context(change: BulkChange, check: bulk.Check) -> dict[str, Any]:
    """For `fleet/bulk_check.html`: what would happen, and what would not and why."""
    count = len(check.changing)
    first = list(coming(change, check, most=PREVIEW))
    some = f"First {len(first)} of {counted(change.subject, count)}"
    caption = some if count > len(first) else "All of them"
    return {
        "row": change,
        "moved": change.error,
        "heading": f"Change {counted(change.subject, count)}?" if count else "Nothing would change",
        "check": check,
        "changing": counted(change.subject, count),
        "matched": counted(change.subject, check.matched),
        "table": preview(change, first, caption, NOW, AFTER) if first else None,
        "rows_url": reverse("fleet:bulk-change-rows", args=[change.pk]),
        "left_url": reverse("fleet:bulk-change-left", args=[change.pk]),
        "list_url": list_address(change.subject, change.address),
        "others": count != check.matched,
    }


TONES = {"waiting": "pending", "doing": "processing", "undoing": "processing", "undone": "ended"}


def state(change: BulkChange) -> str:
    if change.status != BulkStatus.UNDONE:
        return status.tag(TONES.get(change.status, change.status), change.get_status_display())
    words = "Taken back" if change.undone >= change.changed else f"{change.undone:,} taken back"
    return status.tag("ended", words)


def log_address(change: BulkChange) -> str:
    return f"{reverse('fleet:change-log')}?{urlencode({'request': change.request_id})}"


def facts(change: BulkChange, user: User) -> list[SummaryRow]:
    """What was done, with counts that lead to their rows."""
    rows_url = reverse("fleet:bulk-change-rows", args=[change.pk])
    left_url = reverse("fleet:bulk-change-left", args=[change.pk])
    may_read = user.access.may("history.view", organisation_id=change.organisation_id)
    made_by = f"{change.made_by or 'Somebody'}, {text.moment(change.done_at or change.made_at)}"
    found = [
        SummaryRow("State", state(change)),
        SummaryRow("Change", change.value_words),
        SummaryRow("Which", change.filter_words),
        SummaryRow("Made by", made_by),
        SummaryRow("Matched", counted(change.subject, change.matched)),
        SummaryRow("Changed", counted(change.subject, change.changed), rows_url, "Download (CSV)"),
        SummaryRow("Already so", counted(change.subject, change.unchanged)),
        SummaryRow(
            "Left out",
            counted(change.subject, change.left_out),
            left_url if change.left else "",
            "Download (CSV)",
        ),
    ]
    if may_read and change.request_id:
        found.append(SummaryRow("Change log", f"Request {change.request_id}", log_address(change), "Open"))
    if change.undone_at:
        back = counted(change.subject, change.undone)
        found.append(
            SummaryRow("Taken back", f"{back} by {change.undone_by}, {text.moment(change.undone_at)}")
        )
    return found
