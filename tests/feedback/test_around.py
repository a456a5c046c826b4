"""What the rest of Tranche knows of feedback: Today, the change log, hand-overs, erasures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.decisions import feedback_decisions
from feedback.models import Answer, Gathering, Post, SignUp, Survey, Thread, Voice
from feedback.services.answering import set_status
from feedback.services.handing_over import (
    find_gatherings,
    find_surveys,
    find_threads,
    give_gatherings,
    give_surveys,
    give_threads,
)
from feedback.survey_decisions import survey_decisions
from feedback.vocabulary import ShownAs
from fleet.history import acting
from fleet.models import Organisation, User
from fleet.services.change_log import changes_of
from fleet.services.change_search import Asked, number
from fleet.services.erasure import erase_person
from fleet.services.handing_over import Handing
from tests.factories import StaffMemberFactory, UserFactory
from tests.feedback.conftest import Raised
from tests.feedback.factories import (
    AnswerFactory,
    FeedbackImportFactory,
    GatheringFactory,
    InviteeFactory,
    PostFactory,
    SheetFactory,
    SignUpFactory,
    SurveyFactory,
    ThreadFactory,
    VoiceFactory,
)

pytestmark = pytest.mark.django_db


def test_today_asks_leads_for_what_is_overdue_or_severe(
    department: Organisation, technology_lead: User, engineer: User, stranger: User
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    ThreadFactory(organisation=department, due_on=yesterday)
    ThreadFactory(organisation=department, due_on=yesterday, status="done")
    ThreadFactory(organisation=department, is_severe=True)
    FeedbackImportFactory(organisation=department, by=technology_lead)
    asked = [one.what for one in feedback_decisions(technology_lead)]
    assert asked == [
        "Answer 1 thread of feedback",
        "See to 1 severe thread of feedback",
        "Import or discard the comments of A public blog",
    ]
    assert list(feedback_decisions(engineer)) == list(feedback_decisions(stranger)) == []


def test_the_change_log_has_what_a_lead_did_and_not_who_spoke(
    client: Client, raised: Raised, technology_lead: User, staff_user: User
) -> None:
    thread = raised(shown_as=ShownAs.ANONYMOUS)
    with acting(channel="page", actor_id=technology_lead.pk):
        for before, after in (("open", "planned"), ("planned", "in_progress")):
            set_status(thread=thread, by=technology_lead, status=after, seen_status=before)
    client.force_login(technology_lead)
    shown = client.get(reverse("fleet:change-log"), {"kind": "threads"}).content.decode()
    assert "In progress" in shown
    assert list(changed_to(thread)) == [("Planned", "In progress"), ("Open", "Planned")]
    assert number(Asked(kind="threads"), by=technology_lead) == 2, "what it was before is no change"
    entries = shown.replace(f">{staff_user}</option>", "")  # whom one may filter by
    assert staff_user.email not in entries
    assert str(staff_user) not in entries
    assert client.get(reverse("fleet:change-log"), {"kind": "posts"}).status_code == 200


def changed_to(thread: Thread) -> Iterator[tuple[str, str]]:
    """The status before and after each change in the thread's log, newest first."""
    for entry in changes_of(thread):
        yield from ((one.before, one.after) for one in entry.changes if one.key == "status")


def test_an_owner_hands_over_their_threads(
    department: Organisation, technology_lead: User, it_manager: User
) -> None:
    thread = ThreadFactory(organisation=department, owner=technology_lead)
    ThreadFactory(organisation=department, owner=technology_lead, status="done")
    handing = Handing(technology_lead, it_manager, it_manager, {department.pk})
    [item] = find_threads(handing)
    assert item.what == thread.title
    give_threads(handing)
    assert Thread.objects.filter(owner=it_manager).count() == 1


