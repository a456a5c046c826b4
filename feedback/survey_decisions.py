"""What surveys ask of a person today: to answer one, to remind people, to read what was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from feedback.models import Invitee, Survey
from feedback.vocabulary import SurveyState
from fleet.models import User
from fleet.web import text
from fleet.web.decisions import Decision

# How long before its end people may be reminded, and how long after it the results are news.
NEARLY_OVER, NEWS = dt.timedelta(days=3), dt.timedelta(days=14)
MOST = 5
ANONYMOUS, NAMED = "Answers are anonymous.", "Answers are kept with your name."


def survey_decisions(user: User) -> Iterator[Decision]:
    """Two queries, and one more for those who manage surveys."""
    for invitee in Invitee.objects.of(user).waiting().select_related("survey__organisation")[:MOST]:
        survey = invitee.survey
        yield Decision(
            what=f"Answer “{survey.title}”, or decline",
            why=f"{survey.organisation} asks you. {ANONYMOUS if survey.is_anonymous else NAMED}",
            url=reverse("feedback:survey-answer", args=[survey.pk]),
            due_on=survey.closes_on,
        )
    if user.access.may("surveys.manage"):
        yield from _managed(user)


def _managed(user: User) -> Iterator[Decision]:
    today = timezone.localdate()
    near = Survey.objects.managed_by(user).filter(
        made_by=user, closes_on__range=(today - NEWS, today + NEARLY_OVER)
    )
    found: Any = near.exclude(state=SurveyState.DRAFT).with_response()
    for survey in found:
        url = reverse("feedback:survey-detail", args=[survey.pk])
        shares = text.share(survey.answered, survey.asked)
        if survey.state == SurveyState.CLOSED:
            yield Decision(f"Read what “{survey.title}” found", f"It is closed: {shares} answered.", url)
        elif survey.is_answerable() and not survey.reminded_at:
            yield Decision(
                f"Remind people of “{survey.title}”, or leave it",
                f"It ends soon, and {shares} have answered.",
                url,
                survey.closes_on,
            )
