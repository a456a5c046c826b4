"""Sessions: listed, ended, and found by nobody who reads the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from fleet.models import Grant, Organisation, SecondFactor, Session, SignInEvent, User
from fleet.services import sign_ins
from fleet.web.callers import browser_of, ip_of
from tests.accounts.conftest import ADDRESS, PASSWORD, outcomes, sign_in
from tests.factories import SecondFactorFactory, SessionFactory, SignInEventFactory

pytestmark = pytest.mark.django_db
LIST = "/account/sessions/"


@pytest.fixture
def client(visitor: Callable[[], Client], manager: User) -> Client:
    browser = visitor()
    sign_in(browser, manager)
    return browser


def test_each_says_where_and_when_and_which_is_this_one(client: Client, manager: User) -> None:
    page = client.get(LIST).content.decode()
    for words in ("Firefox on Windows", ADDRESS, "This one"):
        assert words in page
    key = client.cookies["sessionid"].value
    assert key not in page
    assert not Session.objects.filter(session_key=key).exists()


def test_ending_one_leaves_the_others(client: Client, manager: User, visitor: Any) -> None:
    second, third = visitor(), visitor()
    for browser in (second, third):
        sign_in(browser, manager)
    digest = second.session.digest
    assert client.get(f"{LIST}{digest}/end/").status_code == 200
    assert client.post(f"{LIST}{digest}/end/")["Location"] == LIST
    assert second.get("/account/").status_code == 302
    assert third.get("/account/").status_code == 200
    assert client.get("/account/").status_code == 200
    assert outcomes(manager)[-1] == ("ended", "")


def test_ending_all_others_leaves_this_one(client: Client, manager: User, visitor: Any) -> None:
    others = [visitor() for _ in range(3)]
    for browser in others:
        sign_in(browser, manager)
    answer = client.post(f"{LIST}end-others/", follow=True)
    assert "3 sessions ended. This one goes on." in answer.content.decode()
    assert {browser.get("/account/").status_code for browser in others} == {302}


def test_nobody_ends_another_persons_session(client: Client, auditor: User) -> None:
    foreign = SessionFactory(user=auditor)
    assert client.post(f"{LIST}{foreign.pk}/end/").status_code == 404
    client.post(f"{LIST}end-others/")
    assert Session.objects.filter(pk=foreign.pk).exists()


def test_changing_the_password_ends_the_others(
    client: Client, manager: User, visitor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    other = visitor()
    sign_in(other, manager)
    new = "an entirely different phrase"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/password/", sent, follow=True)
    assert "Your password is changed. 1 other session ended." in answer.content.decode()
    assert Session.objects.filter(user=manager).count() == 1
    assert other.get("/account/").status_code == 302
    assert "was changed" in str(mail.outbox[-1].subject)


def test_last_active_is_written_once_a_minute(client: Client) -> None:
    session = Session.objects.get()
    with time_machine.travel(session.last_active_at + timedelta(seconds=50)):
        client.get("/account/sign-ins/")
        assert Session.objects.get().last_active_at == session.last_active_at
    later = session.last_active_at + timedelta(seconds=70)
    with time_machine.travel(later, tick=False):
        client.get("/account/sign-ins/")
    assert Session.objects.get().last_active_at == later


def test_a_session_that_has_run_out_is_gone(client: Client, manager: User) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        assert client.get("/account/").status_code == 302
        sign_ins.keep_house()
    assert not Session.objects.filter(user=manager).exists()


def test_signing_in_makes_a_new_key(visitor: Any, manager: User) -> None:
    browser = visitor()
    browser.cookies["sessionid"] = "a" * 32
    sign_in(browser, manager)
    assert browser.cookies["sessionid"].value != "a" * 32


@pytest.fixture
def grant(engineer: User) -> Grant:
    return Grant.objects.get(user=engineer)


def test_whoever_manages_access_ends_the_sessions_of_a_holder(
    client: Client, manager: User, grant: Grant
) -> None:
    SessionFactory.create_batch(2, user=grant.user)
    page = client.get(reverse("fleet:grant-detail", args=[grant.pk])).content.decode()
    address = reverse("fleet:grant-end-sessions", args=[grant.pk])
    assert address in page
    assert "2 sessions of Engineer ended." in client.post(address, follow=True).content.decode()
    assert not Session.objects.filter(user=grant.user).exists()
    assert SignInEvent.objects.filter(user=grant.user, by=manager, outcome="ended").count() == 2


def test_a_lost_phone_is_mended_and_its_owner_told(
    client: Client, manager: User, grant: Grant, django_capture_on_commit_callbacks: Any
) -> None:
    SecondFactorFactory(user=grant.user)
    SessionFactory(user=grant.user)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("fleet:grant-reset-second-factor", args=[grant.pk]))
    assert not SecondFactor.objects.exists()
    assert not Session.objects.filter(user=grant.user).exists()
    assert mail.outbox[-1].to == [grant.user.email]
    log = client.get("/settings/changes/?kind=second-factors").content.decode()
    assert str(manager) in log
    assert str(grant.user) in log


def test_neither_is_for_a_role_that_has_ended(client: Client, grant: Grant) -> None:
    SecondFactorFactory(user=grant.user)
    Grant.objects.filter(pk=grant.pk).update(ends_at=timezone.now())
    for name in ("end-sessions", "reset-second-factor"):
        answer = client.post(reverse(f"fleet:grant-{name}", args=[grant.pk]))
        assert "no longer holds this role" in answer.content.decode()
    assert SecondFactor.objects.exists()


def test_the_book_is_kept_for_its_time_and_never_edited(manager: User, settings: Any) -> None:
    settings.SIGN_INS_KEEP_DAYS = 30
    SignInEventFactory(user=manager, at=timezone.now() - timedelta(days=31))
    kept = SignInEventFactory(user=manager, at=timezone.now() - timedelta(days=29))
    sign_ins.keep_house()
    assert list(SignInEvent.objects.all()) == [kept]


def test_an_address_that_nobody_has_leaves_no_trace_of_what_was_typed(client: Client) -> None:
    from axes.models import AccessAttempt

    typed = "my-password-typed-in-the-wrong-box"
    Client().post("/sign-in/", {"username": typed, "password": "x"})
    event = SignInEvent.objects.latest("pk")
    assert (event.user, event.outcome) == (None, "wrong_password")
    kept = str(list(AccessAttempt.objects.values()))
    assert typed not in kept


def test_capitals_do_not_give_more_guesses(manager: User) -> None:
    for number in range(10):
        email = manager.email.upper() if number % 2 else manager.email
        answer = Client().post("/sign-in/", {"username": email, "password": "wrong"})
    assert answer.status_code == 429


def test_the_list_is_for_the_time_of_the_role(
    client: Client, manager: User, department: Organisation, council: Organisation
) -> None:
    grant = Grant.objects.get(user=manager)
    Grant.objects.filter(pk=grant.pk).update(starts_at=timezone.now() - timedelta(days=10))
    before = SignInEventFactory(user=manager, at=timezone.now() - timedelta(days=11))
    since = SignInEventFactory(user=manager, at=timezone.now() - timedelta(days=9))
    nobodys = SignInEventFactory(user=None, outcome="wrong_password")
    seen = set(SignInEvent.objects.visible_to(User.objects.get(pk=manager.pk)))
    assert since in seen
    assert not {before, nobodys} & seen
    council.delete()
    assert nobodys in SignInEvent.objects.visible_to(User.objects.get(pk=manager.pk))


def test_page_csv_and_api_say_the_same(client: Client, manager: User, api_of: Any) -> None:
    SignInEventFactory(user=manager, outcome="wrong_code", method="code")
    page = client.get("/settings/sign-ins/?outcome=wrong_code")
    csv = client.get("/settings/sign-ins/?outcome=wrong_code&format=csv").getvalue().decode()
    found = api_of(manager).get("/api/v1/sign-ins/?outcome=wrong_code").json()
    assert "1 sign-in" in " ".join(page.content.decode().split())
    assert len(csv.splitlines()) == 2
    assert found["count"] == 1
    assert found["results"][0]["email"] == manager.email


@pytest.mark.parametrize("address", ["/settings/sign-ins/", "/account/sign-ins/", LIST])
def test_lists_take_the_same_queries_for_fifty_rows(address: str, client: Client, manager: User) -> None:
    from tests.queries import queries_of

    one = queries_of(client, address)
    SignInEventFactory.create_batch(49, user=manager, by=manager)
    SessionFactory.create_batch(49, user=manager)
    assert queries_of(client, address) == one


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) Version/18.1 Safari/604.1",
            "Safari on iPad",
        ),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0.0.0 Safari/537.36", "Chrome on ChromeOS"),
        ("<script>", ""),
    ],
)
def test_browsers_are_named_in_a_few_words(agent: str, words: str) -> None:
    assert browser_of(RequestFactory().get("/", HTTP_USER_AGENT=agent)) == words


@pytest.mark.parametrize(
    ("count", "forwarded", "found"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_say_who_calls(count: int, forwarded: str, found: str, settings: Any) -> None:
    settings.PROXY_COUNT = count
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert ip_of(request) == found
