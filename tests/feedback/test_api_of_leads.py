"""What leads and moderators do on pages, the API does: the queue, moderation, imports, topics and rules."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from feedback.models import FeedbackPolicy, Post, Thread
from feedback.services.raising import reply
from fleet.models import Organisation, User
from tests.feedback.comments import as_csv, comment, forty
from tests.feedback.conftest import Raised
from tests.feedback.factories import ThreadFactory, TopicFactory
from tests.feedback.test_api import as_user

pytestmark = pytest.mark.django_db
BASE = "/api/v1/feedback/"


def test_the_queue_is_cleared_and_that_is_taken_back(
    department: Organisation, technology_lead: User, engineer: User
) -> None:
    api, threads = as_user(technology_lead), ThreadFactory.create_batch(3, organisation=department)
    ids = [thread.pk for thread in threads]
    assert as_user(engineer).post(f"{BASE}threads/acknowledge/", {"threads": ids}).status_code == 403
    assert api.post(f"{BASE}threads/acknowledge/", {"threads": ids}).json() == {"changed": 3}
    given = {"threads": ids, "owner": technology_lead.email}
    assert api.post(f"{BASE}threads/assign/", given).json() == {"changed": 3}
    refused = api.post(f"{BASE}threads/assign/", {"threads": ids, "owner": engineer.email}).json()
    assert refused["errors"][0]["field"] == "owner"
    assert api.post(f"{BASE}threads/merge/", {"threads": ids[1:], "into": ids[0]}).json() == {"changed": 2}
    found = api.get(f"{BASE}queue-changes/").json()["results"]
    assert [(one["verb"], one["threads"]) for one in found] == [
        ("merge", 2),
        ("assign", 3),
        ("acknowledge", 3),
    ]
    undone = api.post(f"{BASE}queue-changes/{found[0]['id']}/undo/").json()
    assert (undone["undone"], Thread.objects.filter(merged_into=None).count()) == (2, 3)
    assert api.post(f"{BASE}queue-changes/{found[0]['id']}/undo/").status_code == 409


def test_a_thread_and_a_post_are_moderated(raised: Raised, technology_lead: User, engineer: User) -> None:
    api, thread = as_user(technology_lead), raised()
    rude = reply(thread=thread, by=engineer, body="An insult")
    url, why = f"{BASE}threads/{thread.pk}/", {"because": "It is an insult."}
    assert as_user(engineer).post(f"{url}hide/", why).status_code == 403
    topic = TopicFactory(organisation=thread.organisation, name="Chairs")
    sorted_ = api.post(f"{url}sort/", {"topic": topic.pk, "is_severe": True}).json()
    assert (sorted_["kind"], sorted_["topic"], sorted_["is_severe"]) == ("problem", topic.pk, True)
    assert api.post(f"{BASE}posts/{rude.pk}/hide/", why).json()["body"] == ""
    assert api.post(f"{BASE}posts/{rude.pk}/show/").json()["body"] == "An insult"
    assert api.post(f"{url}hide/", {}).json()["errors"][0]["field"] == "because"
    api.post(f"{url}hide/", why)
    assert as_user(engineer).get(url).status_code == 404
    api.post(f"{url}show/")
    assert as_user(engineer).get(url).status_code == 200
    assert api.post(f"{url}unmerge/").status_code == 409


def test_comments_are_brought_in_looked_at_and_taken_back(
    department: Organisation, coordinator: User, engineer: User
) -> None:
    api = as_user(coordinator)

    def given() -> dict[str, object]:
        file = SimpleUploadedFile("c.csv", as_csv([*forty(), comment("", "Whose?")]))
        return {"organisation": department.code, "source": "A public page", "file": file}

    assert as_user(engineer).post(f"{BASE}imports/", given(), format="multipart").status_code == 403
    made = api.post(f"{BASE}imports/", given(), format="multipart").json()
    assert (made["status"], made["counts"]["threads"], made["counts"]["refused"]) == ("checked", 12, 1)
    url = f"{BASE}imports/{made['id']}/"
    assert [(row["row"], row["column"]) for row in api.get(f"{url}refused/").json()] == [(42, "id")]
    assert as_user(engineer).get(url).status_code == 404
    assert api.post(f"{url}confirm/").json()["status"] == "applied"
    assert [row["row"] for row in api.get(f"{url}refused/").json()] == [42]
    assert api.post(f"{url}discard/").status_code == 409
    assert api.post(f"{url}undo/").json()["status"] == "undone"
    assert not Post.objects.exists()
    assert api.post(f"{url}undo/").status_code == 409


def test_topics_and_rules_are_the_organisations_own(
    department: Organisation, technology_lead: User, staff_user: User
) -> None:
    api = as_user(technology_lead)
    new = {"organisation": department.code, "name": "Chairs", "synonyms": ["Chair", "chair", "seat"]}
    made = api.post(f"{BASE}topics/", new).json()
    assert made["synonyms"] == ["chair", "seat"]
    refused = api.post(f"{BASE}topics/", new | {"name": "chairs"}).json()["errors"][0]
    assert (refused["field"], "already" in refused["message"]) == ("name", True)
    assert api.patch(f"{BASE}topics/{made['id']}/", {"is_retired": True}).json()["is_retired"] is True
    assert as_user(staff_user).post(f"{BASE}topics/", new).status_code == 403
    [rules] = api.get(f"{BASE}policies/").json()
    assert (rules["organisation"], rules["answer_within_days"]) == (department.code, 20)
    url = f"{BASE}policies/{department.pk}/"
    refused = api.patch(url, {"ways_to_be_shown": ["role"]}).json()["errors"][0]
    assert refused["field"] == "shown_as"
    asked = {"ways_to_be_shown": ["role"], "shown_as": "role", "bank_holidays": "SCT", "update_every_days": 5}
    assert api.patch(url, asked).json()["bank_holidays"] == "SCT"
    assert FeedbackPolicy.of(department).update_every_days == 5
    assert as_user(staff_user).get(url).status_code == 404
