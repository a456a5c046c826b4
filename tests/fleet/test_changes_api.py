"""GET /api/v1/changes/ answers what the change log page shows, with the same filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fleet.history import acting
from fleet.models import Device, Organisation, User
from tests.factories import DeviceFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/changes/"


@pytest.fixture
def client(api_of: Callable[[User], Any], it_manager: User) -> Any:
    return api_of(it_manager)


def test_it_answers_what_one_request_changed(client: Any, department: Organisation, it_manager: User) -> None:
    device = DeviceFactory(organisation=department, asset_tag="TAG-1")
    with acting(channel="page", actor_id=it_manager.pk, request_id="request-1"):
        Device.objects.filter(pk=device.pk).update(compliance="noncompliant")
    answer = client.get(URL, {"request": "request-1", "by": it_manager.pk}).json()
    assert answer["next"] is None
    (entry,) = answer["results"]
    assert (entry["kind"], entry["row"], entry["object"], entry["by"]) == (
        "devices",
        device.pk,
        "TAG-1",
        "It manager",
    )
    assert entry["changes"] == [
        {"field": "compliance", "label": "Compliance", "before": "Unknown", "after": "Not compliant"}
    ]


def test_it_is_read_page_by_page(client: Any, department: Organisation) -> None:
    for number in range(105):
        DeviceFactory(organisation=department, asset_tag=f"TAG-{number}")
    first = client.get(URL, {"kind": "devices"}).json()
    rest = client.get(first["next"]).json()
    tags = [entry["object"] for entry in first["results"] + rest["results"]]
    assert len(tags) == len(set(tags)) == 105
    assert rest["next"] is None


@pytest.mark.parametrize("asked", [{"kind": "nonsense"}, {"who": "a@b.example"}, {"before": "x"}])
def test_what_makes_no_sense_is_refused(client: Any, asked: dict[str, str]) -> None:
    response = client.get(URL, asked)
    assert response.status_code == 400
    assert response.json()["errors"]
