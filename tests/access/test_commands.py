"""The commands that give an empty installation its first people."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from fleet.models import Organisation, User
from tests.factories import UserFactory, shipped_role


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def roles(db: None) -> None:
    shipped_role("it-manager")


def create(code: str = "SHIRE", admin: str = "ann@shire.example", kind: str = "council") -> str:
    return run("create_organisation", code, "Exampleshire Council", "--kind", kind, "--admin", admin)


def test_an_organisation_gets_its_first_administrator() -> None:
    password = create().split()[-1]
    assert User.objects.get(email="ann@shire.example").check_password(password)
    organisation = Organisation.objects.get(code="SHIRE")
    access = User.objects.get(email="ann@shire.example").access
    assert organisation.kind == "council"
    assert all(access.may(permission) for permission in ("access.manage", "mdm.manage", "devices.change"))
    assert access.organisation_ids() == {organisation.pk}


def test_an_administrator_may_have_an_account_already() -> None:
    UserFactory(email="ann@shire.example")
    assert "had an account already" in create()
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "admin", "message"),
    [
        ("shire", "ann@shire.example", "capital letters"),
        ("SHIRE", "ann", "email address"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(code: str, admin: str, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        create(code, admin)
    assert not Organisation.objects.exists()
    assert not User.objects.exists()


def test_a_code_is_given_once() -> None:
    create()
    with pytest.raises(CommandError, match="SHIRE exists already"):
        create(admin="bob@shire.example")
    assert not User.objects.filter(email="bob@shire.example").exists()


def test_a_token_is_all_that_is_printed_and_it_works() -> None:
    create()
    secret = run("create_api_token", "Ann@shire.example")
    assert len(secret.split()) == 1
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret.strip()}")
    assert api.get("/api/v1/sites/").status_code == 200


def test_nobody_gets_a_token_for_an_unknown_or_closed_account() -> None:
    UserFactory(email="gone@shire.example", is_active=False)
    for email in ("gone@shire.example", "never@shire.example"):
        with pytest.raises(CommandError, match="Nobody signs in"):
            run("create_api_token", email)
