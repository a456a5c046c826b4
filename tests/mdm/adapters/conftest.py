"""Senders in tests: a source of any kind, and its bodies through the same door as HTTP and the worker."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fleet.mdm import applying
from fleet.mdm.sources import Auth, create_source
from fleet.models import Delivery, MdmSource, Organisation

JSON = "application/json"


class Sender:
    """One source and its secret. `post` answers as HTTP does; `push` also applies what was stored."""

    def __init__(self, source: MdmSource, secret: str) -> None:
        self.source, self.secret, self.client = source, secret, Client()

    @property
    def address(self) -> str:
        return f"/api/v1/mdm/hooks/{self.source.slug}"

    def post(self, body: Any, content_type: str = JSON, *, url: str = "", **headers: str) -> Any:
        """Send bytes as they are, anything else as JSON; a header None is left out."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"Authorization": f"Bearer {self.secret}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self.client.post(url or self.address, content, content_type=content_type, headers=given)

    def push(self, body: Any, content_type: str = JSON) -> Delivery:
        response = self.post(body, content_type)
        assert response.status_code in {200, 202}, response.content
        delivery = Delivery.objects.get(pk=response.json()["id"])
        applying.apply_delivery(delivery.pk)
        delivery.refresh_from_db()
        return delivery


@pytest.fixture
def sender(department: Organisation) -> Callable[..., Sender]:
    """A source of this kind that proves itself in this way."""

    def made(kind: str, **auth: str) -> Sender:
        source, secret = create_source(
            organisation=department,
            name=f"{kind} by {auth.get('way', 'bearer')}",
            kind=kind,
            by=None,
            auth=Auth(**auth),
        )
        return Sender(source, secret)

    return made
