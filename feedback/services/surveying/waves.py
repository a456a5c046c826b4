"""The waves of one survey held against one another, question by question."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.models import Question, Sheet, Survey
from feedback.services.surveying.results import Found, Share, Tally, found_of, tallied
from feedback.vocabulary import SMALLEST_GROUP, QuestionKind, SurveyState

MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Trend:
    """One answer to a question over the waves; None where a wave did not offer it or too few answered."""

    question: Question
    label: str
    shares: list[Share | None]


@dataclass(frozen=True, slots=True)
class Waves:
    surveys: list[Survey]
    trends: dict[int, list[Trend]]


def waves_of(survey: Survey) -> Waves:
    """Of the closed waves of its series, oldest first; by the keys of this survey's questions.

    Of a scale the share above its middle, of choices every answer. Two queries, and one for each wave.
    """
    waves = list(Survey.objects.filter(series=survey.series, state=SurveyState.CLOSED))
    waves.sort(key=lambda one: (one.opens_on is None, one.opens_on, one.pk))
    if len(waves) < 2:
        return Waves(waves, {})
    asked = Question.objects.filter(survey__in=waves)
    found: dict[tuple[int, object], Found] = {}
    tallies = {wave.pk: _tallied(wave) for wave in waves}
    for question in asked:
        tally = tallies[question.survey_id].get(question.pk, Tally())
        found[question.survey_id, question.key] = found_of(question, tally)
    own = [one for one in survey.questions.all() if one.kind != QuestionKind.TEXT]
    trends = {one.pk: _trends(one, [found.get((wave.pk, one.key)) for wave in waves]) for one in own}
    return Waves(waves, trends)


def _tallied(wave: Survey) -> dict[int, Tally]:
    sheets = Sheet.objects.filter(survey=wave)
    return tallied(sheets) if sheets.count() >= SMALLEST_GROUP else {}


def _trends(question: Question, found: list[Found | None]) -> list[Trend]:
    """Nothing where fewer than two waves can be told of this question."""
    same = [one if one and _is_same(question, one.question) else None for one in found]
    shares = [_shares(one) if one and not one.is_hidden else {} for one in same]
    if sum(bool(one) for one in shares) < 2:
        return []
    labels = list(dict.fromkeys(label for one in reversed(shares) for label in one))
    return [Trend(question, label, [one.get(label) for one in shares]) for label in labels]


def _is_same(question: Question, other: Question) -> bool:
    """Whether the answers can be compared."""
    return (question.kind, question.scale_to) == (other.kind, other.scale_to)


def _shares(found: Found) -> dict[str, Share]:
    if found.upper:
        return {found.upper.label: found.upper}
    return {share.label: share for share in found.shares}
