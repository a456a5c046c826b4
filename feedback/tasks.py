"""What feedback does by itself."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from feedback.models import Gathering, Survey
from feedback.services import escalating, forgetting, meeting, promising
from feedback.services.surveying.opening import close_what_is_over
from feedback.services.surveying.telling import mail_invitees
from fleet.history import acting
from fleet.tasks import mail_task, post_mail

# So that a large survey does not keep a worker from all else.
MAILS_AT_ONCE = 200


@shared_task(name="feedback.follow_commitments")
def follow_commitments() -> None:
    """Once a day, after the fleet was counted."""
    promising.follow_commitments(timezone.localdate())


@shared_task(name="feedback.escalate")
def escalate() -> None:
    """Once a day, before the digests go out."""
    with acting(channel="worker"):
        escalating.escalate(timezone.localdate())


@mail_task("feedback.mail_survey")
def mail_survey(survey_id: int, after: int = 0) -> None:
    """Mails whoever is due one; again, it mails nobody twice."""
    more = mail_invitees(survey_id, after=after, at_most=MAILS_AT_ONCE)
    if more is not None:
        post_mail(mail_survey, survey_id, more)


@shared_task(name="feedback.tend_surveys")
def tend_surveys() -> None:
    """Closes what is over, and sends the mails that are due: of surveys that open today, or were left."""
    today = timezone.localdate()
    close_what_is_over(today)
    for survey_id in Survey.objects.answerable_on(today).values_list("pk", flat=True):
        mail_survey.delay(survey_id)


@mail_task("feedback.mail_gathering")
def mail_gathering(sign_up_id: int) -> None:
    meeting.tell(sign_up_id)


def tell_those_coming(gathering: Gathering) -> None:
    """Mails everybody who signed up what the session is now, once that is committed."""
    for sign_up_id in gathering.sign_ups.values_list("pk", flat=True):
        post_mail(mail_gathering, sign_up_id)


@shared_task(name="feedback.keep_house")
def keep_house() -> None:
    """Once a day."""
    forgetting.forget_pictures()
