"""The pages of intake take as many queries for one row as for fifty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from fleet.models import MdmSource, User
from tests.factories import (
    DeliveryFactory,
    DeviceEventFactory,
    DeviceFactory,
    IdentityConflictFactory,
    MdmSourceFactory,
    SourceTokenFactory,
)
from tests.mdm.pushes import push
from tests.queries import queries_of


def conflict(source: MdmSource) -> None:
    devices = DeviceFactory.create_batch(2, organisation=source.organisation)
    IdentityConflictFactory(source=source).devices.set(devices)


MAKERS: dict[str, Callable[[MdmSource], Any]] = {
    "source-list": lambda source: MdmSourceFactory(organisation=source.organisation),
    "delivery-list": lambda source: DeliveryFactory(source=source, applied=True, outcomes="cur"),
    "conflict-list": conflict,
    "device-event-list": lambda source: DeviceEventFactory(
        source=source, device=DeviceFactory(organisation=source.organisation)
    ),
}


@pytest.mark.parametrize("name", MAKERS)
def test_lists(name: str, source: MdmSource, mdm_administrator: User, client_of: Any) -> None:
    client, url = client_of(mdm_administrator), reverse(f"fleet:{name}")
    MAKERS[name](source)
    one = queries_of(client, url)
    for _ in range(49):
        MAKERS[name](source)
    assert queries_of(client, url) == one


def test_one_source(source: MdmSource, mdm_administrator: User, client_of: Any) -> None:
    client, url = client_of(mdm_administrator), reverse("fleet:source-detail", args=[source.pk])
    few, many = 1, 20
    counts = []
    for number in (few, many):
        for _ in range(number):
            DeliveryFactory(source=source, applied=True)
            SourceTokenFactory(source=source, created_by=mdm_administrator)
        counts.append(queries_of(client, url))
    assert counts[0] == counts[1]


def test_one_delivery(source: MdmSource, mdm_administrator: User, client_of: Any) -> None:
    client = client_of(mdm_administrator)
    counts = []
    for number in (1, 60):
        delivery = push(source, *({"serial": f"Q{number}-{n}"} for n in range(number)))
        counts.append(queries_of(client, reverse("fleet:delivery-detail", args=[delivery.pk])))
    assert counts[0] == counts[1]


def test_one_conflict(source: MdmSource, mdm_administrator: User, client_of: Any) -> None:
    client = client_of(mdm_administrator)
    held = IdentityConflictFactory(source=source, record={"serial": "S1", "hw_id": "h1"})
    counts = []
    for number in (1, 9):
        held.devices.add(*DeviceFactory.create_batch(number, organisation=source.organisation, issued=True))
        counts.append(queries_of(client, reverse("fleet:conflict-decide", args=[held.pk])))
    assert counts[0] == counts[1]
