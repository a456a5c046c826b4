"""The mail with one's own link: it needs no account, its secret is in no log, and it is sent once."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from feedback.models import Invitee, Sheet, Survey
from feedback.questionnaires import questionnaire_of
from feedback.services.surveying.making import make_survey
from feedback.services.surveying.opening import open_survey
from feedback.services.surveying.telling import remind
from feedback.tasks import mail_survey, tend_surveys
from feedback.vocabulary import InviteeState
from fleet.errors import Conflict
from fleet.models import Organisation, User
from tests.factories import StaffMemberFactory

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/feedback/surveys/link/([\w-]{43})/")


@pytest.fixture
def survey(department: Organisation, technology_lead: User) -> Survey:
    """Opened to five with an address and one without."""
    StaffMemberFactory.create_batch(5, organisation=department)
    StaffMemberFactory(organisation=department, email="")
    begun = questionnaire_of("improve")
    survey = make_survey(
        organisation=department,
        by=technology_lead,
        title=begun.title,
        closes_on=timezone.localdate() + timedelta(days=9),
        questions=begun.questions,
    )
    open_survey(survey=survey, by=technology_lead)
    return survey


def test_somebody_without_an_account_answers_by_the_link(survey: Survey, mailoutbox: Any) -> None:
    mail_survey(survey.pk)
    mail_survey(survey.pk)
    assert len(mailoutbox) == 5
    found = LINK.search(mailoutbox[0].body)
    assert found
    assert not Invitee.objects.filter(token_digest__contains=found[1]).exists()
    client = Client()
    sheet = reverse("feedback:survey-answer", args=[survey.pk])
    assert client.get(sheet).headers["Location"].startswith(reverse("fleet:sign-in"))
    answer = client.get(found[0])
    assert answer.headers["Location"] == sheet
    assert answer.wsgi_request.path == "/feedback/surveys/link"
    assert found[1] not in answer.wsgi_request.META["PATH_INFO"]
    page = client.get(sheet).content.decode()
    assert "nobody can see what you answered" in page
    single = survey.questions.all()[0]
    assert client.post(sheet, {f"question_{single.pk}": "1"}, follow=True).status_code == 200
    assert "Everybody answers once" in client.get(sheet).content.decode()
    assert Sheet.objects.get().answers.get().options == [1]
    assert client.get(reverse("feedback:survey-detail", args=[survey.pk])).status_code == 302
    assert client.get(LINK.sub("/feedback/surveys/link/" + "x" * 43 + "/", found[0])).status_code == 404


def test_a_link_stays_the_same_when_it_is_mailed_again_with_another_key_in_force(
    survey: Survey, technology_lead: User, mailoutbox: Any, settings: Any
) -> None:
    mail_survey(survey.pk)
    Invitee.objects.exclude(told_at=None).update(told_at=timezone.now() - timedelta(days=1))
    links = {message.to[0]: LINK.search(message.body)[1] for message in mailoutbox}  # type: ignore[index]
    declined = survey.invitees.filter(told_at__isnull=False)[0]
    Invitee.objects.filter(pk=declined.pk).update(state=InviteeState.DECLINED)
    old = settings.SECRET_KEY
    with override_settings(
        SECRET_KEY="another-key-of-fifty-letters-or-more-to-please-the-checks", SECRET_KEY_FALLBACKS=[old]
    ):
        assert remind(survey=survey, by=technology_lead) == 4
        mail_survey(survey.pk)
        mail_survey(survey.pk)
    reminders = mailoutbox[5:]
    assert len(reminders) == 4
    assert all(message.subject.startswith("Still open: ") for message in reminders)
    assert all(LINK.search(message.body)[1] == links[message.to[0]] for message in reminders)  # type: ignore[index]
    with pytest.raises(Conflict, match="Once is enough"):
        remind(survey=survey, by=technology_lead)


def test_mail_waits_for_the_day_and_an_unknown_address_stops_nobody(
    survey: Survey, mailoutbox: Any, monkeypatch: Any
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    Survey.objects.update(opens_on=tomorrow)
    tend_surveys()
    mail_survey(survey.pk)
    assert not mailoutbox
    Survey.objects.update(opens_on=timezone.localdate())
    unknown = survey.invitees.exclude(staff_member__email="").order_by("pk")[0].staff_member
    assert unknown
    send = EmailBackend.send_messages

    def refuse(self: Any, messages: Any) -> Any:
        if unknown.email in messages[0].to:
            raise SMTPRecipientsRefused({unknown.email: (450, b"Later")})
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    mail_survey(survey.pk)
    assert len(mailoutbox) == 4
    assert survey.invitees.filter(told_at=None).count() == 2
