"""The API against its own description: whatever is sent, no address fails, or answers as it does not say."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from django.urls import Resolver404, resolve, reverse
from hypothesis import HealthCheck, Phase, given, settings

from config.paths import PROJECT
from tests.access.routes import ROUTES
from tests.access.world import World

SCHEMA: Any = schemathesis.openapi.from_path(PROJECT / "docs/reference/openapi.yaml")
OPERATIONS = {
    f"{one.method.upper()} {one.path}": one for one in (found.ok() for found in SCHEMA.get_all_operations())
}
# Who may do most, so that what is sent gets past the door.
ACTORS = ("it_manager", "mdm_administrator")


def _address(world: World, path: str) -> str:
    """The address with ids of rows that there are, as the access table names them: more comes of those."""
    try:
        name = resolve(path).url_name or ""
    except Resolver404:
        return path
    route = ROUTES.get(name)
    if route is None or not route.about:
        return path
    return reverse(name, args=[world.objects[one].pk for one in (route.about, *route.also)])


def _send(world: World, actor: str, case: Any, url: str) -> Any:
    query = {name: value for name, value in (case.query or {}).items() if value is not None}
    client = world.api[actor]
    options: dict[str, Any] = {"query_params": query}
    if isinstance(case.body, bytes | str):
        options |= {"data": case.body, "content_type": case.media_type or "application/json"}
    elif case.method != "GET" and not isinstance(case.body, schemathesis.core.NotSet):
        options |= {"data": json.dumps(case.body, default=str), "content_type": "application/json"}
    return getattr(client, case.method.lower())(url, **options)


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPERATIONS)
def test_no_address_fails_or_answers_as_it_does_not_say(name: str, world: World) -> None:
    operation = OPERATIONS[name]
    documented = set(operation.definition.raw["responses"])

    @settings(
        max_examples=4,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
        derandomize=True,
        database=None,
    )
    @given(case=operation.as_strategy())
    def check(case: Any) -> None:
        for actor in ACTORS:
            with world.kept():
                response = _send(world, actor, case, _address(world, case.formatted_path))
            status = response.status_code
            assert status < 500 or "503" in documented, (status, case, response.content[:500])
            assert status != 500, (case, response.content[:500])
            assert str(status) in documented, (status, actor, response.content[:500])

    check()
