"""Pieces of SQL that the ORM cannot say."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

KEYS = range(BigIntegerField.MAX_BIGINT + 1)


def among(ids: Iterable[int]) -> RawSQL:
    """These ids as one parameter, for `__in`: a list would be prepared and parsed number by number.

    What is too large for a key is left out, as the ORM leaves it out of a comparison.
    """
    return RawSQL("SELECT unnest(%s::bigint[])", [f"{{{','.join(str(one) for one in ids if one in KEYS)}}}"])
