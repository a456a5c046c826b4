"""The book at the door: who tried to get in, how, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pgtrigger
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from fleet.models import Session, SignInEvent, User
from fleet.vocabulary import SignInMethod, SignInOutcome


def record(
    user: User | None,
    outcome: SignInOutcome,
    method: SignInMethod | str = "",
    *,
    ip_address: str | None,
    browser: str,
) -> None:
    SignInEvent.objects.create(
        user=user, outcome=outcome, method=method, ip_address=ip_address, browser=browser
    )


def person_with(email: str) -> User | None:
    """Whose address it is, in any case; nobody where the account is closed."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def counted_as(_request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """The name under which guesses are counted: a digest, since what is typed there may be a password."""
    typed = (credentials or {}).get("username")
    return salted_hmac("fleet.sign-in", typed.strip().lower()).hexdigest() if typed else None


def forgive_guesses(user: User) -> None:
    """Sign-in to this account is no longer paused."""
    AxesProxyHandler.reset_attempts(username=counted_as(HttpRequest(), {"username": user.email}))


def keep_house() -> None:
    """Forget what is past SIGN_INS_KEEP_DAYS, and sessions that have run out."""
    old = timezone.now() - timedelta(days=settings.SIGN_INS_KEEP_DAYS)
    with pgtrigger.ignore("fleet.SignInEvent:append_only"):
        SignInEvent.objects.before(old).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
