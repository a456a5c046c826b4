"""What people say of their device: which tranches look at it again, and what their own tranche shows."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from feedback.models import Thread
from feedback.services.raising import join_thread, leave_thread, raise_thread
from feedback.vocabulary import DAYS_A_YEAR, ShownAs
from fleet.models import Organisation, User
from rollouts.models import Computation, Tranche
from tests.factories import StaffMemberFactory, UserFactory
from tests.feedback.factories import ThreadFactory, VoiceFactory
from tests.queries import queries_of
from tests.rollouts.factories import ProgrammeFactory, TrancheFactory, TranchePersonFactory

pytestmark = pytest.mark.django_db


def handed_over(tranche: Tranche, user: User | None = None, *, days: int = 7) -> User:
    """Somebody who has had their device for so many days."""
    user = user or UserFactory()
    person = StaffMemberFactory(organisation=tranche.programme.organisation, user=user)
    place = TranchePersonFactory(tranche=tranche, staff_member=person, state="handed_over")
    type(place).objects.filter(pk=place.pk).update(handed_over_at=timezone.now() - timedelta(days=days))
    return user


def test_only_tranches_whose_checks_look_at_it_are_computed_again(
    department: Organisation, staff_user: User, engineer: User, django_capture_on_commit_callbacks: Any
) -> None:
    programme = ProgrammeFactory(organisation=department)
    first, second, third = (TrancheFactory(programme=programme, number=number) for number in (1, 2, 3))
    elsewhere = TrancheFactory(programme=ProgrammeFactory(organisation=department), number=2)
    handed_over(second, staff_user)

    def stale(do: Callable[..., Any], **given: Any) -> set[Tranche]:
        Computation.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            do(**given)
        return {one.tranche for one in Computation.objects.filter(dirty_at__isnull=False)}

    said = {"organisation": department, "title": "Slow", "body": "It is slow"}
    assert stale(raise_thread, by=engineer, **said) == set()
    assert stale(raise_thread, by=staff_user, shown_as=ShownAs.ANONYMOUS, **said) == set()
    assert stale(raise_thread, by=staff_user, **said) == set(), "what is new is neither severe nor overdue"
    others = Thread.objects.filter(voices__author=engineer).get()
    assert stale(join_thread, thread=others, by=staff_user) == {third}
    assert stale(leave_thread, thread=others, by=staff_user) == {third}
    assert {first, elsewhere} & set(Tranche.objects.all()) == {first, elsewhere}


def test_a_tranche_shows_what_its_people_say_since_their_handover(
    client: Client, department: Organisation, it_manager: User
) -> None:
    tranche = TrancheFactory(programme=ProgrammeFactory(organisation=department))
    people = [handed_over(tranche) for _ in range(8)]
    url, today = reverse("rollouts:tranche-feedback", args=[tranche.pk]), timezone.localdate()
    slow, praise = (
        ThreadFactory(organisation=department, title=title, kind=kind)
        for title, kind in (("Nine minutes", "problem"), ("Thank you", "praise"))
    )

    def speak(thread: Thread, who: list[User], shown_as: str = "role", days: int = 0) -> None:
        for one in who:
            VoiceFactory(thread=thread, author=one, shown_as=shown_as, joined_on=today - timedelta(days=days))

    # Before the handover, anonymously, of others: none of it is the tranche's.
    speak(slow, people[5:], days=8)
    VoiceFactory(thread=slow, author=None, author_key=b"k" * 32, shown_as="anonymous")
    VoiceFactory.create_batch(3, thread=slow)
    speak(slow, people[:4])
    client.force_login(it_manager)
    assert "As soon as 5 of them" in client.get(url).content.decode()
    speak(slow, people[4:5])
    speak(praise, people[:2])
    page = client.get(url).content.decode()
    assert "5 of 8 people" in page
    assert f"{5 * 9 * DAYS_A_YEAR['daily'] / 444:.1f} (n = 5)" in page
    assert ("Nine minutes" in page, "Thank you" in page) == (True, False)
    assert "1 more thread of few people" in page
    # One who shows their name lets everybody read that it is theirs.
    speak(praise, people[3:4], shown_as="name")
    body = client.get(url, {"format": "csv"}).getvalue().decode()
    threads = {row["title"]: row["said_by"] for row in csv.DictReader(body.splitlines())}
    assert threads == {"Nine minutes": "5", "Thank you": ""}
    body = client.get(url, {"format": "csv", "show": "kinds"}).getvalue().decode()
    kinds = {row["kind"]: row["people"] for row in csv.DictReader(body.splitlines())}
    assert kinds == {"problem": "5", "idea": "0", "praise": ""}
    api = APIClient()
    api.force_authenticate(it_manager)
    found = api.get(f"/api/v1/tranches/{tranche.pk}/feedback/").json()
    assert (found["asked"], found["people"], found["others"]) == (8, 5, 0)
    assert {one["kind"]: one["people"] for one in found["kinds"]} == {
        "problem": 5,
        "idea": 0,
        "praise": None,
    }
    few = queries_of(client, url)
    for _ in range(20):
        speak(ThreadFactory(organisation=department), people, shown_as="name")
    assert queries_of(client, url) == few
