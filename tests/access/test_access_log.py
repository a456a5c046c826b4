"""No page or answer that shows a member of staff's data goes unrecorded, whoever adds it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from fleet.models import AccessRecord
from tests.access.routes import ROUTES
from tests.access.test_everyone import LISTS
from tests.access.world import World

# What runs here runs in the tests of each page as well; without coverage it takes half the time.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if "it_manager" in route.get])
def test_whatever_shows_a_member_of_staff_is_recorded(name: str, world: World) -> None:
    route = ROUTES[name]
    names = [route.about, *route.also] if route.about else []
    url = reverse(name, args=[world.objects[one].pk for one in names])
    for address in (url, f"{url}?format=csv") if name in LISTS and not name.startswith("api-") else (url,):
        with world.kept():
            response = world.client("it_manager", address).get(address)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            shows = any(word in body.decode(errors="replace") for word in world.personal)
            assert AccessRecord.objects.exists() or not shows, address
