"""Opening a survey to those who are asked, and closing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from random import SystemRandom

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from feedback.models import Invitee, Survey
from feedback.questionnaires import Asked
from feedback.services.surveying.drafts import check_manages, lock_draft
from feedback.services.surveying.links import digest_for
from feedback.services.surveying.making import check_days, make_survey
from feedback.services.surveying.questions import questions_of
from feedback.vocabulary import SMALLEST_GROUP, Audience, InviteeState, SurveyState
from fleet.errors import Conflict, Invalid
from fleet.history import acting
from fleet.models import Organisation, StaffMember, User

BATCH = 2_000


def people_of(survey: Survey) -> QuerySet[StaffMember]:
    """Those at work today whom the survey is for; a sample is drawn from them."""
    staff = StaffMember.objects.active_on(timezone.localdate()).filter(organisation=survey.organisation_id)
    return (staff.filter(site=survey.site_id) if survey.site_id else staff).order_by()


@transaction.atomic
def open_survey(*, survey: Survey, by: User) -> int:
    """Those who are asked from now on: everybody, or a sample drawn by lot; how many they are.

    They can answer from the day on which it opens. Raises Forbidden, Conflict, and Invalid with the field.
    """
    check_manages(by, survey)
    lock_draft(survey)
    survey.refresh_from_db()
    if survey.audience == Audience.NAMED:
        raise Conflict("The people of this survey are named elsewhere.")
    found = list(people_of(survey).values_list("pk", flat=True))
    if survey.audience == Audience.SAMPLE and survey.sample_size:
        found = SystemRandom().sample(found, min(survey.sample_size, len(found)))
    return _ask(survey, found)


@transaction.atomic
def survey_people(
    *,
    organisation: Organisation,
    by: User,
    staff: Iterable[StaffMember],
    title: str,
    closes_on: dt.date,
    questions: Sequence[Asked] = (),
    introduction: str = "",
    is_anonymous: bool = True,
    purpose: str = "",
    after: Survey | None = None,
) -> Survey:
    """Asks people whom an app above names, such as a tranche's or a trial's, from today on.

    `purpose` says for whom, in that app's words; `after` is the wave before, whose questions are asked again
    where none are given. Raises Forbidden, Conflict, and Invalid with the field.
    """
    if after is not None and not questions:
        questions = questions_of(after)
    survey = make_survey(
        organisation=organisation,
        by=by,
        title=title,
        introduction=introduction,
        is_anonymous=is_anonymous,
        audience=Audience.NAMED,
        closes_on=closes_on,
        purpose=purpose,
        questions=questions,
    )
    if after is not None:
        Survey.objects.filter(pk=survey.pk).update(series=after.series)
        survey.series = after.series
    named = {one.pk for one in staff if one.organisation_id == organisation.pk}
    _ask(survey, sorted(named))
    return survey


def _ask(survey: Survey, staff_ids: Sequence[int]) -> int:
    if not staff_ids:
        raise Conflict("There is nobody to ask.")
    if survey.is_anonymous and len(staff_ids) < SMALLEST_GROUP:
        raise Conflict(
            f"An anonymous survey takes {SMALLEST_GROUP} people or more, and there are {len(staff_ids)}: "
            "the answers of fewer could be told apart."
        )
    if not survey.questions.exists():
        raise Conflict("Add a question first.")
    if survey.closes_on is None:
        raise Invalid("Enter the last day on which people can answer", field="closes_on")
    check_days(survey)
    asked = [
        Invitee(survey=survey, staff_member_id=pk, token_digest=digest_for(survey.pk, pk)) for pk in staff_ids
    ]
    Invitee.objects.bulk_create(asked, batch_size=BATCH)
    survey.state = SurveyState.OPEN
    survey.opens_on = max(survey.opens_on or timezone.localdate(), timezone.localdate())
    survey.save(update_fields=["state", "opens_on"])
    return len(staff_ids)


@transaction.atomic
def close_survey(*, survey: Survey, by: User) -> None:
    """Before its last day. Raises Forbidden and Conflict."""
    check_manages(by, survey)
    _close(survey.pk)
    survey.refresh_from_db()


def close_what_is_over(today: dt.date) -> int:
    """Closes the surveys whose last day has passed; how many."""
    ended = list(Survey.objects.over_on(today).values_list("pk", flat=True))
    for survey_id in ended:
        with acting(channel="worker"), transaction.atomic():
            _close(survey_id)
    return len(ended)


def _close(survey_id: int) -> None:
    """Whoever has not answered is past answering; an anonymous survey forgets whom it asked."""
    closing = Survey.objects.filter(pk=survey_id, state=SurveyState.OPEN)
    if not closing.update(state=SurveyState.CLOSED):
        raise Conflict("This survey is not open.")
    asked = Invitee.objects.filter(survey=survey_id)
    asked.filter(state=InviteeState.ASKED).update(state=InviteeState.EXPIRED)
    asked.filter(survey__is_anonymous=True).update(staff_member=None, told_at=None, reminded_at=None)
