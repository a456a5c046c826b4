"""People with passwords and apps, who come by the pages as they would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from fleet.models import SignInEvent, User
from tests.factories import AUTHENTICATOR, SecondFactorFactory

PASSWORD = "correct horse battery staple"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
ADDRESS = "192.0.2.44"


@pytest.fixture(autouse=True)
def fresh_throttle() -> None:
    """What earlier tests tried does not count."""
    for key in cache._cache.get_client().keys(":*:throttle:*"):  # type: ignore[attr-defined]
        cache._cache.get_client().delete(key)  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def mails_at_once(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Tasks run where they are sent: what a worker would do, without one."""
    from config.celery import app

    monkeypatch.setattr(app.conf, "task_always_eager", True)


@pytest.fixture
def manager(it_manager: User) -> User:
    it_manager.set_password(PASSWORD)
    it_manager.save()
    return it_manager


@pytest.fixture
def guarded(manager: User) -> User:
    """The manager with an authenticator app."""
    SecondFactorFactory(user=manager)
    return manager


@pytest.fixture
def visitor() -> Callable[[], Client]:
    """A fresh browser."""
    return lambda: Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=FIREFOX)


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"username": user.email, "password": password, **more})


def code_now(secret: str = AUTHENTICATOR, drift: int = 0) -> str:
    """What the app shows, or will show `drift` half-minutes from now."""
    return pyotp.TOTP(secret).at(int(timezone.now().timestamp()) + 30 * drift)


def outcomes(user: User | None = None) -> list[tuple[str, str]]:
    """What stands in the book, oldest first."""
    rows = SignInEvent.objects.order_by("pk")
    return list((rows.filter(user=user) if user else rows).values_list("outcome", "method"))
