"""Sessions in person are announced, signed up for, cancelled, and what is said there becomes threads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.models import Gathering, SignUp, Thread
from feedback.services.meeting import cancel_gathering, note, save_gathering, sign_up, withdraw
from feedback.tasks import mail_gathering
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import AccessRecord, Organisation, User
from tests.factories import SiteFactory
from tests.feedback.factories import GatheringFactory, SignUpFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_it_is_announced_filled_and_its_notes_become_threads(
    client: Client, department: Organisation, technology_lead: User, staff_user: User, engineer: User
) -> None:
    client.force_login(technology_lead)
    announce = reverse("feedback:gathering-announce")
    day = timezone.localdate() + timedelta(days=3)
    when = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "starts_at": "14:30"}
    said = {"kind": "surgery", "title": "Bring your laptop", "place": "Canteen", "places": "1", **when}
    refused = client.post(announce, {**said, "ends_at": "13:30"}).content.decode()
    assert "It must end after it starts" in refused
    client.post(announce, {**said, "ends_at": "15:30"})
    gathering = Gathering.objects.get()
    assert timezone.localtime(gathering.starts_at).hour == 14
    page = reverse("feedback:gathering-detail", args=[gathering.pk])
    client.force_login(staff_user)
    client.post(reverse("feedback:gathering-sign-up", args=[gathering.pk]))
    shown = client.get(page).content.decode()
    assert "You have signed up" in shown
    assert "Who comes" not in shown
    with pytest.raises(Conflict, match="Every place"):
        sign_up(gathering=gathering, by=engineer)
    client.force_login(technology_lead)
    assert staff_user.name in client.get(page).content.decode()
    assert staff_user.name in b"".join(client.get(page, {"format": "csv"})).decode()
    assert AccessRecord.objects.filter(what="sign-ups", is_export=True).exists()
    with pytest.raises(Conflict, match="has begun"):
        note(gathering=gathering, by=technology_lead, title="Slow", body="Nine minutes")
    Gathering.objects.update(starts_at=timezone.now() - HOUR, ends_at=timezone.now() + HOUR)
    noted = {"kind": "problem", "title": "The printer jams", "body": "On every second page."}
    client.post(reverse("feedback:gathering-note", args=[gathering.pk]), noted)
    thread = Thread.objects.get()
    assert list(gathering.threads.all()) == [thread]
    client.force_login(engineer)
    assert "The printer jams" in client.get(page).content.decode()


def test_one_comes_once_withdraws_and_not_to_what_is_over(
    department: Organisation, staff_user: User, auditor: User
) -> None:
    gathering = GatheringFactory(organisation=department)
    sign_up(gathering=gathering, by=staff_user)
    with pytest.raises(Conflict, match="already"):
        sign_up(gathering=gathering, by=staff_user)
    with pytest.raises(Forbidden):
        sign_up(gathering=gathering, by=auditor)
    withdraw(gathering=gathering, by=staff_user)
    assert not SignUp.objects.exists()
    with pytest.raises(Conflict):
        withdraw(gathering=gathering, by=staff_user)
    Gathering.objects.update(starts_at=timezone.now() - 2 * HOUR, ends_at=timezone.now() - HOUR)
    with pytest.raises(Conflict, match="over"):
        sign_up(gathering=gathering, by=staff_user)


def test_those_who_come_are_told_of_another_time_and_of_the_end(
    department: Organisation, technology_lead: User, staff_user: User, mailoutbox: Any
) -> None:
    gathering = GatheringFactory(organisation=department, title="Surgery")
    coming = SignUpFactory(gathering=gathering, user=staff_user)
    gathering.about = "All devices"
    assert save_gathering(gathering=gathering, by=technology_lead) is False
    gathering.site = SiteFactory(organisation=department, name="North House")
    assert save_gathering(gathering=gathering, by=technology_lead) is True
    mail_gathering(coming.pk)
    gathering.places = 0
    with pytest.raises(Invalid, match="signed up already"):
        save_gathering(gathering=gathering, by=technology_lead)
    with pytest.raises(Invalid, match="Say why"):
        cancel_gathering(gathering=gathering, by=technology_lead, because=" ")
    cancel_gathering(gathering=gathering, by=technology_lead, because="The room is flooded")
    mail_gathering(coming.pk)
    assert [message.subject for message in mailoutbox] == ["Changed: Surgery", "Cancelled: Surgery"]
    assert "North House" in mailoutbox[0].body
    assert "The room is flooded" in mailoutbox[1].body
    with pytest.raises(Conflict):
        save_gathering(gathering=gathering, by=technology_lead)
