"""Panels that apps above hang on the pages of facts, which know nothing of those apps.

`register("device", tranche_panel)` in an AppConfig's `ready`. A panel is a function of the request
and the page's object that gives a template's name and its context, or None where it has nothing to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

PLACES = ("device", "model", "person", "site")
Panel = Callable[[HttpRequest, Any], tuple[str, dict[str, Any]] | None]

_panels: dict[str, list[Panel]] = defaultdict(list)


def register(place: str, panel: Panel) -> None:
    """Show `panel` on every page of a place.

    Raises ValueError for a place that is not in `PLACES`.
    """
    if place not in PLACES:
        raise ValueError(f"{place} is not one of {', '.join(PLACES)}")
    if panel not in _panels[place]:
        _panels[place].append(panel)


def rendered(place: str, request: HttpRequest, row: Any) -> list[SafeString]:
    """The panels of one page, in the order of their registration."""
    answers = [panel(request, row) for panel in _panels[place]]
    return [render_to_string(answer[0], answer[1], request) for answer in answers if answer]
