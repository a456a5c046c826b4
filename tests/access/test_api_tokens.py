"""One's own personal tokens, on the page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from fleet.decisions import tokens_running_out
from fleet.errors import Invalid
from fleet.models import ApiToken, Device, Organisation, Site, User
from fleet.services.api_tokens import make_token
from tests.factories import (
    ApiTokenFactory,
    DeviceFactory,
    GrantFactory,
    SiteFactory,
    StaffMemberFactory,
    shipped_role,
)
from tests.queries import queries_of

LIST = reverse("fleet:api-token-list")


def asked(day: dt.date | None = None, **more: Any) -> dict[str, Any]:
    """What the form sends: a token that only reads, for 90 days."""
    day = day or timezone.localdate() + dt.timedelta(days=90)
    last_day = {f"expires_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    return {"name": "Nightly report", "scope": "read", **last_day, **more}


def made(client: Any, **more: Any) -> str:
    answer = client.post(reverse("fleet:api-token-make"), asked(**more))
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


def test_nobody_but_an_access_manager_reaches_another_persons_token(
    it_manager: User, auditor: User, client_of: Any
) -> None:
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
    answer = client_of(it_manager).post(reverse("fleet:api-token-make"), asked(name=""))
    assert "Enter what it is for" in answer.content.decode()
    assert not ApiToken.objects.exists()


def api_with(user: User, **scope: Any) -> APIClient:
    """A client with a new token of this scope."""
    scope.setdefault("expires_on", timezone.localdate() + dt.timedelta(days=30))
    _, secret = make_token(user=user, name="Script", by=user, **scope)
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return api


def test_a_token_that_only_reads_changes_nothing(it_manager: User, department: Organisation) -> None:
    site = SiteFactory(organisation=department, name="Before")
    api, url = api_with(it_manager, is_read_only=True), f"/api/v1/sites/{site.pk}/"
    assert api.get(url).status_code == 200
    refused = api.patch(url, {"name": "After"})
    assert refused.status_code == 403
    assert "This token may only read" in refused.data["detail"]
    assert Site.objects.get(pk=site.pk).name == "Before"


def test_a_token_does_only_what_was_chosen(it_manager: User, department: Organisation) -> None:
    site = SiteFactory(organisation=department)
    api = api_with(it_manager, permissions=["sites.view", "sites.change"])
    assert api.patch(f"/api/v1/sites/{site.pk}/", {"name": "After"}).status_code == 200
    DeviceFactory(organisation=department)
    assert api.get("/api/v1/devices/").data["results"] == []
    assert api.post("/api/v1/devices/", {"serial": "X1"}).status_code == 403


def test_a_token_never_does_more_than_its_person_may_by_now(
    it_manager: User, department: Organisation
) -> None:
    DeviceFactory(organisation=department)
    api = api_with(it_manager, permissions=["devices.view"])
    assert len(api.get("/api/v1/devices/").data["results"]) == 1
    it_manager.grants.update(ends_at=timezone.now())
    assert api.get("/api/v1/devices/").data["results"] == []


def test_a_token_keeps_to_its_organisation(
    it_manager: User, department: Organisation, council: Organisation
) -> None:
    GrantFactory(user=it_manager, organisation=council)
    here, _ = DeviceFactory(organisation=department), DeviceFactory(organisation=council)
    me = StaffMemberFactory(organisation=council, user=it_manager)
    fresh = User.objects.get(pk=it_manager.pk)
    api = api_with(fresh, organisation=department, is_read_only=True)
    assert [row["id"] for row in api.get("/api/v1/devices/").data["results"]] == [here.pk]
    assert api.get(f"/api/v1/staff/{me.pk}/").status_code == 404
    assert {row["organisation"] for row in api.get("/api/v1/grants/").data["results"]} == {"DEPT"}
    assert len(api_with(fresh).get("/api/v1/devices/").data["results"]) == Device.objects.count()


def test_what_a_token_cannot_be_is_named(
    it_manager: User, engineer: User, council: Organisation, department: Organisation
) -> None:
    today = timezone.localdate()
    wrong: list[tuple[str, User, dict[str, Any]]] = [
        ("expires_on", it_manager, {"expires_on": today - dt.timedelta(days=1)}),
        ("expires_on", it_manager, {"expires_on": today + dt.timedelta(days=366)}),
        ("organisation", it_manager, {"organisation": council}),
        ("permissions", engineer, {"permissions": ["devices.change"]}),
        ("permissions", engineer, {"permissions": []}),
    ]
    for field, user, scope in wrong:
        with pytest.raises(Invalid) as refused:
            api_with(user, **scope)
        assert refused.value.field == field
    assert not ApiToken.objects.exists()


def test_an_expired_token_is_refused(it_manager: User) -> None:
    api = api_with(it_manager, expires_on=timezone.localdate())
    assert api.get("/api/v1/devices/").status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1), tick=False):
        assert api.get("/api/v1/devices/").status_code == 401


def test_today_says_which_token_runs_out(it_manager: User, client_of: Any) -> None:
    api_with(it_manager, expires_on=timezone.localdate() + dt.timedelta(days=13))
    api_with(it_manager, expires_on=timezone.localdate() + dt.timedelta(days=20))
    assert len([*tokens_running_out(it_manager)]) == 1
    assert "Replace your API token for Script" in client_of(it_manager).get("/").content.decode()
    assert "1 of your tokens stops working" in client_of(it_manager).get(LIST).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"scope": "chosen"}, "Tick what the token may do"),
        ({"scope": "read", "permissions": ["devices.view"]}, "Take the ticks away"),
        ({"day": dt.date(2020, 1, 1)}, "The last day must be today or later"),
    ],
)
def test_the_form_says_what_to_do(it_manager: User, client_of: Any, sent: dict[str, Any], words: str) -> None:
    answer = client_of(it_manager).post(reverse("fleet:api-token-make"), asked(**sent))
    assert words in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_access_managers_see_and_revoke_the_tokens_of_their_people(
    it_manager: User, engineer: User, stranger: User, client_of: Any, api_of: Callable[[User], APIClient]
) -> None:
    secret = made(client_of(engineer))
    theirs, token = ApiTokenFactory(user=stranger), ApiToken.objects.get(user=engineer)
    page = client_of(it_manager).get(reverse("fleet:token-list")).content.decode()
    assert "Nightly report" in page
    assert str(theirs) not in page
    assert secret not in page
    assert client_of(it_manager).post(reverse("fleet:api-token-revoke", args=[token.pk])).status_code == 302
    assert status_with(secret) == 401
    log = client_of(it_manager).get(reverse("fleet:change-log"), {"kind": "tokens"}).content.decode()
    assert "Nightly report" in log
    assert "Revoked at" in log
    api = api_of(it_manager)
    assert theirs.pk not in {row["id"] for row in api.get("/api/v1/tokens/").data["results"]}
    assert api.post(f"/api/v1/tokens/{theirs.pk}/revoke/").status_code == 404


def test_a_manager_does_not_see_tokens_for_another_organisation(
    it_manager: User, engineer: User, council: Organisation
) -> None:
    GrantFactory(user=engineer, organisation=council, role=shipped_role("engineer"))
    token = ApiTokenFactory(user=engineer, organisation=council)
    assert token not in ApiToken.objects.visible_to(it_manager)


def test_the_list_takes_the_same_queries_for_one_and_fifty(
    it_manager: User, engineer: User, client_of: Any, api_of: Any
) -> None:
    page, api = client_of(it_manager), api_of(it_manager)
    urls = ((page, reverse("fleet:token-list")), (api, "/api/v1/tokens/"), (page, LIST))
    ApiTokenFactory(user=engineer)
    before = [queries_of(client, url) for client, url in urls]
    ApiTokenFactory.create_batch(25, user=engineer)
    ApiTokenFactory.create_batch(25, user=it_manager)
    assert [queries_of(client, url) for client, url in urls] == before


def test_the_command_gives_a_scope_too(engineer: User, capsys: Any) -> None:
    call_command(
        "create_api_token",
        engineer.email,
        "--read-only",
        "--permission=devices.view",
        "--organisation=DEPT",
        "--days=7",
    )
    token = ApiToken.objects.get()
    assert (token.is_read_only, token.permissions) == (True, ["devices.view"])
    assert str(token.organisation) == "Department of Examples"
    assert status_with(capsys.readouterr().out.strip()) == 200
    for wrong in (["--days=400"], ["--permission=devices.change"], ["--organisation=NONE"]):
        with pytest.raises(CommandError):
            call_command("create_api_token", engineer.email, *wrong)
    assert ApiToken.objects.count() == 1
