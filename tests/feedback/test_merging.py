"""A moderator merges a thread into any that stands, found by words; lists, search and API agree on it."""

from __future__ import annotations

import csv
import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from feedback.models import Thread
from feedback.services.answering import respond
from feedback.services.merging import merge
from feedback.services.moderating import hide_thread
from feedback.services.raising import join_thread
from fleet.models import Organisation, User
from tests.feedback.conftest import Raised
from tests.feedback.factories import ThreadFactory

pytestmark = pytest.mark.django_db
API = "/api/v1/feedback/threads/"


def rows(client: Client, name: str, **asked: str) -> list[dict[str, str]]:
    answer: Any = client.get(reverse(f"feedback:{name}"), {"format": "csv", **asked})
    return list(csv.DictReader(answer.getvalue().decode().splitlines()))


def test_a_moderator_merges_a_new_thread_into_one_that_is_done_and_takes_it_back(
    client: Client,
    raised: Raised,
    coordinator: User,
    engineer: User,
    technology_lead: User,
    council: Organisation,
) -> None:
    done = raised(title="Nine minutes to the first keystroke", by=engineer)
    respond(thread=done, by=technology_lead, body="It is mended.", status="done", seen_status="open")
    new = raised(title="Mornings are slow")
    ThreadFactory(organisation=council, title="Keystroke by keystroke")
    url = reverse("feedback:thread-merge", args=[new.pk])
    client.force_login(engineer)
    assert client.get(url).status_code == 404
    client.force_login(coordinator)  # moderates, and does not answer
    assert "No other thread has any of these words" in client.get(url, {"q": "hovercraft"}).content.decode()
    page = client.get(url, {"q": "keystroke"}).content.decode()
    assert "Nine minutes to the first keystroke (1 person affected, done)" in page
    assert "Keystroke by keystroke" not in page
    assert "Select the thread that this one repeats" in client.post(url, {}).content.decode()
    client.post(url, {"into": done.pk})
    new.refresh_from_db()
    done.refresh_from_db()
    assert (new.merged_into, new.status, done.people, done.status) == (done, "duplicate", 2, "done")
    client.force_login(technology_lead)
    shown = client.get(reverse("feedback:thread-detail", args=[new.pk])).content.decode()
    assert "Take the merge back" in shown
    client.post(reverse("feedback:thread-unmerge", args=[new.pk]))
    done.refresh_from_db()
    assert (Thread.objects.get(pk=new.pk).merged_into, done.people) == (None, 1)


def test_the_api_merges_and_parts_and_says_what_it_refuses(
    raised: Raised, coordinator: User, engineer: User, technology_lead: User, council: Organisation
) -> None:
    kept, twin, hidden = raised(title="One"), raised(title="Two"), raised(title="Three")
    hide_thread(thread=hidden, by=technology_lead, because="It names a person.")
    api = APIClient()
    api.force_authenticate(coordinator)  # moderates, and does not answer

    def merged_into(thread: Thread) -> int:
        return api.post(f"{API}merge/", {"threads": [twin.pk], "into": thread.pk}).status_code

    for into in (twin, hidden, ThreadFactory(organisation=council)):
        assert merged_into(into) in (400, 409), into
    assert merged_into(kept) == 200
    twin.refresh_from_db()
    assert (twin.status, twin.merged_into) == ("duplicate", kept)
    assert merged_into(kept) == 409
    parted = api.post(f"{API}{twin.pk}/unmerge/").json()
    assert (parted["status"], parted["merged_into"]) == ("open", None)
    assert api.post(f"{API}{twin.pk}/unmerge/").status_code == 409
    api.force_authenticate(engineer)
    assert merged_into(kept) == 403


def test_lists_and_api_agree_on_duplicates_and_own_threads(
    client: Client, raised: Raised, staff_user: User, engineer: User, technology_lead: User
) -> None:
    kept = raised(title="Nine minutes to start", by=engineer, minutes_a_day=30, frequency="daily")
    twin = raised(title="My computer dawdles", body="Like a snail.")
    secret = raised(title="A snail named Percy", by=engineer)
    merge(thread_ids=[twin.pk, secret.pk], into=kept, by=technology_lead)
    Thread.objects.filter(pk=secret.pk).update(hidden_at=timezone.now(), hidden_because="It names a person.")
    api = APIClient()
    api.force_authenticate(staff_user)
    client.force_login(staff_user)
    for asked, found in (
        ({}, {kept.pk}),
        ({"answered": "false"}, {kept.pk}),
        ({"status": "duplicate"}, {twin.pk}),
        ({"q": "snail"}, {kept.pk}),  # into which it went
        ({"q": "Percy"}, set()),
    ):
        listed = {row["id"] for row in api.get(API, asked).json()["results"]}
        titles = {row["title"] for row in rows(client, "thread-list", **asked)}
        assert (listed, titles) == (found, {one.title for one in (kept, twin) if one.pk in found}), asked
    similar = client.get(reverse("feedback:thread-raise"), {"q": "dawdles"}).context["similar"]
    assert similar == [kept]
    assert [row["id"] for row in api.get(f"{API}own/").json()["results"]] == [twin.pk]
    assert [row["title"] for row in rows(client, "own-threads")] == [twin.title]
    assert api.get(f"{API}{twin.pk}/").json()["merged_into"] == kept.pk
    [row] = rows(client, "thread-list")
    whole = api.get(API).json()["results"][0]["working_days_a_year"]
    assert float(row["working_days_a_year"]) == whole == round(30 * 227 / 444, 1)
    assert rows(client, "own-threads")[0]["said_at"] == timezone.localdate().isoformat()


def test_the_queue_sorts_shows_and_exports_the_day_that_is_due_next(
    client: Client, raised: Raised, technology_lead: User
) -> None:
    today = timezone.localdate()
    early, late = raised(title="Early"), raised(title="Late")
    answered = raised(title="Answered")
    for thread, due in ((early, 1), (late, -1), (answered, -9)):
        Thread.objects.filter(pk=thread.pk).update(
            due_on=today + dt.timedelta(days=due), owner=technology_lead
        )
    next_day = today + dt.timedelta(days=5)
    said: Any = {"body": "Soon.", "status": "planned", "seen_status": "open", "next_update_on": next_day}
    respond(thread=answered, by=technology_lead, **said)
    join_thread(thread=answered, by=technology_lead)
    client.force_login(technology_lead)
    table = client.get(reverse("feedback:queue"), {"sort": "due_on"}).context["table"]
    assert [thread.title for thread in table.rows] == ["Late", "Early", "Answered"]
    exported = [(row["title"], row["due_on"]) for row in rows(client, "queue", sort="-due_on")]
    assert exported[0] == ("Answered", next_day.isoformat())
    api = APIClient()
    api.force_authenticate(technology_lead)
    for asked, titles in (
        ({"overdue": "true"}, {"Late"}),
        ({"overdue": "false"}, {"Early", "Answered"}),
        ({"mine": "true"}, {"Late", "Early", "Answered"}),
        ({"mine": "false"}, set()),
    ):
        assert {row["title"] for row in api.get(API, asked).json()["results"]} == titles, asked
