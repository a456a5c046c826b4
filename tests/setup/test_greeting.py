"""What the block of `make run` says can be used as it stands."""

from __future__ import annotations

import json
import shlex

import pytest

from config.run.greeting import demo_accounts, example_push, greeting
from fleet.models import Organisation

ACCOUNTS = [
    {"email": "it@revenue.example", "password": "one", "role": "IT manager", "organisation": "REVENUE"},
    {"email": "audit@shire.example", "password": "two", "role": "Auditor", "organisation": "SHIRE"},
]


def test_accounts_stand_in_columns_with_their_passwords() -> None:
    first, second = [line for line in demo_accounts(ACCOUNTS) if "example" in line]
    assert first.split() == ["REVENUE", "IT", "manager", "it@revenue.example", "one"]
    assert first.index("it@revenue") == second.index("audit@shire")


def test_the_curl_command_is_one_that_a_shell_understands() -> None:
    said = "\n".join(example_push("http://127.0.0.1:8000", {"slug": "demo", "token": "secret"}))
    command = shlex.split(said[said.index("curl") :].replace("\\\n", " "))
    assert command[2] == "http://127.0.0.1:8000/api/v1/mdm/inventory"
    assert "Authorization: Bearer secret" in command
    [device] = json.loads(command[command.index("-d") + 1])["devices"]
    assert device["serial"] == "EXAMPLE0001"
    assert device["last_seen"]


@pytest.mark.parametrize("demo", ["full", "none"])
def test_an_empty_database_is_told_its_first_step(demo: str, db: None) -> None:
    assert not Organisation.objects.exists()
    assert "manage.py create_organisation" in greeting("http://127.0.0.1:8000", demo)


def test_real_data_are_never_shown_demo_passwords(department: Organisation) -> None:
    said = greeting("http://127.0.0.1:8000", "none")
    assert "Demo accounts" not in said
    assert "create_organisation" not in said
