"""Every page of surveys passes axe, holds on a narrow screen and needs no script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from feedback.models import Question, Survey
from feedback.vocabulary import QuestionKind
from fleet.models import Organisation, User
from tests.browser import check_page
from tests.factories import SiteFactory, StaffMemberFactory
from tests.feedback.factories import (
    AnswerFactory,
    GatheringFactory,
    InviteeFactory,
    QuestionFactory,
    SheetFactory,
    SignUpFactory,
    SurveyFactory,
    ThreadFactory,
)


def asked(survey: Survey) -> list[Question]:
    """One question of each kind, the same in each wave."""
    more: tuple[dict[str, str], ...] = ({}, {}, {"lowest": "I disagree", "highest": "I agree"}, {})
    return [
        QuestionFactory(
            survey=survey,
            number=number,
            kind=kind,
            key=f"00000000-0000-4000-8000-00000000000{number}",
            options=("Faster", "Newer") if kind in ("single", "multiple") else (),
            **fields,
        )
        for number, (kind, fields) in enumerate(zip(QuestionKind.values, more, strict=True))
    ]


def closed(department: Organisation, series: str, days: int) -> Survey:
    """A wave that ended so many days ago, with answers from two sites."""
    end = timezone.localdate() - timedelta(days=days)
    survey = SurveyFactory(
        organisation=department,
        series=series,
        state="closed",
        opens_on=end - timedelta(days=9),
        closes_on=end,
    )
    questions = asked(survey)
    for site in SiteFactory.create_batch(2, organisation=department):
        for number in range(1, 6):
            sheet = SheetFactory(survey=survey, site=site)
            InviteeFactory(survey=survey, staff_member=None, state="answered")
            given: list[dict[str, Any]] = [
                {"options": (0,)},
                {"options": (0, 1)},
                {"number": number},
                {"text": "Hm"},
            ]
            for question, answer in zip(questions, given, strict=True):
                AnswerFactory(sheet=sheet, question=question, **{"options": (), **answer})
    return survey


def test_pages_of_surveys_are_sound(
    page_of: Callable[[User], Page], technology_lead: User, department: Organisation
) -> None:
    page = page_of(technology_lead)
    lists = [reverse(f"feedback:{name}") for name in ("survey-list", "own-surveys")]
    for url in lists:
        check_page(page, url)
    person = StaffMemberFactory(organisation=department, user=technology_lead)
    opened = SurveyFactory(organisation=department, opened=True)
    asked(opened)
    InviteeFactory(survey=opened, staff_member=person)
    draft = SurveyFactory(organisation=department)
    question = asked(draft)[1]
    series = "00000000-0000-4000-8000-000000000009"
    closed(department, series, 200)
    last = closed(department, series, 20)
    answered = SurveyFactory(organisation=department, opened=True)
    InviteeFactory(survey=answered, staff_member=person, state="answered")
    urls = [
        *lists,
        reverse("feedback:survey-make"),
        f"{reverse('feedback:survey-make')}?from=pulse",
        *(
            reverse(f"feedback:survey-{name}", args=[draft.pk])
            for name in ("detail", "edit", "open", "remove")
        ),
        reverse("feedback:question-add", args=[draft.pk]),
        *(reverse(f"feedback:question-{name}", args=[question.pk]) for name in ("edit", "move", "remove")),
        *(reverse(f"feedback:survey-{name}", args=[opened.pk]) for name in ("detail", "remind", "close")),
        *(reverse(f"feedback:survey-{name}", args=[opened.pk]) for name in ("answer", "decline")),
        *(reverse(f"feedback:survey-{name}", args=[last.pk]) for name in ("detail", "repeat")),
        f"{reverse('feedback:survey-detail', args=[last.pk])}?site={last.sheets.all()[0].site_id}",
        reverse("feedback:survey-answer", args=[answered.pk]),
    ]
    for url in urls:
        check_page(page, url)


def test_pages_of_sessions_are_sound(
    page_of: Callable[[User], Page], technology_lead: User, department: Organisation
) -> None:
    page = page_of(technology_lead)
    sessions = reverse("feedback:gathering-list")
    check_page(page, sessions)
    ahead = GatheringFactory(organisation=department, about="Bring it along.", places=9)
    SignUpFactory(gathering=ahead, user=technology_lead)
    over = GatheringFactory(organisation=department, starts_at=timezone.now() - timedelta(days=1))
    over.threads.add(ThreadFactory(organisation=department))
    names = ("detail", "edit", "cancel", "sign-up", "withdraw")
    urls = [
        sessions,
        reverse("feedback:gathering-announce"),
        *(reverse(f"feedback:gathering-{name}", args=[ahead.pk]) for name in names),
        *(reverse(f"feedback:gathering-{name}", args=[over.pk]) for name in ("detail", "note")),
    ]
    for url in urls:
        check_page(page, url)
