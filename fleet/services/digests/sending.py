"""The mails of a day: every account in turn, what is new for it, and where the next worker goes on."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from fleet.models import Digest, UnwantedNews, User
from fleet.services import mail
from fleet.services.digests.choosing import stop_token
from fleet.services.digests.news import KINDS, Kind, News, Period

log = logging.getLogger(__name__)

# Accounts that are asked about together.
BATCH = 1000
# Lines of one kind in a mail; the rest is counted.
LINES = 15
# A mail that could not be sent for so long is let go: what it told is on the pages.
GIVE_UP_DAYS = 3
FRIDAY = 4

Parts = list[tuple[Kind, list[News]]]


def send_what_is_due(today: dt.date) -> None:
    """Goes on with digests that are not complete, the oldest first; on a weekday begins that of the day.

    Raises MailNotSent where the mail server is in trouble; the next call goes on from there.
    """
    if not mail.is_sent():
        return
    if today.weekday() <= FRIDAY:
        _begin(today)
    due = Digest.objects.filter(completed_at=None, day__gt=today - dt.timedelta(days=GIVE_UP_DAYS))
    for digest in due.order_by("day"):
        _send(digest)


def periods_now(today: dt.date) -> tuple[Period, Period]:
    """What the next digest will cover, daily and weekly, up to and with today: for showing it before."""
    since, week_since = _since(today)
    tomorrow = today + dt.timedelta(days=1)
    return Period(since, tomorrow), Period(week_since, tomorrow)


def news_of(user_ids: Collection[int], daily: Period, weekly: Period | None) -> dict[int, Parts]:
    """For each account that has any: the parts of its digest, without what it does not want."""
    unwanted = set(UnwantedNews.objects.filter(user__in=user_ids).values_list("user", "kind"))
    found: dict[int, Parts] = defaultdict(list)
    for kind in KINDS.values():
        if (period := weekly if kind.is_weekly else daily) is None:
            continue
        for user_id, lines in _by_account(kind.gather(period, user_ids)).items():
            if (user_id, kind.key) not in unwanted:
                found[user_id].append((kind, lines))
    return found


def _by_account(news: Iterable[News]) -> dict[int, list[News]]:
    lines: dict[int, list[News]] = defaultdict(list)
    for one in news:
        lines[one.user_id].append(one)
    return lines


def _begin(today: dt.date) -> None:
    """The row of today, once; the first digest of a week tells the week too."""
    since, week_since = _since(today)
    is_first = week_since <= today - dt.timedelta(days=today.weekday())
    Digest.objects.get_or_create(
        day=today, defaults={"since": since, "week_since": week_since if is_first else None}
    )


def _since(today: dt.date) -> tuple[dt.date, dt.date]:
    """From which days on a digest of today tells: where the last one ended, and the last with the week."""
    before = Digest.objects.filter(day__lt=today).order_by("-day")
    last, weekly = before.first(), before.filter(week_since__isnull=False).first()
    return (
        last.day if last else today - dt.timedelta(days=1),
        weekly.day if weekly else today - dt.timedelta(days=7),
    )


def _send(digest: Digest) -> None:
    daily = Period(digest.since, digest.day)
    weekly = Period(digest.week_since, digest.day) if digest.week_since else None
    with get_connection() as connection:
        for users in _batches(digest.sent_through):
            found = news_of([user.pk for user in users], daily, weekly)
            for user in users:
                if parts := found.get(user.pk):
                    _send_one(digest, user, parts, connection)
            Digest.objects.filter(pk=digest.pk, sent_through__lt=users[-1].pk).update(
                sent_through=users[-1].pk
            )
    Digest.objects.filter(pk=digest.pk).update(completed_at=timezone.now())


def _batches(after: int) -> Iterator[list[User]]:
    accounts = User.objects.filter(is_active=True).order_by("pk")
    while users := list(accounts.filter(pk__gt=after)[:BATCH]):
        yield users
        after = users[-1].pk


@transaction.atomic
def _send_one(digest: Digest, user: User, parts: Parts, connection: object) -> None:
    """Once, whoever else is at it: the row is held while the mail goes out, and then says so."""
    row = Digest.objects.select_for_update().get(pk=digest.pk)
    if row.sent_through >= user.pk:
        return
    outcome = "mailed"
    stop = mail.address(reverse("fleet:stop-mail", args=[stop_token(user.pk)]))
    try:
        mail.send(
            "digest",
            to=user.email,
            headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
            connection=connection,
            day=digest.day,
            parts=[(kind.title, _addressed(lines[:LINES]), len(lines[LINES:])) for kind, lines in parts],
            choose_url=mail.address(reverse("fleet:own-mail")),
            stop_url=stop,
        )
    except mail.AddressRefused:
        outcome = "refused"
        log.warning("The mail server refuses the address of account %s; its digest is not sent.", user.pk)
    Digest.objects.filter(pk=digest.pk).update(sent_through=user.pk, **{outcome: F(outcome) + 1})


def _addressed(lines: list[News]) -> list[tuple[str, str]]:
    return [(one.text, mail.address(one.path)) for one in lines]
