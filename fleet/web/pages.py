"""Cutting a list into pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


def page_of(rows: QuerySet[Any] | Sequence[Any], size: int, asked: str | None) -> Page[Any]:
    """The page that an address asks for; the nearest there is where it asks for one beyond the ends."""
    number = (asked or "").strip()
    is_before_the_first = number.startswith("-") or number.strip("0") == ""
    return Paginator(rows, size).get_page(1 if is_before_the_first else number)
