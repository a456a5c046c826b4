"""Senders in tests: a source of any kind, and its bodies through the same door as HTTP and the worker."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from fleet.mdm import applying, google
from fleet.mdm.sources import Auth, create_source
from fleet.models import Delivery, MdmSource, Organisation

JSON = "application/json"
OIDC = {
    "way": "oidc",
    "audience": "https://tranche.example/hook",
    "email": "push@project.iam.gserviceaccount.com",
}


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


@pytest.fixture
def google_keys(settings: Any) -> Iterator[Callable[..., str]]:
    """A server of keys as Google's, and a maker of identity tokens that it vouches for.

    Where the maker's `answer` is set, the server gives that instead of the keys.
    """
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key())) | {
        "kid": "k1",
        "use": "sig",
    }

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(getattr(token, "answer", b"") or json.dumps({"keys": [public]}).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.GOOGLE_OIDC_KEYS_URL = f"http://127.0.0.1:{server.server_port}/certs"

    def token(key: Any = private, **claims: Any) -> str:
        now = dt.datetime.now(dt.UTC)
        usual = {
            "iss": "https://accounts.google.com",
            "aud": "https://tranche.example/hook",
            "email": "push@project.iam.gserviceaccount.com",
            "email_verified": True,
            "iat": now,
            "exp": now + dt.timedelta(hours=1),
        }
        return "Bearer " + jwt.encode(usual | claims, key, algorithm="RS256", headers={"kid": "k1"})

    yield token
    server.shutdown()
    server.server_close()
    google._keys.cache_clear()
