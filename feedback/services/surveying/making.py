"""Making a survey: what it asks and whom, until it is opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from feedback.models import Question, Survey
from feedback.questionnaires import Asked
from feedback.vocabulary import SMALLEST_GROUP, Audience, QuestionKind, SurveyState
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Organisation, Site, User

PERMISSION = "surveys.manage"
CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


def check_manages(by: User, survey: Survey) -> None:
    """Raises Forbidden."""
    if not by.access.may_change(PERMISSION, organisation_id=survey.organisation_id, site_id=survey.site_id):
        raise Forbidden("Your roles do not let you manage this survey.")


@transaction.atomic
def make_survey(
    *,
    organisation: Organisation,
    by: User,
    title: str,
    introduction: str = "",
    is_anonymous: bool = True,
    audience: str = Audience.EVERYBODY,
    site: Site | None = None,
    sample_size: int | None = None,
    opens_on: dt.date | None = None,
    closes_on: dt.date | None = None,
    purpose: str = "",
    questions: Iterable[Asked] = (),
) -> Survey:
    """A draft. Raises Forbidden, and Invalid with the field."""
    survey = Survey(
        organisation=organisation,
        title=title,
        introduction=introduction,
        is_anonymous=is_anonymous,
        audience=audience,
        site=site,
        sample_size=sample_size,
        opens_on=opens_on,
        closes_on=closes_on,
        purpose=purpose,
        made_by=by,
    )
    save_survey(survey=survey, by=by)
    write_questions(survey=survey, by=by, questions=questions)
    return survey


@transaction.atomic
def save_survey(*, survey: Survey, by: User) -> None:
    """Saves a draft, without what its audience does not need.

    Raises Forbidden, Conflict once it was opened, and Invalid with the field.
    """
    if survey.audience not in (Audience.SITE, Audience.SAMPLE):
        survey.site = None
    if survey.audience != Audience.SAMPLE:
        survey.sample_size = None
    check_manages(by, survey)
    _check_audience(survey)
    check_days(survey)
    if survey.pk:
        lock_draft(survey)
    survey.save()


def _check_audience(survey: Survey) -> None:
    if survey.audience == Audience.SITE and survey.site is None:
        raise Invalid("Select the site whose people are asked", field="site")
    if survey.site and survey.site.organisation_id != survey.organisation_id:
        raise Invalid(f"Choose a site of {survey.organisation}", field="site")
    fewest = SMALLEST_GROUP if survey.is_anonymous else 1
    if survey.audience == Audience.SAMPLE and (survey.sample_size or 0) < fewest:
        raise Invalid(f"How many must be {fewest} or more", field="sample_size")


def check_days(survey: Survey) -> None:
    """Raises Invalid (field `closes_on`)."""
    first = max(survey.opens_on or timezone.localdate(), timezone.localdate())
    if survey.closes_on and survey.closes_on < first:
        raise Invalid("The last day must be today or later, and not before it opens", field="closes_on")


def lock_draft(survey: Survey) -> None:
    """Nobody opens the survey meanwhile. Raises Conflict."""
    if not Survey.objects.select_for_update().filter(pk=survey.pk, state=SurveyState.DRAFT).exists():
        raise Conflict("This survey was opened: what it asks stays as it is. Repeat it to ask otherwise.")


@transaction.atomic
def remove_survey(*, survey: Survey, by: User) -> None:
    """Raises Forbidden, and Conflict once it was opened."""
    check_manages(by, survey)
    lock_draft(survey)
    survey.delete()


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


@transaction.atomic
def repeat(*, survey: Survey, by: User, closes_on: dt.date, opens_on: dt.date | None = None) -> Survey:
    """The next wave as a draft: the same questions, whose results are charted together.

    Raises Forbidden, Invalid (field `closes_on`), and Conflict while a wave is a draft or open, and for
    people who were named: who names them asks again.
    """
    check_manages(by, survey)
    Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.audience == Audience.NAMED:
        raise Conflict("The people of this survey are named elsewhere. Ask them again from there.")
    if Survey.objects.filter(series=survey.series).exclude(state=SurveyState.CLOSED).exists():
        raise Conflict("Another wave of this survey is not closed yet. Close or remove that one first.")
    wave = Survey(
        series=survey.series,
        opens_on=opens_on,
        closes_on=closes_on,
        made_by=by,
        **{name: getattr(survey, name) for name in COPIED},
    )
    save_survey(survey=wave, by=by)
    write_questions(survey=wave, by=by, questions=[_asked(one) for one in survey.questions.all()])
    return wave


COPIED = (
    *("organisation", "title", "introduction", "is_anonymous"),
    *("audience", "site", "sample_size", "purpose"),
)


def _asked(question: Question) -> Asked:
    return Asked(
        text=question.text,
        kind=question.kind,
        options=tuple(question.options),
        scale_to=question.scale_to,
        lowest=question.lowest,
        highest=question.highest,
        is_required=question.is_required,
        key=question.key,
    )
