"""The way in: the password first, then a code of the second factor where the person has one or must.

A session says in its data how far its person has come. What waits for a code holds no user yet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from fleet.models import User
from fleet.services import second_factor
from fleet.sessions import SIGNED_IN
from fleet.web.callers import caller_of

V = TypeVar("V", bound=Callable[..., Any])

BACKEND = "django.contrib.auth.backends.ModelBackend"
# In the session's data: that a code was given, and who has only given the password yet.
VERIFIED, WAITING = "second_factor", "waits_for_code"
WAIT_SECONDS = 10 * 60


def before_second_factor(view: V) -> V:
    """A view that opens to those who have signed in but must still set up their second factor."""
    view.is_before_second_factor = True  # type: ignore[attr-defined]
    return view


def is_before_second_factor(view: Callable[..., Any]) -> bool:
    return getattr(view, "is_before_second_factor", False)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether a role, or the admin's pages, ask for a second factor that this session has not given."""
    user = request.user
    if not isinstance(user, User) or request.session.get(VERIFIED):
        return False
    match = request.resolver_match
    is_admin = bool(match and match.app_name == "admin" and user.is_staff)
    return is_admin or user.access.requires_second_factor


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """To the code, where there is an app to read it from, else to setting one up."""
    assert isinstance(request.user, User)
    if second_factor.of(request.user):
        ask_for_code(request, request.user, request.get_full_path())
        return redirect("fleet:sign-in-code")
    return redirect("fleet:second-factor-set-up")


def ask_for_code(request: HttpRequest, user: User, following: str) -> None:
    """Remember for ten minutes who has given the password, and where to go on to."""
    request.session.cycle_key()
    request.session[WAITING] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "until": timezone.now().timestamp() + WAIT_SECONDS,
        "following": following,
    }


def waiting_for_code(request: HttpRequest) -> User | None:
    """Who has given the password; nobody once time is up, or the password or the account has changed."""
    waiting = request.session.get(WAITING, {})
    if waiting.get("until", 0) < timezone.now().timestamp():
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True).first()
    is_same = user and constant_time_compare(waiting["password"], user.get_session_auth_hash())
    return user if is_same else None


def let_in(request: HttpRequest, user: User, *, is_verified: bool = False) -> str:
    """Sign the person in, in a session with a new key; gives the address that they wanted, or none."""
    waiting = request.session.pop(WAITING, {})
    login(request, user, backend=BACKEND)
    if is_verified:
        request.session[VERIFIED] = True
    return str(waiting.get("following", ""))


def note_caller(request: HttpRequest, **_: Any) -> None:
    """On `user_logged_in`: what the list of sessions says of this one."""
    request.session[SIGNED_IN] = caller_of(request) | {"signed_in_at": timezone.now().isoformat()}


def safe_address(request: HttpRequest, asked: str) -> str:
    """`asked` where it is an address of ours, else none."""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else ""
