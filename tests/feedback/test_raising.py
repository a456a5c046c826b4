"""A thread is raised, found, joined and replied to; the anonymous one leaves no trace of who did."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from feedback.models import Post, Thread, Topic, Voice
from feedback.services.raising import join_thread, leave_thread, reply, voice_of
from feedback.vocabulary import DAYS_A_YEAR, Frequency, ShownAs
from fleet.errors import Conflict, Invalid
from fleet.models import Organisation, User
from tests.factories import DeviceFactory, SiteFactory, StaffMemberFactory
from tests.feedback.conftest import Raised

pytestmark = pytest.mark.django_db
DAILY = DAYS_A_YEAR[Frequency.DAILY]


def test_a_member_of_staff_raises_finds_and_follows_a_thread(
    client: Client, staff_user: User, engineer: User
) -> None:
    client.force_login(staff_user)
    said = {
        "kind": "problem",
        "title": "Slow start-up",
        "body": "It takes nine minutes to log in.",
        "frequency": "daily",
        "minutes_a_day": "9",
        "shown_as": "name",
    }
    topic = client.post(reverse("feedback:thread-raise"), said).context["suggestion"]
    said |= {"topic": topic.pk, "is_topic_asked": "on"}
    answer = client.post(reverse("feedback:thread-raise"), said)
    thread = Thread.objects.get()
    assert answer.headers["Location"] == reverse("feedback:thread-detail", args=[thread.pk])
    assert (thread.topic.name if thread.topic else "", thread.people) == ("Sign-in and start-up time", 1)
    assert thread.minutes_a_year == 9 * DAILY
    client.force_login(engineer)
    found = client.get(reverse("feedback:thread-raise"), {"q": "slow start"}).content.decode()
    assert "Slow start-up" in found
    client.post(reverse("feedback:thread-join", args=[thread.pk]), {"join-shown_as": "name"})
    client.post(reverse("feedback:thread-reply", args=[thread.pk]), {"body": "Same here", "shown_as": "role"})
    page = client.get(reverse("feedback:thread-detail", args=[thread.pk])).content.decode()
    assert "Same here" in page
    assert Thread.objects.get().people == 2


def test_minutes_without_how_often_are_asked_for(raised: Raised) -> None:
    with pytest.raises(Invalid, match="how often"):
        raised(minutes_a_day=9)


def test_any_of_the_words_finds_a_thread_and_the_best_match_comes_first(
    client: Client, raised: Raised, staff_user: User, engineer: User
) -> None:
    raised(title="Nothing to do with it", body="The chairs are broken.")
    raised(title="Laptops overheat", body="They are slow as well.")
    raised(title="Slow laptops", body="Every morning.")
    said = raised(title="Mondays", body="My laptop takes long.")
    reply(thread=said, by=engineer, body="Starting it is slow.")
    raised(title="A laptop is slow to start", body="Nine minutes.")
    found = ["A laptop is slow to start", "Mondays", "Slow laptops", "Laptops overheat"]
    words = "my laptops, slow to start!"
    assert [thread.title for thread in Thread.objects.search(words)] == found
    assert not Thread.objects.search("the").exists()
    client.force_login(staff_user)
    for name in ("thread-list", "own-threads", "thread-raise"):
        page = client.get(reverse(f"feedback:{name}"), {"q": words}).content.decode()
        places = [page.index(f">{title}</a>") for title in found]
        assert places == sorted(places), name
        assert "Nothing to do with it" not in page
    listed = client.get(reverse("api-thread-list"), {"q": words}).json()["results"]
    assert [row["title"] for row in listed] == found


def test_one_changes_ones_own_minutes_and_nobody_sees_whose_they_were(
    client: Client, raised: Raised, staff_user: User, engineer: User
) -> None:
    thread = raised(shown_as=ShownAs.ANONYMOUS, frequency=Frequency.DAILY, minutes_a_day=9)
    join_thread(thread=thread, by=engineer)
    page = reverse("feedback:thread-detail", args=[thread.pk])
    client.force_login(engineer)
    assert "You have not told what it costs you" in client.get(page).content.decode()
    edit = reverse("feedback:voice-edit", args=[thread.pk])
    assert "Say how often it happens" in client.post(edit, {"minutes_a_day": "0"}).content.decode()
    client.post(edit, {"minutes_a_day": "20", "frequency": "weekly"})
    thread.refresh_from_db()
    weekly = DAYS_A_YEAR[Frequency.WEEKLY]
    assert (thread.people_with_minutes, thread.minutes_a_year) == (2, 9 * DAILY + 20 * weekly)
    assert 'value="20"' in client.get(edit).content.decode()
    client.force_login(staff_user)
    client.post(edit, {"minutes_a_day": "", "frequency": ""})
    thread.refresh_from_db()
    assert (thread.people_with_minutes, thread.minutes_a_year) == (1, 20 * weekly)
    events: Any = Thread._meta.get_field("changes").related_model
    assert not events.objects.exists()


def test_one_voice_each_and_the_author_stays(raised: Raised, staff_user: User, engineer: User) -> None:
    thread = raised(shown_as=ShownAs.ANONYMOUS)
    for person in (staff_user, engineer):
        if person is engineer:
            join_thread(thread=thread, by=engineer, shown_as=ShownAs.ANONYMOUS)
        with pytest.raises(Conflict):
            join_thread(thread=thread, by=person)
    with pytest.raises(Conflict):
        leave_thread(thread=thread, by=staff_user)
    leave_thread(thread=thread, by=engineer)
    assert Thread.objects.get().people == 1


def test_an_anonymous_thread_names_nobody_anywhere(
    raised: Raised, department: Organisation, staff_user: User, technology_lead: User, capsys: Any
) -> None:
    person = StaffMemberFactory(
        organisation=department, user=staff_user, site=SiteFactory(organisation=department, name="Tiny")
    )
    DeviceFactory(organisation=department, holder=person, issued=True)
    thread = raised(shown_as=ShownAs.ANONYMOUS, with_facts=True)
    reply(thread=thread, by=staff_user, body="One more thing", shown_as=ShownAs.ANONYMOUS)
    assert voice_of(thread, staff_user) is not None
    assert voice_of(thread, technology_lead) is None
    voice = Voice.objects.get()
    assert (voice.author, voice.staff_member, voice.site, voice.device, voice.device_model) == (None,) * 5
    call_command("dumpdata", "feedback")
    dumped = capsys.readouterr().out
    assert "One more thing" in dumped
    assert f'"author": {staff_user.pk}' not in dumped
    assert {post.posted_at.strftime("%H%M%S%f") for post in Post.objects.all() if post.posted_at} <= {
        "000000000000",
        "230000000000",
    }
    events: Any = Thread._meta.get_field("changes").related_model
    assert not events.objects.exists()
    topics: Any = Topic._meta.get_field("changes").related_model
    assert department.topics.exists()
    assert not topics.objects.exists(), "whoever comes first to a new organisation is not in the change log"
