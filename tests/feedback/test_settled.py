"""You said, we did: what was settled, with what was said, answered and promised."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from feedback.models import Thread
from feedback.services.answering import respond
from feedback.services.moderating import hide_post
from fleet.models import Organisation, User
from tests.feedback.conftest import Raised
from tests.feedback.factories import CommitmentFactory

pytestmark = pytest.mark.django_db


def test_everybody_reads_what_was_settled_and_why(
    client: Client, raised: Raised, technology_lead: User, staff_user: User, department: Organisation
) -> None:
    done, declined, waiting = (raised(title=title) for title in ("Slow", "My chair", "Wi-Fi"))

    def answer(thread: Thread, body: str, status: str, reason: str = "") -> None:
        said: Any = {"body": body, "status": status, "seen_status": thread.status, "reason": reason}
        respond(thread=thread, by=technology_lead, **said)

    answer(done, "We look into it.", "planned")
    answer(done, "Two minutes since Friday.", "done")
    answer(declined, "No.", "declined", reason="It is not ours to mend.")
    answer(waiting, "Soon.", "planned")
    CommitmentFactory(thread=done, text="All by June", kept=True)
    CommitmentFactory(thread=done, text="Not decided yet")
    client.force_login(staff_user)
    url = reverse("feedback:settled-list")
    page = client.get(url).content.decode()
    assert page.index("My chair") < page.index("Slow")
    for words in ("Two minutes since Friday.", "Technology lead", "It is not ours to mend.", "All by June"):
        assert words in page
    for words in ("We look into it.", "Soon.", "Not decided yet"):
        assert words not in page
    body = client.get(url, {"format": "csv"}).getvalue().decode()
    rows = list(csv.DictReader(body.splitlines(keepends=True)))
    api = APIClient()
    api.force_authenticate(staff_user)
    found = api.get("/api/v1/feedback/settled/").json()["results"]
    for row, one in zip(rows, found, strict=True):
        assert [row[name] for name in ("title", "said", "answer", "answered_by", "status")] == [
            one[name] for name in ("title", "said", "answer", "answered_by", "status")
        ]
        assert row["status_at"] == one["settled_on"] == timezone.localdate().isoformat()
    assert found[1]["commitments"] == ["All by June: kept"]
    # What a moderator hides is said here no more.
    for post in done.posts.filter(is_official=True):
        hide_post(post=post, by=technology_lead, because="It names somebody.")
    shown = client.get(url, {"status": "done"}).content.decode()
    assert ("Two minutes" in shown, "My chair" in shown) == (False, False)
