"""The mails of a survey: to whoever is asked, and once more to those who have not answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import SMTPException
from typing import Any

from django.core.mail import get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from feedback.models import Invitee, Survey
from feedback.services.surveying.drafts import check_manages
from feedback.services.surveying.links import secret_for
from feedback.vocabulary import InviteeState
from fleet.errors import Conflict
from fleet.models import User
from fleet.models.tokens import token_digest
from fleet.services import mail

REFUSED = "SMTPRecipientsRefused"


def remind(*, survey: Survey, by: User) -> int:
    """Once a survey: whoever was told and has not answered is to be told again; how many.

    Raises Forbidden and Conflict.
    """
    check_manages(by, survey)
    if not survey.is_answerable():
        raise Conflict("Nobody can answer this survey today.")
    waiting = survey.invitees.filter(state=InviteeState.ASKED, told_at__isnull=False).count()
    if not waiting:
        raise Conflict("There is nobody to remind: all who were mailed have answered or declined.")
    if not Survey.objects.filter(pk=survey.pk, reminded_at=None).update(reminded_at=timezone.now()):
        raise Conflict("People were reminded already. Once is enough.")
    return waiting


def mail_invitees(survey_id: int, *, after: int, at_most: int) -> int | None:
    """Mails those of a survey who are due one, by their keys from `after` on.

    Gives where to go on, None at the end. Whom the mail server does not know is passed over. Raises
    MailNotSent where it is in other trouble.
    """
    due = Invitee.objects.to_mail().filter(survey=survey_id).order_by("pk")
    if not mail.is_sent() or not due.filter(pk__gt=after).exists():
        return None
    with _connected() as connection:
        for _ in range(at_most):
            with transaction.atomic():
                waiting = due.filter(pk__gt=after).select_for_update(of=("self",), skip_locked=True)
                invitee = waiting.first()
                if invitee is None:
                    return None
                after = invitee.pk
                _send(invitee, connection)
    return after


@contextmanager
def _connected() -> Iterator[Any]:
    """One connection for many mails. Raises MailNotSent."""
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        raise mail.MailNotSent(type(error).__name__) from None
    with connection:
        yield connection


def _send(invitee: Invitee, connection: Any) -> None:
    person, survey = invitee.staff_member, invitee.survey
    assert person is not None
    secret = secret_for(survey.pk, person.pk, digest=invitee.token_digest)
    invitee.token_digest = token_digest(secret)
    is_reminder = invitee.told_at is not None
    try:
        mail.send(
            "survey",
            to=person.email,
            organisation=survey.organisation,
            survey=survey,
            is_reminder=is_reminder,
            connection=connection,
            url=mail.address(reverse("feedback:survey-link", args=[secret])),
        )
    except mail.AddressRefused:
        pass  # It was tried, which is as much as telling them: it is not tried each hour.
    except mail.MailNotSent as error:
        if str(error) != REFUSED:
            raise
        return
    if is_reminder:
        invitee.reminded_at = timezone.now()
    else:
        invitee.told_at = timezone.now()
    invitee.save(update_fields=["token_digest", "told_at", "reminded_at"])
