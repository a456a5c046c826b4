"""One's own personal tokens, on the page."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from rest_framework.test import APIClient

from fleet.models import ApiToken, User

LIST = reverse("fleet:api-token-list")


def made(client: Any) -> str:
    answer = client.post(reverse("fleet:api-token-make"), {"name": "Nightly report"})
    assert "no-store" in answer["Cache-Control"]
    [secret] = re.findall(r"<code>(trn_[\w-]+)</code>", answer.content.decode())
    return str(secret)


def status_with(secret: str) -> int:
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return int(api.get("/api/v1/devices/").status_code)


def test_a_token_is_shown_once_and_works_until_it_is_revoked(it_manager: User, client_of: Any) -> None:
    client = client_of(it_manager)
    secret = made(client)
    assert status_with(secret) == 200
    page = client.get(LIST).content.decode()
    assert "Nightly report" in page
    assert secret not in page
    client.post(reverse("fleet:api-token-revoke", args=[ApiToken.objects.get().pk]))
    assert status_with(secret) == 401
    assert "Revoked" in client.get(LIST).content.decode()


def test_nobody_reaches_another_persons_token(it_manager: User, auditor: User, client_of: Any) -> None:
    made(client_of(it_manager))
    token = ApiToken.objects.get()
    url = reverse("fleet:api-token-revoke", args=[token.pk])
    assert client_of(auditor).get(url).status_code == 404
    assert client_of(auditor).post(url).status_code == 404
    assert ApiToken.objects.get().is_live
    assert "Nightly report" not in client_of(auditor).get(LIST).content.decode()


def test_looking_at_the_question_revokes_nothing(it_manager: User, client_of: Any) -> None:
    made(client_of(it_manager))
    client_of(it_manager).get(reverse("fleet:api-token-revoke", args=[ApiToken.objects.get().pk]))
    assert ApiToken.objects.get().is_live


def test_a_token_needs_a_purpose(it_manager: User, client_of: Any) -> None:
    answer = client_of(it_manager).post(reverse("fleet:api-token-make"), {"name": ""})
    assert "Enter what it is for" in answer.content.decode()
    assert not ApiToken.objects.exists()
