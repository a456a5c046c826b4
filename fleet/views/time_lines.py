"""The history section of an object's page: one time line, narrowed by sort, page by page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from fleet.services.change_log import kind_of
from fleet.services.time_lines import PAGE, SORTS, Happening, sorts_of, time_line
from fleet.web.filters import address
from fleet.web.navigation import Link
from fleet.web.parts import Event
from fleet.web.requests import signed_in


def history_of(request: HttpRequest, row: Any) -> dict[str, Any]:
    """For `fleet/_time_line.html`: what `?history=` narrows and `?before=` continues.

    Raises Http404 for an address that leads to no page of it.
    """
    sort, sorts = request.GET.get("history", ""), sorts_of(row)
    if sort and sort not in sorts:
        raise Http404
    try:
        found = time_line(row, sort=sort, before=request.GET.get("before", ""))
    except ValueError as error:
        raise Http404 from error
    may_open = signed_in(request).access.may("mdm.view")
    return {
        "shows_changes": True,
        "history": [_event(one, row, may_open_deliveries=may_open) for one in found],
        "sort_links": [
            Link(
                title,
                address(request.GET, history=key, before=None) + "#changes",
                "page" if key == sort else "",
            )
            for key, title in (("", "Everything"), *((key, SORTS[key]) for key in sorts))
        ],
        "older_url": address(request.GET, before=found[-1].key) if len(found) == PAGE else "",
        "all_changes_url": f"{reverse('fleet:change-log')}?kind={kind_of(row)}&row={row.pk}",
    }


def _link(request: HttpRequest, sort: str, title: str, *, is_here: bool) -> Link:
    url = f"{address(request.GET, history=sort, before=None)}#changes"
    return Link(title, url, "page" if is_here else "")


def _event(one: Happening, row: Any, *, may_open_deliveries: bool) -> Event:
    detail: Any = one.detail
    if one.entry:
        told = {"entry": one.entry, "may_open_deliveries": may_open_deliveries}
        detail = render_to_string("fleet/_time_line_change.html", told)
    leads = one.url_name and one.about != row
    return Event(
        title=one.title,
        at=one.at,
        by=one.by,
        detail=detail,
        url=reverse(one.url_name, args=[one.about.pk]) if leads else "",
    )
