"""What somebody wants to be told by mail."""

from __future__ import annotations

from collections.abc import Collection

from django.core.signing import BadSignature, Signer
from django.db import transaction

from fleet.errors import Invalid
from fleet.models import UnwantedNews, User
from fleet.services.digests.news import KINDS, Kind

_SALT = "fleet.digest.stop"


def offered(user: User) -> list[Kind]:
    """The kinds of news that this person's roles bring."""
    return [kind for kind in KINDS.values() if user.access.may_any(kind.permissions)]


def wanted(user: User) -> set[str]:
    unwanted = set(user.unwanted_news.values_list("kind", flat=True))
    return {kind.key for kind in offered(user)} - unwanted


@transaction.atomic
def choose(*, user: User, kinds: Collection[str]) -> None:
    """From now on these kinds and no other of those offered. Raises Invalid (field `kinds`)."""
    keys = {kind.key for kind in offered(user)}
    if unknown := sorted(set(kinds) - keys):
        raise Invalid(f"Choose among {', '.join(sorted(keys))}: {unknown[0]} is none of them", field="kinds")
    UnwantedNews.objects.filter(user=user, kind__in=kinds).delete()
    rows = [UnwantedNews(user=user, kind=key) for key in sorted(keys - set(kinds))]
    UnwantedNews.objects.bulk_create(rows, ignore_conflicts=True)


def stop_all(user: User) -> None:
    """No digest any more, of whatever kind there is today."""
    rows = [UnwantedNews(user=user, kind=key) for key in KINDS]
    UnwantedNews.objects.bulk_create(rows, ignore_conflicts=True)


def stop_token(user_id: int) -> str:
    """What the link in a mail carries: it stops that account's digests and opens nothing else."""
    return Signer(salt=_SALT).sign(str(user_id))


def user_of(token: str) -> User | None:
    try:
        key = int(Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
    return User.objects.filter(pk=key, is_active=True).first()
