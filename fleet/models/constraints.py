"""Constraints that many tables share."""

from django.db import models
from django.db.models import Q


def one_of(field: str, choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """The column holds a word of its vocabulary, whoever writes it."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def in_order(first: str, second: str, *, name: str) -> models.CheckConstraint:
    """`second` is not before `first` where both are known."""
    known = Q(**{f"{second}__gte": models.F(first)})
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True}) | Q(**{f"{second}__isnull": True}) | known, name=name
    )
