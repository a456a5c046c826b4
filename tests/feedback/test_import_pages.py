"""A coordinator brings in a public page's comments, and sees who was answered and who never was."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feedback.models import FeedbackImport, FeedbackPolicy, Thread, Topic
from feedback.vocabulary import FeedbackImportStatus
from fleet.models import Organisation, User
from tests.feedback.comments import as_csv, comment, forty

pytestmark = pytest.mark.django_db


def test_a_file_is_looked_through_then_imported_then_read(
    client: Client, coordinator: User, department: Organisation
) -> None:
    client.force_login(coordinator)
    file = SimpleUploadedFile("c.csv", as_csv([*forty(), comment("", "Whose?")]))
    answer = client.post(reverse("feedback:import-add"), {"source": "A public page", "file": file})
    row = FeedbackImport.objects.get()
    page = reverse("feedback:import-detail", args=[row.pk])
    assert answer.headers["Location"] == page
    shown = client.get(page).content.decode()
    assert "Nothing is changed yet" in shown
    assert "The id is empty" in shown
    assert Thread.objects.count() == 0
    answer = client.post(reverse("feedback:import-confirm", args=[row.pk]), follow=True)
    shown = answer.content.decode()
    assert "12 threads with 28 replies are here" in shown
    assert shown.count("Never answered") == 7
    # Each card is its number above its words, and each heading stands there once.
    assert re.search(
        r'class="app-stat__value">\s*12\s*<.*?class="app-stat__label">\s*threads\s*<', shown, re.DOTALL
    )
    assert len(re.findall("<h2[^>]*>Threads that it brought</h2>", shown)) == 1
    assert re.search("<caption[^>]*visually-hidden[^>]*>[^<]*Threads that it brought", shown)
    lines = client.get(page, {"format": "csv"}).getvalue().decode().splitlines()
    assert len(lines) == 13
    refused = client.get(page, {"format": "csv", "show": "refused"}).getvalue().decode()
    assert refused.splitlines()[1].startswith("42,id,")
    # A second press leads to what became of it.
    assert client.post(reverse("feedback:import-discard", args=[row.pk])).headers["Location"] == page
    row.refresh_from_db()
    assert row.status == FeedbackImportStatus.APPLIED


def test_a_file_that_cannot_be_read_is_refused_at_its_field(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    file = SimpleUploadedFile("c.csv", b"id,text\n1,Hello\n")
    shown = client.post(reverse("feedback:import-add"), {"source": "A page", "file": file}).content.decode()
    assert "The file has no column body" in shown
    assert not FeedbackImport.objects.exists()


def test_topics_are_the_organisations_own(
    client: Client, technology_lead: User, department: Organisation
) -> None:
    client.force_login(technology_lead)
    assert "Assistive technology" in client.get(reverse("feedback:topic-list")).content.decode()
    client.post(reverse("feedback:topic-add"), {"name": "Chairs", "synonyms": "Chair\nseat, stool\nchair"})
    topic = Topic.objects.get(name="Chairs")
    assert (topic.organisation, topic.synonyms) == (department, ["chair", "seat", "stool"])
    shown = client.post(reverse("feedback:topic-add"), {"name": "chairs"}).content.decode()
    assert "There is a topic chairs already" in shown
    edit = reverse("feedback:topic-edit", args=[topic.pk])
    client.post(edit, {"name": "Chairs", "synonyms": "", "is_retired": "on"})
    assert not Topic.objects.filter(organisation=department).offered().filter(name="Chairs").exists()


def test_the_rules_say_how_people_may_be_shown(
    client: Client, technology_lead: User, staff_user: User, department: Organisation
) -> None:
    client.force_login(technology_lead)
    edit = reverse("feedback:policy-edit", args=[department.pk])
    rules = {
        "ways_to_be_shown": ["role", "anonymous"],
        "shown_as": "name",
        "answer_within_days": "10",
        "update_every_days": "0",
        "bank_holidays": "SCT",
    }
    shown = client.post(edit, rules).content.decode()
    assert "Select one of the ways" in shown
    assert "must be 1 or more" in shown or "greater than or equal to 1" in shown
    client.post(edit, rules | {"shown_as": "role", "update_every_days": "5"})
    assert FeedbackPolicy.of(department).ways_to_be_shown == ["role", "anonymous"]
    department.refresh_from_db()
    assert department.bank_holidays == "SCT"
    client.force_login(staff_user)
    shown = client.get(reverse("feedback:thread-raise")).content.decode()
    assert 'value="anonymous"' in shown
    assert 'value="name"' not in shown
