"""Whatever stands in an address or among the ticked rows, there is an answer."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from fleet.models import User
from fleet.services.bulk import SUBJECTS, Selection
from tests.feedback.conftest import Raised

pytestmark = pytest.mark.django_db
NUL = "a\0b"


def test_text_that_the_database_cannot_hold_finds_nothing(
    client: Client, raised: Raised, technology_lead: User
) -> None:
    raised()
    client.force_login(technology_lead)
    for name in ("thread-list", "own-threads", "queue"):
        page = client.get(reverse(f"feedback:{name}"), {"q": NUL})
        assert "Null characters are not allowed" in page.content.decode(), name
        assert page.context["table"].rows == []
    expected = {"feedback:figures": 404, "feedback:thread-raise": 404, "api-feedback-figures": 400}
    for name, code in expected.items():
        assert client.get(reverse(name), {"organisation": NUL}).status_code == code, name
    assert client.get(reverse("api-thread-list"), {"q": NUL}).status_code == 400


def test_a_ticked_key_that_can_be_none_is_left_out(
    client: Client, raised: Raised, technology_lead: User
) -> None:
    thread = raised()
    client.force_login(technology_lead)
    odd = [str(2**63), "9" * 5_000, "-1", NUL]
    sent = {"scope": "ticked", "ticked": [str(thread.pk), *odd]}
    assert client.post(reverse("feedback:several"), sent).context["count"] == 1
    for subject in SUBJECTS.values():
        assert not Selection(subject, ticked=(2**63, -(2**64))).rows(technology_lead).exists()
