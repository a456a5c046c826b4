"""What is looked at before something is posted: that it can be read, and that it is not there already."""

from __future__ import annotations

import unicodedata

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from feedback.models import Post, Thread
from feedback.services.anonymity import keys_of
from feedback.vocabulary import ShownAs
from fleet.errors import Invalid
from fleet.models import Organisation, User


def check_readable(**words: str) -> None:
    """Raises Invalid for a field that holds nothing one can see."""
    for field, said in words.items():
        if all(unicodedata.category(one)[0] in "CZ" for one in said):
            raise Invalid("Enter words that people can read", field=field)


def sent_before(organisation: Organisation, by: User, shown_as: str, title: str, body: str) -> Thread | None:
    """The same thread of the same account on this day, as a form that is sent twice makes it.

    Of two that come at once the second waits; the lock is on the account's number alone and leaves no trace
    on its row.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('feedback.raise'), %s)", [by.pk])
    own = Q(author_key__in=keys_of(by)) if shown_as == ShownAs.ANONYMOUS else Q(author=by)
    same = Post.objects.filter(own, shown_as=shown_as, body=body, is_opening=True)
    said = Thread.objects.standing().filter(organisation=organisation, title=title, posts__in=same)
    return said.filter(raised_at__date=timezone.localdate()).first()
