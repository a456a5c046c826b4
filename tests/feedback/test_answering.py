"""A lead answers, clears a queue of two hundred, and everybody sees who was answered and after how long."""

from __future__ import annotations

import csv
import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feedback.models import Thread
from feedback.services.answering import respond, role_of, set_status
from feedback.services.figures import published
from feedback.services.merging import merge, unmerge
from feedback.services.raising import join_thread
from feedback.vocabulary import DAYS_A_YEAR, ShownAs, ThreadStatus
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Organisation, User
from fleet.services.working_days import working_days_after
from tests.feedback.conftest import Raised
from tests.feedback.factories import ThreadFactory

pytestmark = pytest.mark.django_db


def answer(thread: Thread, by: User, status: str = ThreadStatus.PLANNED, **more: Any) -> None:
    respond(thread=thread, by=by, body="We are on it.", status=status, seen_status=thread.status, **more)


def test_an_official_response_has_its_role_and_moves_the_thread(
    raised: Raised, technology_lead: User, department: Organisation
) -> None:
    thread = raised()
    assert thread.due_on == working_days_after(timezone.localdate(), 20, "ENG")
    answer(thread, technology_lead)
    post = thread.posts.get(is_official=True)
    assert (post.role_name, thread.status, thread.is_answered) == ("Technology lead", "planned", True)
    assert thread.next_update_on == working_days_after(timezone.localdate(), 20, "ENG")
    with pytest.raises(Conflict):
        respond(thread=thread, by=technology_lead, body="Again", status="done", seen_status="open")
    assert thread.posts.count() == 2
    answer(thread, technology_lead, ThreadStatus.DONE)
    settled = Thread.objects.get()
    assert (settled.status, settled.next_update_on) == ("done", None)


def test_what_a_lead_must_say(raised: Raised, technology_lead: User, engineer: User) -> None:
    thread = raised()
    with pytest.raises(Invalid, match="why it is declined"):
        answer(thread, technology_lead, ThreadStatus.DECLINED)
    with pytest.raises(Invalid, match="to come"):
        answer(thread, technology_lead, next_update_on=timezone.localdate())
    with pytest.raises(Invalid, match="Merge"):
        set_status(thread=thread, by=technology_lead, status="duplicate", seen_status="open")
    with pytest.raises(Forbidden):
        answer(thread, engineer)
    assert not thread.posts.filter(is_official=True).exists()


def test_the_response_form_stands_below_the_thread(
    client: Client, raised: Raised, technology_lead: User, engineer: User
) -> None:
    thread = raised(minutes_a_day=9, frequency="daily")
    page = reverse("feedback:thread-detail", args=[thread.pk])
    client.force_login(engineer)
    assert "Answer officially" not in client.get(page).content.decode()
    client.force_login(technology_lead)
    assert "Answer officially, as Technology lead" in client.get(page).content.decode()
    respond_url = reverse("feedback:thread-respond", args=[thread.pk])
    sent = {"body": "No.", "status": "declined", "seen_status": "open"}
    assert "Say why it is declined" in client.post(respond_url, sent).content.decode()
    client.post(respond_url, sent | {"status_reason": "It is not ours to mend."})
    shown = client.get(page).content.decode()
    assert "It is not ours to mend." in shown
    assert "after 0 working days" in shown
    assert f"{9 * DAYS_A_YEAR['daily'] / 444:.1f}, told by 1 person" in shown


