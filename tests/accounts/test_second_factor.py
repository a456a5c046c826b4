"""A code beside the password: set up, asked for, taken once, asked of those whose role wants it."""

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

from fleet.models import ApiToken, RecoveryCode, Role, SecondFactor, User
from fleet.services import second_factor
from tests.accounts.conftest import PASSWORD, code_now, outcomes, sign_in
from tests.factories import AUTHENTICATOR, shipped_role

pytestmark = pytest.mark.django_db
SET_UP = "/account/second-factor/set-up/"


@pytest.fixture
def client(visitor: Callable[[], Client], manager: User) -> Client:
    """A browser in which the manager has signed in with the password."""
    browser = visitor()
    sign_in(browser, manager)
    return browser


def asked_of(user: User) -> None:
    """The person's role asks for a second factor."""
    Role.objects.filter(grants__user=user).update(requires_second_factor=True)


def key_on(page: Any) -> str:
    [key] = re.findall(r"<code>([A-Z2-7 ]+)</code>", page.content.decode())
    return str(key).replace(" ", "")


def codes_on(page: Any) -> list[str]:
    return re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", page.content.decode())


def give_code(browser: Client, code: str) -> Any:
    return browser.post("/sign-in/code/", {"code": code})


def test_setting_it_up_takes_a_code_and_shows_recovery_codes_once(
    client: Client, manager: User, visitor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    elsewhere = visitor()
    sign_in(elsewhere, manager)
    page = client.get(SET_UP)
    assert "no-store" in page["Cache-Control"]
    assert 'src="data:image/svg+xml' in page.content.decode()
    key = key_on(page)
    assert key_on(client.post(SET_UP, {"code": "000000"})) == key
    assert not SecondFactor.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        shown = client.post(SET_UP, {"code": code_now(key)})
    assert len(set(codes_on(shown))) == 10
    assert client.get("/account/second-factor/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert mail.outbox[-1].subject == "Your second factor for Tranche, Department of Examples is on"
    assert client.get(SET_UP)["Location"] == "/account/second-factor/"


def test_the_database_holds_neither_secret_nor_codes(client: Client, manager: User) -> None:
    key = key_on(client.get(SET_UP))
    codes = codes_on(client.post(SET_UP, {"code": code_now(key)}))
    kept = SecondFactor.objects.get(user=manager)
    assert key not in kept.secret
    digests = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in digests or code.replace("-", "") in digests for code in codes)


def test_signing_in_takes_both(visitor: Any, guarded: User) -> None:
    browser = visitor()
    assert sign_in(browser, guarded, next="/devices/")["Location"] == "/sign-in/code/"
    assert browser.get("/account/").status_code == 302
    assert give_code(browser, "000000").status_code == 200
    assert give_code(browser, code_now())["Location"] == "/devices/"
    assert browser.get("/account/").status_code == 200
    assert outcomes(guarded) == [
        ("code_asked", "password"),
        ("wrong_code", "code"),
        ("signed_in", "code"),
    ]


def test_the_session_gets_a_new_key_at_each_step(visitor: Any, guarded: User) -> None:
    browser = visitor()
    sign_in(browser, guarded)
    half_way = browser.cookies["sessionid"].value
    give_code(browser, code_now())
    assert browser.cookies["sessionid"].value != half_way


def test_a_code_is_taken_once(visitor: Any, guarded: User) -> None:
    code, first, second = code_now(), visitor(), visitor()
    for browser in (first, second):
        sign_in(browser, guarded)
    assert give_code(first, code).status_code == 302
    assert give_code(second, code).status_code == 200


def test_clocks_may_differ_by_half_a_minute_and_no_code_goes_back(guarded: User) -> None:
    factor = guarded.second_factor
    with time_machine.travel(timezone.now(), tick=False):
        assert not second_factor.take(factor, code_now(drift=2))
        assert not second_factor.take(factor, code_now(drift=-2))
        assert second_factor.take(factor, code_now(drift=1)) == "code"
        assert not second_factor.take(factor, code_now(drift=0))


def test_a_recovery_code_works_once_however_it_is_typed(
    visitor: Any, guarded: User, django_capture_on_commit_callbacks: Any
) -> None:
    code, *_ = second_factor.renew_codes(factor=guarded.second_factor)
    browser = visitor()
    sign_in(browser, guarded)
    with django_capture_on_commit_callbacks(execute=True):
        assert give_code(browser, code.upper().replace("-", " ")).status_code == 302
    assert outcomes(guarded)[-1] == ("signed_in", "recovery")
    assert mail.outbox[-1].subject.startswith("A recovery code for Tranche")
    assert second_factor.take(guarded.second_factor, code) is None
    assert second_factor.codes_left(guarded.second_factor) == 9


def test_wrong_codes_count_with_wrong_passwords(visitor: Any, guarded: User) -> None:
    browser = visitor()
    for _ in range(5):
        sign_in(browser, guarded, "wrong")
    sign_in(browser, guarded)
    for _ in range(4):
        assert give_code(browser, "000000").status_code == 200
    assert give_code(browser, "000000").status_code == 429
    assert give_code(browser, code_now()).status_code == 429
    assert browser.get("/account/").status_code == 302
    assert sign_in(visitor(), guarded).status_code == 429
    assert [outcome for outcome, _ in outcomes(guarded)].count("paused") == 3


def test_the_half_way_house_shuts_after_ten_minutes_or_when_the_password_changes(
    visitor: Any, guarded: User
) -> None:
    browser = visitor()
    sign_in(browser, guarded)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert give_code(browser, code_now())["Location"] == "/sign-in/"
    guarded.set_password("something else entirely")
    guarded.save()
    assert give_code(browser, code_now())["Location"] == "/sign-in/"


def test_a_role_that_asks_for_it_opens_no_other_page_before(client: Client, manager: User) -> None:
    assert client.get("/devices/").status_code == 200
    asked_of(manager)
    for address in ("/", "/devices/", "/account/tokens/make/", "/account/password/"):
        assert client.get(address)["Location"] == SET_UP, address
    refused = client.get("/api/v1/devices/")
    assert refused.status_code == 403
    assert "second factor" in refused.json()["title"] + str(refused.json())
    assert not client.post("/account/tokens/make/", {"name": "Script"}).content
    assert not ApiToken.objects.exists()
    page = client.get(SET_UP)
    assert "A role of yours asks for a second factor" in page.content.decode()
    client.post(SET_UP, {"code": code_now(key_on(page))})
    assert client.get("/devices/").status_code == 200
    assert client.get("/api/v1/devices/").status_code == 200
    assert client.post("/account/tokens/make/", {"name": "Script"}).status_code == 200


def test_who_must_set_it_up_can_still_sign_out(client: Client, manager: User) -> None:
    asked_of(manager)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"


def test_a_role_that_has_ended_asks_for_nothing(client: Client, manager: User) -> None:
    asked_of(manager)
    manager.grants.update(ends_at=timezone.now())
    assert client.get("/account/").status_code == 200


def test_turning_it_off_takes_the_password(client: Client, manager: User) -> None:
    client.post(SET_UP, {"code": code_now(key_on(client.get(SET_UP)))})
    off = "/account/second-factor/turn-off/"
    assert "not your password" in client.post(off, {"password": "wrong"}).content.decode()
    assert SecondFactor.objects.exists()
    assert client.post(off, {"password": PASSWORD})["Location"] == "/account/second-factor/"
    assert not SecondFactor.objects.exists()


def test_it_cannot_be_turned_off_while_a_role_asks_for_it(client: Client, manager: User) -> None:
    client.post(SET_UP, {"code": code_now(key_on(client.get(SET_UP)))})
    asked_of(manager)
    answer = client.post("/account/second-factor/turn-off/", {"password": PASSWORD})
    assert "A role of yours asks for a second factor" in answer.content.decode()
    assert SecondFactor.objects.exists()


def test_new_recovery_codes_take_the_place_of_the_old(client: Client, manager: User) -> None:
    old = codes_on(client.post(SET_UP, {"code": code_now(key_on(client.get(SET_UP)))}))
    page = client.post("/account/second-factor/codes/", {"password": PASSWORD})
    new = codes_on(page)
    assert "no-store" in page["Cache-Control"]
    assert not set(old) & set(new)
    factor = SecondFactor.objects.get()
    assert second_factor.take(factor, old[0]) is None
    assert second_factor.take(factor, new[0]) == "recovery"


def test_another_secret_key_makes_codes_useless_but_not_recovery_codes(guarded: User, settings: Any) -> None:
    code, *_ = second_factor.renew_codes(factor=guarded.second_factor)
    before = settings.SECRET_KEY
    settings.SECRET_KEY = "another key for tests alone, which guards nothing but test data"
    assert second_factor.take(guarded.second_factor, code_now()) is None
    assert second_factor.take(guarded.second_factor, code) == "recovery"
    settings.SECRET_KEY_FALLBACKS = [before]
    assert second_factor.take(guarded.second_factor, code_now()) == "code"


def test_the_secret_is_never_offered_again(client: Client) -> None:
    key = key_on(client.get(SET_UP))
    client.post(SET_UP, {"code": code_now(key)})
    assert key not in client.get("/account/second-factor/").content.decode()
    assert key != AUTHENTICATOR
    assert shipped_role("engineer").requires_second_factor is False
