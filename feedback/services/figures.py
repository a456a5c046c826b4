"""Was it answered, and after how long: figures that an organisation publishes to its staff."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.utils import timezone

from feedback.models import Thread
from feedback.vocabulary import WORKING_DAY_MINUTES
from fleet.models import Organisation
from fleet.services.working_days import working_days_between


def days_to_answer(
    raised_at: dt.datetime | None, answered_at: dt.datetime | None, holidays: str
) -> int | None:
    """Working days; none where one of the two is not known, or the answer is dated before the question."""
    if raised_at is None or answered_at is None:
        return None
    first, last = timezone.localdate(raised_at), timezone.localdate(answered_at)
    return working_days_between(first, last, holidays) if first <= last else None


@dataclass(slots=True)
class Figures:
    """Of threads that stand: how many, how many have an official response, and after how many working days.

    `asked` is the query of their list, empty where there is none. `days` are of those alone whose two days
    are known. `people` and `minutes_a_year` are sums over threads.
    """

    name: str
    asked: str = ""
    threads: int = 0
    answered: int = 0
    people: int = 0
    minutes_a_year: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def never(self) -> int:
        return self.threads - self.answered

    @property
    def median_days(self) -> float | None:
        return median(self.days) if self.days else None

    @property
    def working_days_a_year(self) -> float:
        return self.minutes_a_year / WORKING_DAY_MINUTES

    def add(self, row: Any, holidays: str) -> None:
        self.threads += 1
        self.answered += row["is_answered"]
        self.people += row["people"]
        self.minutes_a_year += row["minutes_a_year"]
        days = days_to_answer(row["raised_at"], row["answered_at"], holidays)
        if days is not None:
            self.days.append(days)


@dataclass(frozen=True, slots=True)
class Published:
    """All together, and by topic, what hurts most first, and by month raised, the latest first."""

    whole: Figures
    by_topic: list[Figures]
    by_month: list[Figures]


FIELDS = ("topic", "topic__name", "is_answered", "raised_at", "answered_at", "people", "minutes_a_year")


def published(organisation: Organisation) -> Published:
    """One query; about all standing threads of the organisation, whoever asks."""
    rows = Thread.objects.standing().filter(organisation=organisation).order_by().values(*FIELDS)
    there = f"organisation={organisation.code}&is_hidden=false"
    whole = Figures("All threads", there)
    topics: dict[int | None, Figures] = {}
    months: dict[dt.date | None, Figures] = defaultdict(lambda: Figures(""))
    for row in rows.iterator(chunk_size=5000):
        asked = f"{there}&topic={row['topic'] or 'null'}"
        topic = topics.setdefault(row["topic"], Figures(row["topic__name"] or "No topic", asked))
        for figures in (whole, topic, months[_month(row["raised_at"])]):
            figures.add(row, organisation.bank_holidays)
    for month, figures in months.items():
        figures.name = f"{month:%B %Y}" if month else "Not known"
        figures.asked = f"{there}&raised_from={month}&raised_until={_last_day(month)}" if month else ""
    latest = sorted((month for month in months if month), reverse=True)
    return Published(whole, _worst_first(topics.values()), [months[one] for one in (*latest, *_none(months))])


def _month(at: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(at).replace(day=1) if at else None


def _last_day(month: dt.date) -> dt.date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _none(months: dict[dt.date | None, Figures]) -> list[None]:
    return [None] if None in months else []


def _worst_first(found: Iterable[Figures]) -> list[Figures]:
    """By working days lost, then by people, then by threads."""
    return sorted(found, key=lambda one: (-one.minutes_a_year, -one.people, -one.threads, one.name))
