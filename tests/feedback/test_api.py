"""What the pages do, the API does, with the same words for what it refuses."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from feedback.models import Thread
from feedback.services.raising import reply
from feedback.vocabulary import ShownAs
from fleet.models import User
from tests.feedback.conftest import Raised
from tests.feedback.factories import TopicFactory

pytestmark = pytest.mark.django_db
THREADS = "/api/v1/feedback/threads/"


def as_user(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_a_thread_is_raised_joined_replied_to_and_answered(
    staff_user: User, engineer: User, technology_lead: User
) -> None:
    said = {"title": "Slow start", "body": "Nine minutes.", "frequency": "daily", "minutes_a_day": 9}
    raised = as_user(staff_user).post(THREADS, said).json()
    url = f"{THREADS}{raised['id']}/"
    assert (raised["people"], raised["people_with_minutes"]) == (1, 1)
    other = as_user(engineer)
    assert other.post(f"{url}join/", {}).json()["people"] == 2
    assert other.post(f"{url}join/", {}).status_code == 409
    assert other.get(f"{url}voice/").json() | {"minutes_a_day": 5} == {
        **{"has_voice": True, "is_author": False, "frequency": "", "minutes_a_day": 5}
    }
    assert other.post(f"{url}voice/", {"minutes_a_day": 5}).json()["errors"][0]["field"] == "frequency"
    told = other.post(f"{url}voice/", {"minutes_a_day": 5, "frequency": "weekly"}).json()
    assert told == other.get(f"{url}voice/").json()
    assert other.get(url).json()["people_with_minutes"] == 2
    assert other.post(f"{url}leave/", {}).json()["people"] == 1
    assert other.get(f"{url}voice/").json()["has_voice"] is False
    assert other.post(f"{url}voice/", {}).status_code == 409
    first = other.get(f"{url}posts/").json()["results"][0]
    below = other.post(f"{url}reply/", {"body": "Here too", "parent": first["id"], "shown_as": "role"}).json()
    assert (below["parent"], below["speaker"]) == (first["id"], "A member of staff")
    answer = {"body": "We are on it.", "status": "planned", "seen_status": "open"}
    assert other.post(f"{url}respond/", answer).status_code == 403
    lead = as_user(technology_lead)
    published = lead.post(f"{url}respond/", answer).json()
    assert (published["is_official"], published["speaker_role"]) == (True, "Technology lead")
    assert lead.post(f"{url}respond/", answer).status_code == 409
    found = other.get(url).json()
    assert (found["status"], found["is_answered"], found["answered_on"]) == (
        "planned",
        True,
        timezone.localdate().isoformat(),
    )


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"body": "x"}, "title"),
        ({"title": "x", "body": "x", "minutes_a_day": 9}, "frequency"),
        ({"title": "x", "body": "x", "minutes_a_day": 481, "frequency": "daily"}, "minutes_a_day"),
        ({"title": "x" * 151, "body": "x"}, "title"),
        ({"title": "x", "body": "x", "topic": 0}, "topic"),
    ],
    ids=["no title", "no frequency", "more than a day", "long title", "no topic"],
)
def test_what_cannot_be_taken_names_its_field(staff_user: User, sent: dict[str, Any], field: str) -> None:
    answer = as_user(staff_user).post(THREADS, sent)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert not Thread.objects.exists()


def test_nothing_tells_who_spoke_anonymously(
    raised: Raised, staff_user: User, engineer: User, technology_lead: User, auditor: User
) -> None:
    thread = raised(shown_as=ShownAs.ANONYMOUS)
    reply(thread=thread, by=staff_user, body="More", shown_as=ShownAs.ANONYMOUS)
    for reader in (engineer, technology_lead, auditor):
        client = as_user(reader)
        answers = [
            client.get(path) for path in (THREADS, f"{THREADS}{thread.pk}/", f"{THREADS}{thread.pk}/posts/")
        ]
        told = "".join(answer.content.decode() for answer in answers)
        assert all(answer.status_code == 200 for answer in answers)
        assert staff_user.email not in told
        assert str(staff_user) not in told
        assert "author" not in told


def test_a_commitments_parameters_are_those_of_its_measure(raised: Raised, technology_lead: User) -> None:
    thread, lead = raised(), as_user(technology_lead)
    topic = TopicFactory(organisation=thread.organisation, name="Chairs")
    Thread.objects.update(topic=topic)
    url = f"{THREADS}{thread.pk}/commit/"
    sent = {
        "text": "All of them are settled",
        "measure": "topic",
        "parameters": {"topic": str(topic.pk)},
        "target_percent": "100",
        "due_on": (timezone.localdate() + dt.timedelta(days=200)).isoformat(),
    }
    for wrong in ({"colour": "blue"}, {"topic": "0"}):
        answer = lead.post(url, sent | {"parameters": wrong}, format="json")
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "parameters")
    made = lead.post(url, sent, format="json").json()
    assert made["readings"] == [{"day": timezone.localdate().isoformat(), "part": 0, "whole": 1}]
    [listed] = lead.get("/api/v1/feedback/commitments/").json()["results"]
    assert listed == made
    assert lead.get("/api/v1/feedback/figures/").json()["whole"]["threads"] == 1
