"""Counting related rows beside each row of a list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet[Any], **to_outer: Any) -> Coalesce:
    """How many of `rows` belong to the outer row: `count_of(Device.objects.all(), site=OuterRef("pk"))`.

    A subquery each, so that two counts on one list do not multiply each other.
    """
    matching = rows.order_by().filter(**to_outer).values(*to_outer)
    return Coalesce(Subquery(matching.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())
