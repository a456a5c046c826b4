"""Each list of feedback, and the page of a thread, takes as many queries for fifty rows as for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from feedback.models import Thread
from feedback.services.counting import recount
from fleet.models import Organisation, User
from tests.factories import DeviceFactory, SiteFactory, StaffMemberFactory, UserFactory
from tests.feedback.factories import (
    AnswerFactory,
    AttachmentFactory,
    CommitmentFactory,
    CommitmentReadingFactory,
    FeedbackImportFactory,
    GatheringFactory,
    InviteeFactory,
    PostFactory,
    QuestionFactory,
    QueueChangeFactory,
    SheetFactory,
    SignUpFactory,
    SurveyFactory,
    ThreadFactory,
    TopicFactory,
    VoiceFactory,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def thread(organisation: Organisation) -> Thread:
    topic = TopicFactory(organisation=organisation, name=f"Topic {UserFactory().pk}")
    row = ThreadFactory(organisation=organisation, topic=topic, owner=UserFactory())
    PostFactory(thread=row, is_opening=True)
    VoiceFactory(thread=row)
    recount([row.pk])
    CommitmentReadingFactory(commitment=CommitmentFactory(thread=row))
    QueueChangeFactory(organisation=organisation)
    FeedbackImportFactory(organisation=organisation, applied=True, by=UserFactory())
    SignUpFactory(gathering=GatheringFactory(organisation=organisation))
    survey = SurveyFactory(organisation=organisation, opened=True)
    QuestionFactory(survey=survey)
    InviteeFactory(survey=survey, staff_member=StaffMemberFactory(organisation=organisation))
    return row


def settled(organisation: Organisation) -> Thread:
    topic = TopicFactory(organisation=organisation)
    row = ThreadFactory(organisation=organisation, topic=topic, status="done")
    PostFactory(thread=row, is_opening=True)
    PostFactory(thread=row, official=True)
    CommitmentFactory(thread=row, kept=True)
    return row


LISTS = (
    "settled-list",
    "thread-list",
    "queue",
    "queue-change-list",
    "commitment-list",
    "topic-list",
    "import-list",
    "survey-list",
    "gathering-list",
)
PAGES = [f"feedback:{name}" for name in LISTS]
API = [
    "api-settled-list",
    "api-thread-list",
    "api-commitment-list",
    "api-topic-list",
    "api-survey-list",
    "api-gathering-list",
    "api-feedback-figures",
]
FIGURES = ["feedback:figures", "feedback:pain"]


@pytest.mark.parametrize("name", [*PAGES, *FIGURES, *API, "api-feedback-pain"])
def test_a_list_takes_the_same_queries_for_fifty_rows(
    name: str, department: Organisation, technology_lead: User
) -> None:
    page, api = Client(), APIClient()
    page.force_login(technology_lead)
    api.force_authenticate(technology_lead)
    client = api if name.startswith("api-") else page
    add = settled if "settled" in name else thread
    add(department)
    one = queries_of(client, reverse(name))
    for _ in range(49):
        add(department)
    assert queries_of(client, reverse(name)) == one


@pytest.mark.parametrize("by", ["model", "system", "site", "work_style"])
def test_pain_by_facts_takes_the_same_queries_for_twenty_groups(
    by: str, department: Organisation, technology_lead: User, client_of: Callable[[User], Client]
) -> None:
    client, url = client_of(technology_lead), f"{reverse('feedback:pain')}?by={by}"

    def grow() -> None:
        person = StaffMemberFactory(organisation=department, work_style="mobile")
        device = DeviceFactory(organisation=department, os_version=f"1.{person.pk}")
        facts = {"device_model": device.model, "platform": device.platform, "os_version": device.os_version}
        where = {"site": device.site, "staff_member": person}
        VoiceFactory.create_batch(5, thread=ThreadFactory(organisation=department), **facts, **where)

    grow()
    one = queries_of(client, url)
    for _ in range(19):
        grow()
    assert queries_of(client, url) == one


def test_mine_and_the_page_of_a_thread(
    department: Organisation, technology_lead: User, client_of: Callable[[User], Client]
) -> None:
    client, row = client_of(technology_lead), thread(department)
    VoiceFactory(thread=row, author=technology_lead)
    urls = (reverse("feedback:thread-detail", args=[row.pk]), reverse("feedback:own-threads"))

    def grow() -> None:
        author = UserFactory()
        StaffMemberFactory(organisation=department, user=author)
        AttachmentFactory(post=PostFactory(thread=row, author=author, parent=row.opening))
        VoiceFactory(thread=row, author=author)
        VoiceFactory(thread=thread(department), author=technology_lead)

    grow()
    one = [queries_of(client, url) for url in urls]
    for _ in range(20):
        grow()
    assert [queries_of(client, url) for url in urls] == one


def test_surveys_for_me_and_the_page_of_a_survey(
    department: Organisation, technology_lead: User, client_of: Callable[[User], Client]
) -> None:
    """Its sheets and sites may grow, its questions too."""
    client = client_of(technology_lead)
    me = StaffMemberFactory(organisation=department, user=technology_lead)
    survey = SurveyFactory(organisation=department, opened=True, state="closed")
    urls = (reverse("feedback:survey-detail", args=[survey.pk]), reverse("feedback:own-surveys"))

    def grow() -> None:
        InviteeFactory(survey=SurveyFactory(organisation=department, opened=True), staff_member=me)
        question = QuestionFactory(survey=survey)
        site = SiteFactory(organisation=department)
        for _ in range(5):
            AnswerFactory(question=question, sheet=SheetFactory(survey=survey, site=site))

    grow()
    grow()
    few = [queries_of(client, url) for url in urls]
    for _ in range(8):
        grow()
    assert [queries_of(client, url) for url in urls] == few
