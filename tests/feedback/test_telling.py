"""People are told of what they follow once a day, of what was answered once a week, and can stop it."""

from __future__ import annotations

import datetime as dt
import re
import smtplib
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feedback.models import Thread
from feedback.services.answering import respond
from feedback.services.merging import merge
from feedback.services.raising import join_thread, reply
from feedback.tasks import escalate
from feedback.vocabulary import ShownAs, ThreadStatus
from fleet.models import Digest, Organisation, UnwantedNews, User
from fleet.services import digests
from fleet.services.mail import MailNotSent
from fleet.services.working_days import working_days_after
from fleet.tasks import send_digests
from tests.conftest import person_with
from tests.feedback.conftest import Raised

pytestmark = pytest.mark.django_db

WEDNESDAY = dt.datetime(2031, 3, 5, 9, tzinfo=dt.UTC)
THURSDAY, FRIDAY, SATURDAY, MONDAY = (WEDNESDAY + dt.timedelta(days=days) for days in (1, 2, 3, 5))


@pytest.fixture
def clock(technology_lead: User) -> Iterator[Any]:
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield traveller


def answer(thread: Thread, by: User, status: str = ThreadStatus.PLANNED) -> None:
    thread.refresh_from_db()
    respond(thread=thread, by=by, body="We are on it.", status=status, seen_status=thread.status)


def mails() -> dict[str, str]:
    """To whom → the text, of what was sent since the last look."""
    found = {message.to[0]: str(message.body) for message in outbox.outbox}
    assert len(found) == len(outbox.outbox)
    outbox.outbox.clear()
    return found


def test_followers_by_name_are_told_the_day_after_and_only_once(
    clock: Any, raised: Raised, engineer: User, staff_user: User, technology_lead: User
) -> None:
    thread = raised()
    join_thread(thread=thread, by=engineer)
    reply(thread=thread, by=engineer, body="Four times with me.")
    answer(thread, technology_lead)
    send_digests()
    assert staff_user.email not in mails(), "what happens today is told tomorrow"
    clock.move_to(THURSDAY)
    send_digests()
    told = mails()
    line = f"“{thread}”: official response by the Technology lead; now planned"
    assert (
        f"- {line}; 1 new reply\n  http://127.0.0.1:8000/feedback/threads/{thread.pk}/\n"
        in told[staff_user.email]
    )
    assert f"- {line}\n" in told[engineer.email], "their own reply is no news to them"
    assert "official response" not in told[technology_lead.email], "nor is their own answer"
    assert "- 1 new thread\n" in told[technology_lead.email]
    send_digests()
    clock.move_to(FRIDAY)
    send_digests()
    assert mails() == {}
    counted = Digest.objects.order_by("day").values_list("mailed", flat=True)
    assert [*counted] == [0, 3, 0]


def test_a_merged_thread_is_told_to_those_who_joined_the_other(
    clock: Any, raised: Raised, engineer: User, staff_user: User, technology_lead: User
) -> None:
    into, repeated = raised(), raised(by=engineer, title="Slow start")
    merge(thread_ids=[repeated.pk], into=into, by=technology_lead)
    answer(into, technology_lead, ThreadStatus.DONE)
    clock.move_to(THURSDAY)
    send_digests()
    told = mails()
    assert f"“{into}”: official response by the Technology lead; now done" in told[engineer.email]
    assert "Slow start" not in told[engineer.email]


def test_the_mails_tell_nothing_of_who_is_anonymous(
    clock: Any, raised: Raised, engineer: User, coordinator: User, technology_lead: User
) -> None:
    """Whoever raised, joined and replied anonymously gets the same mail as somebody who did nothing."""
    thread = raised(by=engineer, shown_as=ShownAs.ANONYMOUS)
    join_thread(thread=thread, by=coordinator, shown_as=ShownAs.ANONYMOUS)
    reply(thread=thread, by=coordinator, body="With me too.", shown_as=ShownAs.ANONYMOUS)
    bystander = person_with("engineer", thread.organisation)
    clock.move_to(THURSDAY)
    answer(thread, technology_lead)
    clock.move_to(FRIDAY)
    send_digests()
    clock.move_to(MONDAY)
    send_digests()
    sent = {message.to[0]: str(message.body) for message in outbox.outbox}
    bodies = [re.sub(r"mail/stop/\S+", "", sent[who.email]) for who in (engineer, bystander, coordinator)]
    assert len(outbox.outbox) == len(sent), "nobody got two"
    assert bodies[0] == bodies[1] == bodies[2]
    assert "1 thread of feedback had an official response" in bodies[0]
    assert f"“{thread}”: planned, 2 people affected" in bodies[0]


def test_overdue_threads_are_escalated_to_all_who_answer_once(
    clock: Any, raised: Raised, technology_lead: User, department: Organisation, client: Client
) -> None:
    colleague = person_with("technology-lead", department)
    thread = raised()
    Thread.objects.update(owner=colleague)
    clock.move_to(WEDNESDAY + dt.timedelta(days=20))
    escalate()
    assert Thread.objects.get().escalated_at is None
    assert thread.due_on is not None
    late = dt.datetime.combine(working_days_after(thread.due_on, 1, "ENG"), dt.time(9), dt.UTC)
    clock.move_to(late - dt.timedelta(days=1 if late.weekday() else 3))
    send_digests()
    assert "is yours, and its answer is due today" in mails()[colleague.email]
    clock.move_to(late)
    escalate()
    client.force_login(technology_lead)
    page = client.get(reverse("feedback:thread-detail", args=[thread.pk])).content.decode()
    assert "to all who answer for Department of Examples" in page
    clock.move_to(late + dt.timedelta(days=1 if late.weekday() < 4 else 3))
    escalate()
    send_digests()
    told = mails()
    assert told[technology_lead.email].count(f"“{thread}” is overdue; {colleague} sees to it") == 1
    clock.shift(dt.timedelta(days=7))
    escalate()
    send_digests()
    assert "is overdue" not in str(mails())
    answer(thread, technology_lead)
    assert Thread.objects.get().escalated_at is None


