"""Deliveries on their pages: what each changed, what failed and why, and a retry."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from fleet.mdm import applying
from fleet.models import Delivery, Device, MdmSource, User
from tests.factories import DeliveryFactory, DeviceFactory
from tests.mdm.pushes import push, store

LIST = reverse("fleet:delivery-list")


@pytest.fixture
def client(mdm_administrator: User, client_of: Any) -> Any:
    return client_of(mdm_administrator)


def url_of(delivery: Delivery) -> str:
    return reverse("fleet:delivery-detail", args=[delivery.pk])


def text_of(client: Any, url: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(url).content.decode()).split())


def test_what_became_of_each_record(client: Any, source: MdmSource) -> None:
    known = DeviceFactory(organisation=source.organisation, hw_id="h-1", serial="KNOWN1")
    delivery = push(
        source,
        {"serial": "NEW1"},
        {"serial": "BAD1", "battery_level": 250},
        {"serial": "OTHER1", "hw_id": known.hw_id},
    )
    words = text_of(client, url_of(delivery))
    assert "1 created 0 updated 0 unchanged 0 stale 1 conflict 1 rejected" in words
    assert "2 Rejected None battery_level :" in words
    assert "3 Conflict" in words
    assert "Not applied: its identifiers name more than one device" in words
    device = Device.objects.get(serial="NEW1")
    assert reverse("fleet:device-detail", args=[device.pk]) in client.get(url_of(delivery)).content.decode()
    rejected = text_of(client, f"{url_of(delivery)}?outcome=rejected")
    assert "Only records with the outcome “rejected”" in rejected
    assert "Created" not in rejected


def test_many_records_come_in_pages(client: Any, source: MdmSource) -> None:
    delivery = push(source, *({"serial": f"MANY{n}"} for n in range(150)))
    first, second = (text_of(client, f"{url_of(delivery)}{page}") for page in ("", "?after=99"))
    assert "MANY99" in first
    assert "MANY100" not in first
    assert "MANY99" not in second
    assert "MANY149" in second
    assert 'href="?before=100"' in client.get(f"{url_of(delivery)}?after=99").content.decode()
    assert "MANY0" in text_of(client, f"{url_of(delivery)}?before=100")
    assert client.get(f"{url_of(delivery)}?after=x").status_code == 404


def test_an_outcome_that_there_is_not(client: Any, source: MdmSource) -> None:
    assert client.get(f"{url_of(push(source, {'serial': 'A1'}))}?outcome=lost").status_code == 404


def test_what_it_changed_is_in_the_change_log(client: Any, source: MdmSource) -> None:
    first, second = (push(source, {"serial": "LOG1", "os_version": version}) for version in ("17.4", "17.5"))
    push(source, {"serial": "ELSEWHERE"})
    [link] = re.findall(r'href="([^"]+delivery=[^"]+)"', client.get(url_of(second)).content.decode())
    changes = text_of(client, link.replace("&amp;", "&"))
    assert "17.4 → became 17.5" in changes
    assert f"by a worker A delivery of {source.slug}" in changes
    assert "ELSEWHERE" not in changes
    assert "became" not in text_of(client, link.replace("&amp;", "&").replace(str(second.pk), str(first.pk)))


def test_one_that_waits_says_so_and_renews_itself(client: Any, source: MdmSource) -> None:
    delivery = store(source, {"serial": "WAIT1"})
    assert 'http-equiv="refresh"' in client.get(url_of(delivery)).content.decode()
    assert applying.apply_delivery(delivery.pk)
    assert 'http-equiv="refresh"' not in client.get(url_of(delivery)).content.decode()


def test_a_failed_one_is_retried(client: Any, source: MdmSource) -> None:
    delivery = store(source, {"serial": "AGAIN1"})
    Delivery.objects.update(status="failed", error="The disk was full.", attempts=5)
    assert "The disk was full." in text_of(client, url_of(delivery))
    retry = reverse("fleet:delivery-retry", args=[delivery.pk])
    assert retry in client.get(url_of(delivery)).content.decode()
    answer = client.post(retry, follow=True)
    assert "waits to be applied again" in answer.content.decode()
    assert applying.apply_delivery(delivery.pk)
    assert Device.objects.filter(serial="AGAIN1").exists()


def test_a_retry_of_what_has_not_failed_is_refused(client: Any, source: MdmSource) -> None:
    delivery = push(source, {"serial": "DONE1"})
    answer = client.post(reverse("fleet:delivery-retry", args=[delivery.pk]))
    assert "Only a delivery that failed can be retried" in answer.content.decode()
    assert (
        reverse("fleet:delivery-retry", args=[delivery.pk])
        not in client.get(url_of(delivery)).content.decode()
    )


@pytest.mark.parametrize("status", ["applied", "expired"])
def test_what_has_no_body_any_more_says_so_instead_of_asking(
    client: Any, source: MdmSource, status: str
) -> None:
    delivery = DeliveryFactory(source=source, body=b"", **{status: True})
    verbs = [reverse(f"fleet:delivery-{verb}", args=[delivery.pk]) for verb in ("retry", "replay", "try")]
    page = client.get(url_of(delivery)).content.decode()
    assert "Deleted after its time" in page
    assert not [url for url in verbs if url in page]
    for url in verbs[:2]:
        for answer in (client.get(url, follow=True), client.post(url, follow=True)):
            assert answer.redirect_chain == [(url_of(delivery), 302)]
            assert "Ask the sender to push again" in answer.content.decode()
    delivery.refresh_from_db()
    assert delivery.status == status


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=failed", {"failed"}),
        ("source=dept-mdm", {"failed", "rejected", "old"}),
        ("outcome=rejected", {"rejected"}),
        ("outcome=stale&outcome=created", {"rejected"}),
        ("outcome=stale", set()),
        ("received_from=2026-01-01", {"failed", "rejected", "elsewhere"}),
        ("received_to=2020-02-03", {"old"}),
        ("received_to=2020-02-02", set()),
    ],
)
def test_the_list_is_narrowed(client: Any, source: MdmSource, query: str, found: set[str]) -> None:
    rows = {
        "failed": DeliveryFactory(source=source, failed=True),
        "rejected": DeliveryFactory(source=source, applied=True, outcomes="ncr"),
        "old": DeliveryFactory(source=source, applied=True, received_at="2020-02-03T12:00:00Z"),
        "elsewhere": DeliveryFactory(source__organisation=source.organisation, applied=True),
    }
    html = client.get(f"{LIST}?{query}").content.decode()
    assert {name for name, row in rows.items() if str(row.pk) in html} == found


def test_a_stranger_cannot_narrow_by_a_source_of_ours(
    stranger: User, client_of: Any, source: MdmSource
) -> None:
    answer = client_of(stranger).get(f"{LIST}?source={source.slug}").content.decode()
    assert source.name not in answer
    assert "must be one of those listed" in answer