def test_a_queue_of_two_hundred_is_cleared(
    client: Client, raised: Raised, technology_lead: User, department: Organisation
) -> None:
    twins = [raised(title=f"Slow {n}") for n in range(3)]
    ThreadFactory.create_batch(197, organisation=department)
    client.force_login(technology_lead)
    queue, several = reverse("feedback:queue"), reverse("feedback:several")
    assert "197" not in client.get(queue).content.decode().partition("200 threads")[0]
    chosen = {"change": "several", "scope": "all", "filters": "status=open", "matched": "200"}
    assert client.post(queue, chosen).status_code == 307
    assert "200 threads" in client.post(several, chosen).content.decode()
    with CaptureQueriesContext(connection) as captured:
        client.post(several, chosen | {"way": "acknowledge"})
    assert Thread.objects.filter(status="acknowledged").count() == 200
    assert len(captured) < 30
    # What matched has changed since it was looked at: nothing happens but a question.
    again = {"scope": "all", "filters": "status=acknowledged", "matched": "199", "way": "assign"}
    assert "The queue has changed" in client.post(several, again).content.decode()
    assert not Thread.objects.exclude(owner=None).exists()
    client.post(several, again | {"matched": "200", "owner": technology_lead.pk})
    assert Thread.objects.filter(owner=technology_lead).count() == 200
    ticked = {"scope": "ticked", "ticked": [one.pk for one in twins], "way": "merge"}
    assert "Select the thread that the others repeat" in client.post(several, ticked).content.decode()
    client.post(several, ticked | {"into": twins[0].pk})
    assert twins[0].merged.count() == 2
    assert client.post(several, {"scope": "ticked"}).status_code == 302


def test_merged_threads_keep_their_people_and_count_each_once(
    raised: Raised, technology_lead: User, staff_user: User, engineer: User, stranger: User
) -> None:
    daily: Any = {"frequency": "daily"}
    first, second = raised(minutes_a_day=10, **daily), raised(by=engineer, minutes_a_day=4, **daily)
    answer(second, technology_lead)
    planned = second.next_update_on
    join_thread(thread=second, by=staff_user, minutes_a_day=30, shown_as=ShownAs.NAME, **daily)
    assert merge(thread_ids=[second.pk], into=first, by=technology_lead) == 1
    first.refresh_from_db()
    assert (first.people, first.minutes_a_year) == (2, 34 * DAYS_A_YEAR["daily"])
    second.refresh_from_db()
    with pytest.raises(Invalid, match="merged or hidden itself"):
        merge(thread_ids=[first.pk], into=second, by=technology_lead)
    unmerge(thread=second, by=technology_lead)
    first.refresh_from_db()
    assert (first.people, second.people, second.status) == (1, 2, ThreadStatus.PLANNED)
    assert planned is not None
    assert second.next_update_on == planned, "as it was before"
    with pytest.raises(Forbidden):
        role_of(stranger, first.organisation)


def test_what_was_answered_is_published_and_equals_its_csv(
    client: Client, raised: Raised, technology_lead: User, staff_user: User, department: Organisation
) -> None:
    with time_machine.travel(dt.datetime(2027, 2, 1, 9, tzinfo=dt.UTC), tick=False):
        threads = [
            raised(title=f"Log in takes long {n}", minutes_a_day=9, frequency="daily") for n in range(3)
        ]
        raised(title="My chair", by=technology_lead)
    for day, thread in ((3, threads[0]), (9, threads[1])):
        with time_machine.travel(dt.datetime(2027, 2, day, 9, tzinfo=dt.UTC), tick=False):
            answer(thread, technology_lead)
    whole = published(department).whole
    assert (whole.threads, whole.answered, whole.days, whole.median_days) == (4, 2, [2, 6], 4)
    client.force_login(staff_user)
    page = client.get(reverse("feedback:figures")).content.decode()
    assert "50% of 4" in page
    assert "4 (n = 2)" in page
    found = published(department)
    for figures in (found.whole, *found.by_topic, *found.by_month):
        listed = client.get(f"{reverse('feedback:thread-list')}?{figures.asked}")
        assert listed.context["matched"] == figures.threads, figures.name
        assert figures.asked in page.replace("&amp;", "&")
    body = client.get(reverse("feedback:figures"), {"show": "topics", "format": "csv"}).getvalue().decode()
    rows = {row["name"]: row for row in csv.DictReader(body.splitlines())}
    sign_in = rows["Sign-in and start-up time"]
    assert (sign_in["threads"], sign_in["answered"], sign_in["never"]) == ("3", "2", "1")
    assert sign_in["days_lost"] == str(round(3 * 9 * DAYS_A_YEAR["daily"] / 444, 1))
