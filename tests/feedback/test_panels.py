"""What feedback shows on the pages of devices, models, sites and people."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from feedback.services.counting import recount
from feedback.services.raising import join_thread
from feedback.vocabulary import ShownAs
from fleet.models import Organisation, User
from tests.factories import DeviceFactory, StaffMemberFactory
from tests.feedback.conftest import Raised
from tests.feedback.factories import ThreadFactory, VoiceFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def test_a_device_its_model_and_its_site_show_what_five_people_or_more_say(
    client: Client, department: Organisation, it_manager: User
) -> None:
    device = DeviceFactory(organisation=department)
    thread = ThreadFactory(organisation=department, title="The battery lasts half an hour")
    facts = {"device_model": device.model, "site": device.site}
    VoiceFactory.create_batch(4, thread=thread, **facts)
    recount([thread.pk])
    client.force_login(it_manager)
    pages = [
        reverse("fleet:device-detail", args=[device.pk]),
        reverse("fleet:model-detail", args=[device.model_id]),
        reverse("fleet:site-detail", args=[device.site_id]),
    ]
    for url in pages:
        assert thread.title not in client.get(url).content.decode()
    VoiceFactory(thread=thread, **facts)
    recount([thread.pk])
    few = [queries_of(client, url) for url in pages]
    for url in pages:
        assert thread.title in client.get(url).content.decode()
    for _ in range(6):
        VoiceFactory.create_batch(5, thread=ThreadFactory(organisation=department), **facts)
    assert [queries_of(client, url) for url in pages] == few


def test_only_oneself_finds_ones_feedback_on_ones_page_and_no_anonymous_one(
    client: Client, department: Organisation, staff_user: User, it_manager: User, raised: Raised
) -> None:
    person = StaffMemberFactory(organisation=department, user=staff_user)
    raised(title="Said by name")
    raised(title="Said by nobody", shown_as=ShownAs.ANONYMOUS)
    join_thread(thread=raised(title="Joined by role", by=it_manager), by=staff_user, shown_as=ShownAs.ROLE)
    page = reverse("fleet:person-detail", args=[person.pk])
    client.force_login(staff_user)
    shown = client.get(page).content.decode()
    assert ("Said by name" in shown, "Joined by role" in shown, "Said by nobody" in shown) == (
        True,
        True,
        False,
    )
    client.force_login(it_manager)
    assert "Said by name" not in client.get(page).content.decode()