def test_a_weekend_waits_for_monday_and_nobody_is_told_what_they_may_not_see(
    clock: Any, raised: Raised, staff_user: User, engineer: User, technology_lead: User
) -> None:
    thread, hidden = raised(), raised(title="Another")
    join_thread(thread=thread, by=engineer)
    send_digests()
    mails()
    clock.move_to(FRIDAY)
    answer(thread, technology_lead)
    answer(hidden, technology_lead)
    Thread.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now(), hidden_because="It names somebody.")
    engineer.grants.update(ends_at=timezone.now())
    clock.move_to(SATURDAY)
    send_digests()
    assert mails() == {}
    clock.move_to(MONDAY)
    send_digests()
    told = mails()
    assert engineer.email not in told
    assert "official response by" in told[staff_user.email]
    assert "Another" not in str(told)


class FailingBackend(EmailBackend):
    """A mail server that dies after the first mail, and one that does not know an address."""

    trouble: Exception | None = None
    left = 1

    def send_messages(self, messages: Any) -> int:
        if self.trouble and "staff_user" in messages[0].to[0]:
            raise self.trouble
        if not self.trouble and not FailingBackend.left:
            raise smtplib.SMTPServerDisconnected
        FailingBackend.left -= 1
        return int(super().send_messages(messages))


def test_after_trouble_it_goes_on_where_it_was(
    clock: Any, raised: Raised, engineer: User, technology_lead: User, settings: Any, monkeypatch: Any
) -> None:
    thread = raised()
    join_thread(thread=thread, by=engineer)
    answer(thread, technology_lead)
    clock.move_to(THURSDAY)
    settings.EMAIL_BACKEND = f"{__name__}.FailingBackend"
    with pytest.raises(MailNotSent):
        digests.send_what_is_due(timezone.localdate())
    [first] = mails()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.move_to(FRIDAY)
    send_digests()
    told = mails()
    assert first not in told
    assert len(told) == 2
    assert not Digest.objects.filter(completed_at=None)
    monkeypatch.setattr(FailingBackend, "trouble", smtplib.SMTPRecipientsRefused({"x": (550, b"Unknown")}))
    settings.EMAIL_BACKEND = f"{__name__}.FailingBackend"
    answer(thread, technology_lead, ThreadStatus.DONE)
    clock.move_to(MONDAY)
    send_digests()
    last = Digest.objects.get(day=MONDAY)
    assert (last.refused, last.mailed >= 1, last.completed_at is not None) == (1, True, True)


def test_one_chooses_and_stops_without_signing_in(
    clock: Any, raised: Raised, staff_user: User, technology_lead: User, api_of: Any
) -> None:
    thread = raised()
    answer(thread, technology_lead)
    page, url = Client(), reverse("fleet:own-mail")
    page.force_login(staff_user)
    shown = page.get(url).content.decode()
    assert "official response by the Technology lead" in shown, "what the next mail would say"
    assert "Feedback to answer" not in shown
    page.post(url, {"kinds": ["feedback.round_up"]})
    api = api_of(staff_user)
    kinds = {one["key"]: one["is_wanted"] for one in api.get("/api/v1/account/mail/").json()["kinds"]}
    assert kinds == {"feedback.followed": False, "feedback.round_up": True}
    refused = api.put("/api/v1/account/mail/", {"kinds": ["feedback.to_answer"]})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "kinds")
    assert api.put("/api/v1/account/mail/", {"kinds": ["feedback.followed"]}).status_code == 200
    clock.move_to(THURSDAY)
    send_digests()
    [message] = [one for one in outbox.outbox if one.to == [staff_user.email]]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [stop] = re.findall(r"http://127.0.0.1:8000(/mail/stop/\S+)", str(message.body))
    assert f"{stop}>" in message.extra_headers["List-Unsubscribe"]
    stranger = Client(enforce_csrf_checks=True)
    assert "Stop the mails" in stranger.get(stop).content.decode()
    assert UnwantedNews.objects.filter(user=staff_user).count() == 1
    assert stranger.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert digests.wanted(staff_user) == set()
    row: Any = UnwantedNews.objects.get(user=staff_user, kind="feedback.followed")
    change = row.changes.get()
    assert (change.pgh_label, change.pgh_context.metadata["actor"]) == ("insert", staff_user.pk)
    assert stranger.post(stop[:-2] + "/").status_code == 404
    answer(thread, technology_lead, ThreadStatus.DONE)
    clock.move_to(FRIDAY)
    outbox.outbox.clear()
    send_digests()
    assert staff_user.email not in mails()


def test_a_digest_takes_as_many_queries_for_fifty_accounts_as_for_one(
    clock: Any, raised: Raised, department: Organisation, technology_lead: User
) -> None:
    def followers(count: int) -> list[int]:
        people = [person_with("technology-lead", department) for _ in range(count)]
        for person in people:
            thread = raised(by=person)
            Thread.objects.filter(pk=thread.pk).update(owner=person, escalated_at=timezone.now())
            answer(thread, technology_lead)
        return [person.pk for person in people]

    day = timezone.localdate()
    period = digests.Period(day, day + dt.timedelta(days=1))
    counts = []
    for user_ids in (followers(1), followers(50)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(digests.news_of(user_ids, period, period)) == len(user_ids)
        counts.append(len(queries))
    assert counts[0] == counts[1]
