"""The bar above a list that changes many of its rows at once, and the ticks beside the rows.

The list takes what was chosen and hands it, by a redirect that keeps the POST, to the page of the change:

`change`: the action's key; `scope`: `ticked` or `all`; `ticked`: the key of each ticked row;
`filters`: the list's query string, which the same FilterSet reads; `matched`: how many rows it matched then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from fleet.models import User

TICK = (
    '<td class="govuk-table__cell app-tick"><div class="govuk-checkboxes govuk-checkboxes--small">'
    '<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" name="ticked"'
    ' value="{pk}" id="tick-{pk}"><label class="govuk-label govuk-checkboxes__label" for="tick-{pk}">'
    '<span class="govuk-visually-hidden">Tick {row}</span></label></div></div></td>'
)


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A change of many rows: `url_name` is the page that confirms it, for those who hold `permission`."""

    key: str
    label: str
    url_name: str
    permission: str


def offered(actions: Iterable[BulkAction], user: User) -> Sequence[BulkAction]:
    """Those that this person may do somewhere."""
    return [action for action in actions if user.access.may(action.permission)]


def tick(row: Any) -> SafeString:
    """The cell with a row's tick box."""
    return format_html(TICK, pk=row.pk, row=str(row))
