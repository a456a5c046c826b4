"""What a survey asks: written while it is a draft, and asked again in its next wave."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from feedback.models import Question, Survey
from feedback.questionnaires import Asked
from feedback.services.surveying.drafts import check_manages, lock_draft
from feedback.vocabulary import QuestionKind
from fleet.errors import Conflict, Invalid
from fleet.models import User

CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
ASKED = ("text", "kind", "scale_to", "lowest", "highest", "is_required", "key")


@transaction.atomic
def write_questions(*, survey: Survey, by: User, questions: Iterable[Asked]) -> None:
    """These in place of those that a draft has. Raises Forbidden, Conflict, and Invalid with the field."""
    check_manages(by, survey)
    lock_draft(survey)
    survey.questions.all().delete()
    for number, asked in enumerate(questions, start=1):
        question = Question(survey=survey, number=number)
        _fill(question, asked)
        question.save()


@transaction.atomic
def save_question(*, question: Question, by: User) -> None:
    """A new one comes last. Raises Forbidden, Conflict, and Invalid with the field."""
    check_manages(by, question.survey)
    lock_draft(question.survey)
    check_question(question)
    if not question.pk:
        last = question.survey.questions.aggregate(last=Max("number"))["last"]
        question.number = (last or 0) + 1
    question.save()


@transaction.atomic
def remove_question(*, question: Question, by: User) -> None:
    """Raises Forbidden and Conflict."""
    check_manages(by, question.survey)
    lock_draft(question.survey)
    question.delete()


@transaction.atomic
def move_question(*, question: Question, by: User) -> None:
    """It changes places with the one before it. Raises Forbidden and Conflict."""
    check_manages(by, question.survey)
    lock_draft(question.survey)
    before = question.survey.questions.filter(number__lt=question.number).last()
    if before is None:
        raise Conflict("This question is the first.")
    before.number, question.number = question.number, before.number
    before.save()
    question.save()


def _fill(question: Question, asked: Asked) -> None:
    question.kind, question.text, question.options = asked.kind, asked.text, list(asked.options)
    question.scale_to, question.is_required = asked.scale_to, asked.is_required
    question.lowest, question.highest = asked.lowest, asked.highest
    if asked.key:
        question.key = asked.key
    check_question(question)


def check_question(question: Question) -> None:
    """Leaves out what its kind does not need. Raises Invalid with the field."""
    is_scale = question.kind == QuestionKind.SCALE
    if question.kind not in CHOICES:
        question.options = []
    elif len(question.options) < 2:
        raise Invalid("Give at least two answers to choose from, each on a line", field="options")
    elif len(set(question.options)) < len(question.options):
        raise Invalid("Two of the answers are the same. Take one out", field="options")
    if is_scale and not 3 <= question.scale_to <= 10:
        raise Invalid("The highest number of a scale must be between 3 and 10", field="scale_to")
    if not is_scale:
        question.scale_to, question.lowest, question.highest = 5, "", ""


def questions_of(survey: Survey) -> list[Asked]:
    """Its questions, to be asked again."""
    return [
        Asked(options=tuple(one.options), **{name: getattr(one, name) for name in ASKED})
        for one in survey.questions.all()
    ]
