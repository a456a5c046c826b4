"""Answering, once each: that somebody has answered, and what they did, are rows with nothing in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from feedback.models import Answer, Invitee, Question, Sheet
from feedback.vocabulary import ANONYMOUS_AMONG, InviteeState, QuestionKind
from fleet.errors import Conflict, Invalid

GONE = "This survey was answered or declined already, or it is over."
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answers to one question: indexes of options, a number of the scale, or a text."""

    options: tuple[int, ...] = ()
    number: int | None = None
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.options) or self.number is not None or bool(self.text.strip())


def name_of(question: Question) -> str:
    """What the field of a question is called."""
    return f"question_{question.pk}"


@transaction.atomic
def answer(*, invitee: Invitee, given: Mapping[int, Given]) -> None:
    """Fills one sheet with what was given, by the question's key.

    Raises Conflict where they have answered or declined, or cannot any more, and Invalid with the field.
    """
    survey = invitee.survey
    filled = list(_checked(list(survey.questions.all()), given))
    if not filled:
        raise Invalid("Answer at least one question, or say that you would rather not answer")
    known = None if survey.is_anonymous else timezone.now()
    _leave(invitee, InviteeState.ANSWERED, answered_at=known)
    sheet = Sheet.objects.create(
        survey=survey,
        invitee=None if survey.is_anonymous else invitee,
        filled_at=known,
        site_id=_site_of(invitee),
    )
    Answer.objects.bulk_create(
        Answer(sheet=sheet, question=question, options=sorted(one.options), number=one.number, text=one.text)
        for question, one in filled
    )


@transaction.atomic
def decline(*, invitee: Invitee) -> None:
    """Raises Conflict where they have answered or declined, or cannot any more."""
    _leave(invitee, InviteeState.DECLINED)


def _leave(invitee: Invitee, state: str, **more: object) -> None:
    if not Invitee.objects.waiting().filter(pk=invitee.pk).update(state=state, **more):
        raise Conflict(GONE)


def _site_of(invitee: Invitee) -> int | None:
    """Where the person works; of an anonymous sheet, only where enough people of that site were asked."""
    site_id = invitee.staff_member.site_id if invitee.staff_member else None
    if site_id is None or not invitee.survey.is_anonymous:
        return site_id
    there = invitee.survey.invitees.filter(staff_member__site=site_id)
    return site_id if len(there[:ANONYMOUS_AMONG].values_list("pk")) == ANONYMOUS_AMONG else None


def _checked(questions: list[Question], given: Mapping[int, Given]) -> Iterator[tuple[Question, Given]]:
    """What was answered of the questions. Raises Invalid with the field."""
    if strange := set(given) - {question.pk for question in questions}:
        raise Invalid(f"There is no question {min(strange)} in this survey", field="answers")
    for question in questions:
        one = given.get(question.pk, Given())
        if one:
            _check(question, one)
            yield question, one
        elif question.is_required:
            raise Invalid(f"Answer “{question.text}”", field=name_of(question))


def _check(question: Question, one: Given) -> None:
    kind, field = question.kind, name_of(question)
    is_choice = kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
    strange = [at for at in one.options if not 0 <= at < len(question.options)]
    if bool(one.options) != is_choice or strange or len(set(one.options)) < len(one.options):
        raise Invalid(f"Choose from the answers to “{question.text}”", field=field)
    if kind == QuestionKind.SINGLE and len(one.options) > 1:
        raise Invalid(f"Choose one answer to “{question.text}”", field=field)
    scale = range(1, question.scale_to + 1) if kind == QuestionKind.SCALE else (None,)
    if one.number not in scale:
        raise Invalid(f"Choose a number from 1 to {question.scale_to} for “{question.text}”", field=field)
    if len(one.text) > LONGEST or (kind != QuestionKind.TEXT and one.text):
        raise Invalid(f"Write at most {LONGEST:,} letters to “{question.text}”", field=field)
