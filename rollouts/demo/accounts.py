"""Who signs in to the demo: one account a role and organisation, with passwords made at random."""

from __future__ import annotations

import json
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from fleet.models import Grant, Organisation, Role, User

ACCOUNTS_FILE = "demo-accounts.json"
SOURCE_FILE = "demo-mdm-source.json"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who will sign in; `hash` is what is stored of the password."""

    role: Role
    organisation: str
    email: str
    name: str
    password: str
    hash: str


def invent_accounts(organisations: dict[str, str]) -> list[Account]:
    """One a role for each organisation (code → domain). Hashing is slow by design: it runs on all cores."""
    wanted = [(role, code, domain) for code, domain in organisations.items() for role in Role.objects.all()]
    passwords = [secrets.token_urlsafe(12) for _ in wanted]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        hashes = threads.map(make_password, passwords)
        return [
            Account(
                role=role,
                organisation=code,
                email=f"{role.key.replace('-', '.')}@{domain}",
                name=f"{role.name} ({code.title()})",
                password=password,
                hash=hashed,
            )
            for (role, code, domain), password, hashed in zip(wanted, passwords, hashes, strict=True)
        ]


def store_accounts(organisation: Organisation, accounts: list[Account]) -> dict[str, User]:
    """Users with their grants, by the role's key."""
    users = {}
    for account in accounts:
        if account.organisation == organisation.code:
            user = User.objects.create(email=account.email, name=account.name, password=account.hash)
            Grant.objects.create(user=user, role=account.role, organisation=organisation)
            users[account.role.key] = user
    return users


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
