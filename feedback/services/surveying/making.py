"""Making a survey: what it asks and whom, until it is opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from feedback.models import Survey
from feedback.questionnaires import Asked
from feedback.services.surveying.drafts import PERMISSION, check_manages, lock_draft
from feedback.services.surveying.questions import questions_of, write_questions
from feedback.vocabulary import SMALLEST_GROUP, Audience, SurveyState
from fleet.errors import Conflict, Invalid
from fleet.models import Organisation, Site, User

NOT_ALL = "Your role covers some sites only: ask everybody at one of them, or a sample of its people"
# What the next wave has of this one.
COPIED = (
    *("organisation", "title", "introduction", "is_anonymous"),
    *("audience", "site", "sample_size", "purpose"),
)


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
    _check_reach(survey, by)
    _check_audience(survey)
    check_days(survey)
    if survey.pk:
        lock_draft(survey)
    survey.save()


def _check_reach(survey: Survey, by: User) -> None:
    where = survey.organisation_id
    is_partial = where not in by.access.whole_organisation_ids(PERMISSION)
    if survey.site is None and is_partial and by.access.may(PERMISSION, organisation_id=where):
        raise Invalid(NOT_ALL, field="audience")
    check_manages(by, survey)


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


@transaction.atomic
def remove_survey(*, survey: Survey, by: User) -> None:
    """Raises Forbidden, and Conflict once it was opened."""
    check_manages(by, survey)
    lock_draft(survey)
    survey.delete()


@transaction.atomic
def repeat(*, survey: Survey, by: User, closes_on: dt.date, opens_on: dt.date | None = None) -> Survey:
    """The next wave as a draft: the same questions, whose results are charted together.

    Raises Forbidden, Invalid (field `closes_on`), and Conflict while a wave is a draft or open, and for
    people who were named: who names them asks again.
    """
    check_manages(by, survey)
    waves = Survey.objects.select_for_update().filter(series=survey.series)
    if survey.audience == Audience.NAMED:
        raise Conflict("The people of this survey are named elsewhere. Ask them again from there.")
    if any(one.state != SurveyState.CLOSED for one in waves):
        raise Conflict("Another wave of this survey is not closed yet. Close or remove that one first.")
    wave = Survey(
        series=survey.series,
        opens_on=opens_on,
        closes_on=closes_on,
        made_by=by,
        **{name: getattr(survey, name) for name in COPIED},
    )
    save_survey(survey=wave, by=by)
    write_questions(survey=wave, by=by, questions=questions_of(survey))
    return wave
