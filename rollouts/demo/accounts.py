"""Who signs in to the demo: one account a role and organisation, with passwords made at random."""

from __future__ import annotations

import json
import os
import secrets
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from fleet.models import Grant, Organisation, Role, User

ACCOUNTS_FILE = "demo-accounts.json"
SOURCE_FILE = "demo-mdm-source.json"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who will sign in; `hash` will be what is stored of the password."""

    role: Role
    organisation: str
    email: str
    name: str
    password: str
    hash: Future[str]


def invent_accounts(organisations: dict[str, str], threads: ThreadPoolExecutor) -> list[Account]:
    """One a role for each organisation (code → domain). Slow by design, so it runs in `threads`."""
    wanted = [(role, code, domain) for code, domain in organisations.items() for role in Role.objects.all()]
    return [_invent(role, code, domain, threads) for role, code, domain in wanted]


def _invent(role: Role, organisation: str, domain: str, threads: ThreadPoolExecutor) -> Account:
    password = secrets.token_urlsafe(12)
    return Account(
        role=role,
        organisation=organisation,
        email=f"{role.key.replace('-', '.')}@{domain}",
        name=f"{role.name} ({organisation.title()})",
        password=password,
        hash=threads.submit(make_password, password),
    )


def store_accounts(organisation: Organisation, accounts: list[Account]) -> dict[str, User]:
    """Users with their grants, by the role's key. `set_passwords` lets them in."""
    users = {}
    for account in accounts:
        if account.organisation == organisation.code:
            user = User.objects.create(email=account.email, name=account.name)
            Grant.objects.create(user=user, role=account.role, organisation=organisation)
            users[account.role.key] = user
    return users


def set_passwords(accounts: list[Account]) -> None:
    """Waits for the hashes."""
    for account in accounts:
        User.objects.filter(email=account.email).update(password=account.hash.result())


def as_document(accounts: list[Account]) -> list[dict[str, str]]:
    """As the accounts file holds them."""
    return [
        {
            "email": account.email,
            "password": account.password,
            "role": account.role.name,
            "organisation": account.organisation,
        }
        for account in accounts
    ]


def write_private(path: Path, document: Any) -> None:
    """JSON that only this user can read, replaced as a whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(document, file, indent=2)
    draft.replace(path)
