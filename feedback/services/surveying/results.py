"""What a survey found: counts with their intervals, and nothing of groups so small that they tell who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from feedback.models import Answer, Question, Sheet, Survey
from feedback.services.surveying.by_site import AtSite, sites_of
from feedback.vocabulary import SMALLEST_GROUP, InviteeState, QuestionKind
from fleet.models import Site
from fleet.statistics import exact_interval


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the `n` who answered a question gave this answer."""

    label: str
    count: int
    n: int

    @property
    def percent(self) -> float:
        return 100 * self.count / self.n

    @property
    def low(self) -> float:
        """In per cent: the lower bound of the exact 95% interval."""
        return 100 * exact_interval(self.count, self.n)[0]

    @property
    def high(self) -> float:
        return 100 * exact_interval(self.count, self.n)[1]


@dataclass(slots=True)
class Tally:
    """What was answered to one question: how often each option and each number."""

    n: int = 0
    options: Counter[int] = field(default_factory=Counter)
    numbers: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Found:
    """The answers to one question, without shares where fewer than five gave one. `texts` are in no order."""

    question: Question
    n: int
    shares: list[Share] = field(default_factory=list)
    # Those above the middle of the scale.
    upper: Share | None = None
    mean: float | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def is_hidden(self) -> bool:
        return self.n < SMALLEST_GROUP and self.question.kind != QuestionKind.TEXT


@dataclass(frozen=True, slots=True)
class Response:
    """How many were asked, and what became of it. `waiting` can still answer; `expired` did not."""

    asked: int = 0
    answered: int = 0
    declined: int = 0
    waiting: int = 0
    expired: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """`sheets` is of the survey, or of the `site` that was asked for; with fewer than five there is no more.

    What was written is told of the whole survey alone.
    """

    response: Response
    sheets: int
    found: list[Found]
    sites: list[AtSite]

    @property
    def is_hidden(self) -> bool:
        return self.sheets < SMALLEST_GROUP


def response_of(survey: Survey) -> Response:
    counts = survey.invitees.order_by().values_list("state").annotate(n=Count("pk"))
    found: dict[str, int] = dict(counts)
    return Response(
        asked=sum(found.values()),
        answered=found.get(InviteeState.ANSWERED, 0),
        declined=found.get(InviteeState.DECLINED, 0),
        waiting=found.get(InviteeState.ASKED, 0),
        expired=found.get(InviteeState.EXPIRED, 0),
    )


def results_of(survey: Survey, *, site: Site | None = None) -> Results | None:
    """None before they may be shown, and for a site of which they are not."""
    if not survey.shows_results:
        return None
    sites = sites_of(survey)
    if site and site not in [one.site for one in sites]:
        return None
    sheets = Sheet.objects.filter(survey=survey, **({"site": site} if site else {}))
    count, questions = sheets.count(), list(survey.questions.all())
    if count < SMALLEST_GROUP:
        return Results(response_of(survey), count, [], [])
    tallies = tallied(sheets)
    written = [one.pk for one in questions if one.kind == QuestionKind.TEXT and site is None]
    texts = _texts(sheets, written)
    found = [found_of(one, tallies.get(one.pk, Tally()), texts.get(one.pk, [])) for one in questions]
    return Results(response_of(survey), count, found, sites)


def tallied(sheets: Any) -> dict[int, Tally]:
    """Of each question that was answered on these sheets; one query, whose rows are the different answers."""
    found: dict[int, Tally] = {}
    rows = Answer.objects.filter(sheet__in=sheets).order_by()
    for key, options, number, n in rows.values_list("question", "options", "number").annotate(Count("pk")):
        tally = found.setdefault(key, Tally())
        tally.n += n
        tally.options.update(dict.fromkeys(options, n))
        if number is not None:
            tally.numbers[number] += n
    return found


def _texts(sheets: Any, question_ids: Iterable[int]) -> dict[int, list[str]]:
    """In the order of their random keys, which is none."""
    found: dict[int, list[str]] = {}
    rows = Answer.objects.filter(sheet__in=sheets, question__in=list(question_ids)).order_by("pk")
    for key, text in rows.values_list("question", "text"):
        found.setdefault(key, []).append(text)
    return found


def found_of(question: Question, tally: Tally, texts: Iterable[str] = ()) -> Found:
    n = tally.n
    if question.kind == QuestionKind.TEXT or n < SMALLEST_GROUP:
        return Found(question, n, texts=list(texts))
    if question.kind != QuestionKind.SCALE:
        shares = [Share(label, tally.options[at], n) for at, label in enumerate(question.options)]
        return Found(question, n, shares)
    numbers = range(1, question.scale_to + 1)
    upper = [one for one in numbers if 2 * one > question.scale_to + 1]
    return Found(
        question,
        n,
        [Share(label_on_scale(question, one), tally.numbers[one], n) for one in numbers],
        Share(f"{upper[0]} or more", sum(tally.numbers[one] for one in upper), n),
        sum(one * count for one, count in tally.numbers.items()) / n,
    )


def label_on_scale(question: Question, number: int) -> str:
    words = {1: question.lowest, question.scale_to: question.highest}.get(number, "")
    return f"{number}: {words}" if words else str(number)