def test_an_erased_person_is_named_nowhere(department: Organisation) -> None:
    person = StaffMemberFactory(
        organisation=department, name="Ada Byron", leaves_on=timezone.localdate() - timedelta(days=9)
    )
    thread = ThreadFactory(organisation=department, title="Ada Byron waits for a screen")
    PostFactory(thread=thread, author=None, author_name="Ada Byron", body="Ask ada byron. Not Adam Byronson.")
    VoiceFactory(thread=thread, author=None, author_name="Ada Byron")
    Thread.objects.filter(pk=thread.pk).update(title="Ada Byron still waits")
    erase_person(person=person, asked_by="person", reason="She asked for it", by=None)
    events: Any = Thread._meta.get_field("changes").related_model
    told = [
        *Thread.objects.values_list("title", flat=True),
        *events.objects.values_list("title", flat=True),
        *Post.objects.values_list("body", flat=True),
        *Post.objects.values_list("author_name", flat=True),
        *Voice.objects.values_list("author_name", flat=True),
    ]
    assert not [words for words in told if "ada byron" in words.lower()]
    assert "Adam Byronson" in Post.objects.get().body


def test_today_asks_for_an_answer_and_whoever_manages_to_remind_and_read(
    department: Organisation, technology_lead: User, it_manager: User, staff_user: User
) -> None:
    today = timezone.localdate()
    dates = {"opens_on": today - timedelta(days=9), "closes_on": today + timedelta(days=2)}
    survey = SurveyFactory(
        organisation=department, title="Pulse", state="open", made_by=technology_lead, **dates
    )
    InviteeFactory(survey=survey, staff_member=staff_user.staff_records.get())
    ended = {"state": "closed", "opens_on": today - timedelta(days=9), "closes_on": today - timedelta(days=1)}
    SurveyFactory(organisation=department, title="Last pulse", made_by=technology_lead, **ended)
    assert [one.what for one in survey_decisions(staff_user)] == ["Answer “Pulse”, or decline"]
    assert [one.what for one in survey_decisions(technology_lead)] == [
        "Read what “Last pulse” found",
        "Remind people of “Pulse”, or leave it",
    ]
    assert list(survey_decisions(it_manager)) == []


def test_a_survey_that_is_not_closed_and_a_session_to_come_are_handed_over(
    department: Organisation, technology_lead: User, it_manager: User
) -> None:
    SurveyFactory(organisation=department, title="Pulse", made_by=technology_lead)
    SurveyFactory(
        organisation=department,
        state="closed",
        made_by=technology_lead,
        opens_on="2026-01-01",
        closes_on="2026-01-02",
    )
    GatheringFactory(organisation=department, title="Surgery", led_by=technology_lead)
    handing = Handing(technology_lead, it_manager, it_manager, {department.pk})
    assert [item.what for item in (*find_surveys(handing), *find_gatherings(handing))] == ["Pulse", "Surgery"]
    give_surveys(handing)
    give_gatherings(handing)
    assert (Survey.objects.get(made_by=it_manager).title, Gathering.objects.get().led_by) == (
        "Pulse",
        it_manager,
    )


def test_an_erased_person_is_nobody_in_surveys_and_sessions(department: Organisation) -> None:
    user = UserFactory()
    person = StaffMemberFactory(
        organisation=department,
        name="Ada Byron",
        user=user,
        leaves_on=timezone.localdate() - timedelta(days=9),
    )
    survey = SurveyFactory(organisation=department, title="Ask Ada Byron", opened=True)
    invitee = InviteeFactory(survey=survey, staff_member=person)
    AnswerFactory(sheet=SheetFactory(survey=survey), options=(), text="Ada Byron helped.")
    SignUpFactory(gathering=GatheringFactory(organisation=department, about="With Ada Byron"), user=user)
    erase_person(person=person, asked_by="person", reason="She asked for it", by=None)
    invitee.refresh_from_db()
    assert invitee.staff_member is None
    assert not SignUp.objects.exists()
    told = [Survey.objects.get().title, Answer.objects.get().text, Gathering.objects.get().about]
    events: Any = Survey._meta.get_field("changes").related_model
    told += events.objects.values_list("title", flat=True)
    assert not [words for words in told if "Ada" in words]
