"""Who says something, as far as readers and the database may know it."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feedback.vocabulary import ShownAs


def unordered_id() -> int:
    """A key of twelve digits that does not tell what was said before and after."""
    return 10**11 + secrets.randbelow(9 * 10**11)


def unordered_ids(count: int) -> list[int]:
    """So many of them, ascending: of rows that are brought in together and hide nobody."""
    found: set[int] = set()
    while len(found) < count:
        found.add(unordered_id())
    return sorted(found)


def is_day(at: dt.datetime) -> bool:
    """Whether a moment stands for its day: anonymous ones do, and those that a file dates without a time."""
    return timezone.localtime(at).time() == dt.time()


class Said(models.Model):
    """Something that somebody says: a post, or that a problem is theirs too.

    Of whoever speaks anonymously, `author` is empty and `author_key` stands in its place: a keyed digest of
    the account (`feedback.services.anonymity`), by which its owner finds it again and nobody else can; and
    the moment is a day's beginning. `author_name` and `author_role` are of people who have no account here:
    what was said elsewhere and brought in.
    """

    id = models.BigIntegerField(primary_key=True, default=unordered_id, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_key = models.BinaryField(max_length=32, null=True, blank=True)
    shown_as = models.CharField("shown", max_length=10, choices=ShownAs, default=ShownAs.NAME)
    author_name = models.CharField(max_length=200, blank=True)
    author_role = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def is_by(self, user: Any, keys: tuple[bytes, ...]) -> bool:
        """Whether this account said it; `keys` are its own (`anonymity.keys_of`)."""
        if self.author_key is not None:
            return bytes(self.author_key) in keys
        return self.author_id is not None and self.author_id == user.pk


def nobody_behind_anonymous(name: str) -> models.CheckConstraint:
    """An anonymous row names nobody, whoever writes it."""
    anonymous = Q(shown_as=ShownAs.ANONYMOUS, author__isnull=True, author_name="", author_role="")
    named = Q(author_key__isnull=True) & Q(shown_as__in=[ShownAs.NAME, ShownAs.ROLE])
    return models.CheckConstraint(condition=anonymous | named, name=name)
