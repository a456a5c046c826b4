"""A new password by mail: for whoever reads the mail, once, and nobody learns who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from fleet.models import SignInEvent, User
from tests.accounts.conftest import PASSWORD, outcomes, sign_in

pytestmark = pytest.mark.django_db
NEW = "an entirely different phrase"
SENT = "/password/forgotten/sent/"


@pytest.fixture
def ask(visitor: Callable[[], Client], django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    def post(email: str, **headers: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return visitor().post("/password/forgotten/", {"email": email}, **headers)

    return post


def link() -> str:
    [found] = re.findall(r"http://127.0.0.1:8000(/password/\S+)", str(mail.outbox[-1].body))
    return str(found)


def set_password(client: Client, address: str, password: str = NEW) -> Any:
    """By the way of Django's own view: the token moves from the address into the session first."""
    form = client.get(address)
    target = form["Location"] if form.status_code == 302 else address
    return client.post(target, {"new_password1": password, "new_password2": password})


def test_the_link_sets_a_password_once(ask: Any, manager: User, visitor: Any) -> None:
    assert ask(manager.email.upper())["Location"] == SENT
    assert mail.outbox[0].to == [manager.email]
    first = link()
    assert set_password(visitor(), first)["Location"] == "/sign-in/"
    assert sign_in(visitor(), manager, NEW).status_code == 302
    again = visitor().get(first)
    assert "This link no longer works" in again.content.decode()


def test_the_same_is_said_of_an_address_that_nobody_has(ask: Any, manager: User) -> None:
    manager.is_active = False
    manager.save()
    for email in ("nobody@dept.example", manager.email):
        assert ask(email)["Location"] == SENT
    assert mail.outbox == []
    assert outcomes() == [("link_asked", "reset")] * 2
    assert not SignInEvent.objects.filter(user__isnull=False).exists()


def test_whoever_is_signed_in_elsewhere_is_signed_out(
    ask: Any, manager: User, visitor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    thief = visitor()
    sign_in(thief, manager)
    ask(manager.email)
    # signing in made the first token void, so the link was made after it
    with django_capture_on_commit_callbacks(execute=True):
        set_password(visitor(), link())
    assert thief.get("/account/").status_code == 302
    assert outcomes(manager)[-2:] == [("ended", ""), ("password_set", "reset")]
    assert mail.outbox[-1].subject == "Your password for Tranche, Department of Examples was changed"


def test_the_link_runs_out(ask: Any, manager: User, visitor: Any) -> None:
    ask(manager.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert "This link no longer works" in visitor().get(link()).content.decode()


def test_a_weak_password_is_refused_with_what_to_do(ask: Any, manager: User, visitor: Any) -> None:
    ask(manager.email)
    answer = set_password(visitor(), link(), "password")
    assert "at least 12 characters" in answer.content.decode()
    assert sign_in(visitor(), manager).status_code == 302


def test_a_forged_host_does_not_get_into_the_link(ask: Any, manager: User, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    ask(manager.email, HTTP_HOST="evil.example", HTTP_X_FORWARDED_HOST="evil.example")
    assert "evil" not in mail.outbox[0].body
    assert link()


def test_one_address_gets_three_links_an_hour(ask: Any, manager: User) -> None:
    for _ in range(5):
        assert ask(manager.email)["Location"] == SENT
    assert len(mail.outbox) == 3
    assert len(outcomes()) == 3


def test_one_place_asks_for_thirty_an_hour(ask: Any, manager: User) -> None:
    for number in range(30):
        ask(f"nobody{number}@dept.example")
    ask(manager.email)
    assert mail.outbox == []


def test_a_reset_does_not_go_round_the_second_factor(ask: Any, guarded: User, visitor: Any) -> None:
    ask(guarded.email)
    client = visitor()
    set_password(client, link())
    assert client.get("/account/").status_code == 302
    assert sign_in(client, guarded, NEW)["Location"] == "/sign-in/code/"


def test_a_reset_ends_the_pause_after_guessing(ask: Any, manager: User, visitor: Any) -> None:
    for _ in range(10):
        sign_in(visitor(), manager, "wrong")
    assert sign_in(visitor(), manager).status_code == 429
    ask(manager.email)
    set_password(visitor(), link())
    assert sign_in(visitor(), manager, NEW).status_code == 302


def test_known_and_unknown_addresses_cost_the_same(
    manager: User, visitor: Any, django_assert_num_queries: Any
) -> None:
    """The mail's own work is the worker's."""
    for email in (manager.email, "nobody@dept.example"):
        # whose address it is; the entry in the book
        with django_assert_num_queries(2):
            visitor().post("/password/forgotten/", {"email": email})


def test_changing_it_needs_the_old_one_and_tries_are_few(manager: User, visitor: Any) -> None:
    client = visitor()
    sign_in(client, manager)
    sent = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    for _ in range(10):
        client.post("/account/password/", sent)
    answer = client.post("/account/password/", sent | {"old_password": PASSWORD})
    assert "too many tries" in answer.content.decode()
    manager.refresh_from_db()
    assert manager.check_password(PASSWORD)
