"""Pages and API lists at full size, by one client and by four at once."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse
from django.utils.http import urlencode

from bench.clients import Client, at_once, bearer
from bench.results import Report, Result, percentile
from fleet.models import ApiToken, Device, User
from rollouts.models import Tranche

REQUESTS = 60
CLIENTS = (1, 4)
IT_MANAGER = "it.manager@revenue.example"
PAGE_WANTED = "60, at least 150"
API_WANTED = "40, at least 100"


def measure_pages(report: Report, port: int) -> None:
    user = User.objects.get(email=IT_MANAGER)
    _, secret = ApiToken.issue(user=user)
    for name, paths in _pages().items():
        _measure(report, f"Page: {name}", lambda: browser_of(user, port), paths, PAGE_WANTED)
    for name, paths in _api_lists().items():
        _measure(report, f"API: {name}", lambda: bearer(port, secret), paths, API_WANTED)


def browser_of(user: User, port: int) -> Client:
    """A browser in which the person has signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return Client(port, {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"})


def _measure(report: Report, name: str, make: Callable[[], Client], paths: list[str], wanted: str) -> None:
    """Addresses in turn, after each was asked for once by every web process and thread."""
    at_once(make, 8, paths * 4, Client.timed_get)
    for clients in CLIENTS:
        work = [paths[number % len(paths)] for number in range(REQUESTS)]
        times = at_once(make, clients, work, Client.timed_get)
        for share, kind in ((0.5, "p50"), (0.95, "p95")):
            report.add(
                Result(
                    f"{name}, {kind}",
                    percentile(times, share),
                    "ms",
                    n=len(times),
                    spread=(min(times), max(times)),
                    size=f"{clients} client{'s' if clients > 1 else ''}",
                    wanted=wanted if kind == "p95" else "",
                )
            )


def _pages() -> dict[str, list[str]]:
    devices = Device.objects.filter(organisation__code="REVENUE", holder__isnull=False)
    some = list(devices.order_by("-pk").values_list("pk", "serial", "holder__name", "site")[:10])
    tranches = Tranche.objects.filter(programme__code="mobile-working", number__in=[2, 3])
    return {
        "Today": [reverse("home:today")],
        "devices": [reverse("fleet:device-list")],
        "devices, filtered": [
            _list("fleet:device-list", site=site, life_cycle="issued") for *_, site in some
        ],
        "devices, search": [_list("fleet:device-list", q=serial[:8]) for _, serial, *_ in some],
        "device": [reverse("fleet:device-detail", args=[pk]) for pk, *_ in some],
        "people, search": [_list("fleet:person-list", q=name.split()[0]) for _, _, name, _ in some],
        "tranche": [reverse("rollouts:tranche-detail", args=[tranche.pk]) for tranche in tranches],
        "tranche's people": [reverse("rollouts:tranche-people", args=[tranche.pk]) for tranche in tranches],
    }


def _api_lists() -> dict[str, list[str]]:
    sites = list(
        Device.objects.filter(organisation__code="REVENUE", site__isnull=False)
        .values_list("site", flat=True)
        .distinct()[:5]
    )
    return {
        "devices": ["/api/v1/devices/?page_size=100"],
        "devices of a site": [f"/api/v1/devices/?page_size=100&site={site}" for site in sites],
        "people": ["/api/v1/staff/?page_size=100"],
    }


def _list(name: str, **filters: str | int) -> str:
    return f"{reverse(name)}?{urlencode(filters)}"
