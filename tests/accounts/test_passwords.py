"""Passwords as they are kept in service; all other tests hash them the quick way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import check_password

from config import settings as in_service
from fleet.models import User
from tests.accounts.conftest import PASSWORD
from tests.factories import UserFactory


@pytest.mark.django_db
def test_passwords_are_kept_so_that_guessing_is_slow(settings: Any) -> None:
    settings.PASSWORD_HASHERS = getattr(in_service, "PASSWORD_HASHERS", global_settings.PASSWORD_HASHERS)
    user: User = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    kept = User.objects.get().password
    found = re.fullmatch(r"pbkdf2_sha256\$(\d+)\$[^$]{22}\$[^$]+", kept)
    assert found, "not the hasher that is meant"
    assert int(found[1]) >= 600_000
    assert check_password(PASSWORD, kept)
    assert not check_password(PASSWORD.upper(), kept)
