"""Every address × every actor × every method, from the table in `tests.access.routes`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.routes import EVERYONE, LINKS, MACHINES, OPEN, ROUTES, STEPS, Route
from tests.access.world import MARK, World

# What runs here runs in the tests of each page as well; without coverage it takes half the time.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]

SHUT_OUT = {"page": {404}, "api": {403, 404}}
METHODS = {"page": ("get", "post"), "api": ("get", "post", "put", "patch", "delete")}
# Lists and searches: what a stranger must not find. Each shows the department's row to those it lets in.
LISTS = {
    "fleet:device-list": "q",
    "fleet:bulk-change-list": "q",
    "fleet:discrepancy-list": "q",
    "fleet:site-list": "q",
    "fleet:person-list": "q",
    "fleet:model-list": "q",
    "fleet:approval-list": "q",
    "fleet:classification-list": "q",
    "fleet:scheme-list": "q",
    "fleet:switch-list": "q",
    "fleet:grant-list": "q",
    "fleet:invitation-list": "q",
    "fleet:access-review": "q",
    "fleet:token-list": "q",
    "fleet:sign-in-list": "q",
    "fleet:import-list": "q",
    "fleet:source-list": "",
    "fleet:device-event-list": "q",
    "fleet:delivery-list": "",
    "fleet:conflict-list": "",
    "fleet:change-log": "",
    "api-changes": "",
    "feedback:thread-list": "q",
    "rollouts:programme-list": "q",
    "api-device-list": "q",
    "api-device-model-list": "q",
    "api-bulk-change-list": "q",
    "api-discrepancy-list": "q",
    "api-site-list": "q",
    "api-staff-list": "q",
    "api-scheme-list": "q",
    "api-classification-list": "q",
    "api-mapping-list": "",
    "api-switch-list": "q",
    "api-approval-list": "q",
    "api-grant-list": "q",
    "api-invitation-list": "q",
    "api-access-review-list": "q",
    "api-personal-token-list": "q",
    "api-sign-in-list": "q",
    "api-mdm-source-list": "",
    "api-delivery-list": "",
    "api-device-event-list": "",
    "api-thread-list": "q",
    "api-topic-list": "q",
    "api-commitment-list": "q",
    "feedback:commitment-list": "q",
    "feedback:survey-list": "q",
    "feedback:gathering-list": "q",
    "api-survey-list": "q",
    "api-gathering-list": "q",
    "api-programme-list": "q",
    "api-entitlement-list": "",
    "api-tranche-list": "",
    "api-waiver-list": "",
}


def _routes(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            yield from _routes(
                pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )


def test_every_route_stands_in_the_table() -> None:
    """The admin's own pages stand behind its own door: tests/access/test_admin.py."""
    ours = {name for name in _routes(get_resolver()) if not name.startswith("admin:")}
    assert ours == {*ROUTES, *OPEN} | LINKS | STEPS | set(MACHINES) | {"api-no-such-address"}


def test_an_address_that_is_none_says_so_to_those_who_signed_in(world: World) -> None:
    url = "/api/v1/nonsense/"
    for method in METHODS["api"]:
        assert world.ask("anonymous", method, url).status_code == 401
        response = world.ask("auditor", method, url)
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def _url(name: str, route: Route, world: World) -> str:
    names = [route.about, *route.also] if route.about else []
    return reverse(name, args=[world.objects[one].pk for one in names])


def _wanted(route: Route, method: str) -> frozenset[str]:
    roles: frozenset[str] = getattr(route, {"patch": "change", "put": "replace"}.get(method, method))
    return roles


def _kind(name: str) -> str:
    return "api" if name.startswith("api-") else "page"


@pytest.mark.parametrize("name", ROUTES)
def test_only_those_whom_the_table_names_are_let_in(name: str, world: World) -> None:
    route, kind = ROUTES[name], _kind(name)
    url = _url(name, route, world)
    for method in METHODS[kind]:
        wanted = _wanted(route, method)
        for actor in sorted(EVERYONE, key=lambda actor: actor not in route.get):
            status = world.ask(actor, method, url, route.data).status_code
            if actor in wanted:
                assert status in ({200, 302} if method == "get" else {200, 201, 202, 204, 302, 400, 409}), (
                    actor,
                    method,
                )
            else:
                assert status in SHUT_OUT[kind] | {405}, (actor, method)
            if status == 405:
                break  # there is no such method here, whoever asks


@pytest.mark.parametrize("name", ROUTES)
def test_nobody_gets_in_without_signing_in(name: str, world: World) -> None:
    url = _url(name, ROUTES[name], world)
    for method in METHODS[_kind(name)]:
        response = world.ask("anonymous", method, url, ROUTES[name].data)
        if _kind(name) == "api":
            assert response.status_code == 401, method
            assert response["Content-Type"] == "application/problem+json"
        else:
            assert response.status_code == 302, method
            assert response["Location"].startswith(reverse(settings.LOGIN_URL))


@pytest.mark.parametrize("name", sorted(OPEN))
def test_a_few_pages_are_open_to_all(name: str, world: World) -> None:
    assert world.ask("anonymous", "get", reverse(name, args=OPEN[name])).status_code == 200


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_people_cannot_do_what_machines_do(name: str, world: World) -> None:
    for actor in ("anonymous", "it_manager", "mdm_administrator"):
        assert world.ask(actor, "post", reverse(name, args=MACHINES[name]), {"devices": []}).status_code in {
            401,
            403,
        }


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.about])
def test_a_stranger_with_every_role_next_door_finds_nothing_here(name: str, world: World) -> None:
    url = _url(name, ROUTES[name], world)
    for method in METHODS[_kind(name)]:
        response = world.ask("stranger", method, url, ROUTES[name].data)
        assert response.status_code in {404, 405}, method
        assert MARK not in _text(response)


@pytest.mark.parametrize("name", LISTS)
def test_lists_and_searches_keep_to_the_organisation(name: str, world: World) -> None:
    for url in _addresses(name):
        assert MARK in _text(world.ask("it_manager", "get", url)), url
        assert MARK not in _text(world.ask("stranger", "get", url)), url


def _addresses(name: str) -> Iterator[str]:
    """The list, its CSV and its search; a page of results would repeat what was searched for."""
    url, box = reverse(name), LISTS[name]
    is_page = _kind(name) == "page"
    yield url
    if is_page:
        yield f"{url}?format=csv"
    if box:
        yield f"{url}?{box}={MARK}" + ("&format=csv" if is_page else "")


def _text(response: Any) -> str:
    return str((response.read if response.streaming else response.content).decode())
