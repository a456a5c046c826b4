"""Gives the test run servers of its own, before Django reads its settings.

Where DATABASE_URL and REDIS_URL are set, those are used, and all processes of a parallel run share that
one Valkey database; otherwise throw-away servers are started once and each process has its own.
"""

import os
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import django
import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, settings

from config.embedded import throwaway_servers
from tests.migrated import migrating

_servers = ExitStack()

# Named here and not in pyproject.toml, since pytest-django would read the settings before this file.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
    os.environ.update(_servers.enter_context(throwaway_servers()))
    os.environ["TRANCHE_TEST_SERVERS"] = "throwaway"
    _servers.enter_context(migrating())
os.environ.setdefault("SECRET_KEY", "a key for tests alone, which guards nothing but the data of tests")
django.setup()
# The hasher in service takes as long as guessing should: tests/accounts/test_passwords.py holds it.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A busy machine is slow, not wrong: nothing is asserted about time.
settings.register_profile("tranche", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tranche")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(specs: list[Any]) -> None:
    """Each process of a parallel run gets a Valkey database; pytest-django gives it a PostgreSQL one."""
    if "TRANCHE_TEST_SERVERS" in os.environ:
        base = urlsplit(os.environ["REDIS_URL"])
        for number, spec in enumerate(specs, start=1):
            spec.env["REDIS_URL"] = base._replace(path=f"/{number}").geturl()


def pytest_unconfigure() -> None:
    _servers.close()
