"""MDM sources on their pages: added, given tokens that are shown once, switched off and on."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from fleet.mdm.receiving import Sync
from fleet.mdm.sources import OVERLAP
from fleet.models import MdmSource, Organisation, SourceToken, User
from tests.factories import DeliveryFactory, IdentityConflictFactory, MdmSourceFactory
from tests.mdm.pushes import push

ADD = reverse("fleet:source-add")


@pytest.fixture
def client(mdm_administrator: User, client_of: Any) -> Any:
    return client_of(mdm_administrator)


def page(client: Any, name: str, *args: int) -> str:
    return str(client.get(reverse(f"fleet:{name}", args=args)).content.decode())


def secret_in(answer: Any) -> str:
    assert "no-store" in answer["Cache-Control"]
    [secret] = re.findall(r"<code>(mdm_[\w-]+)</code>", answer.content.decode())
    return str(secret)


def status_with(secret: str) -> int:
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return int(api.post("/api/v1/mdm/inventory", {"devices": []}, format="json").status_code)


def test_a_new_source_shows_its_token_once(client: Any, department: Organisation) -> None:
    answer = client.post(ADD, {"name": "Tablets MDM", "kind": "native", "silent_after_hours": "48"})
    source = MdmSource.objects.get()
    secret = secret_in(answer)
    assert (source.organisation, source.silent_after_hours) == (department, 48)
    assert f"Bearer {secret}" in answer.content.decode().replace("&#x27;", "'")
    assert secret not in page(client, "source-detail", source.pk)
    assert status_with(secret) == 202


def test_a_name_that_is_taken(client: Any, source: MdmSource) -> None:
    answer = client.post(ADD, {"name": source.name, "kind": "native"})
    assert "Enter after how many hours" in answer.content.decode()
    answer = client.post(ADD, {"name": source.name, "kind": "native", "silent_after_hours": "26"})
    assert "Choose another name" in answer.content.decode()
    assert MdmSource.objects.count() == 1


def test_who_manages_two_organisations_says_where(
    mdm_administrator: User, client_of: Any, council: Organisation
) -> None:
    mdm_administrator.grants.create(role=mdm_administrator.grants.get().role, organisation=council)
    client = client_of(mdm_administrator)
    data = {"name": "Phones", "kind": "native", "silent_after_hours": "26"}
    assert "Select the organisation" in client.post(ADD, data).content.decode()
    client.post(ADD, data | {"organisation": council.pk})
    assert MdmSource.objects.get().organisation == council


def test_a_rotated_token_overlaps_with_the_one_before(client: Any, source: MdmSource) -> None:
    token, old = SourceToken.issue(source=source)
    new = secret_in(client.post(reverse("fleet:source-rotate", args=[source.pk])))
    assert [status_with(secret) for secret in (old, new)] == [202, 200]
    token.refresh_from_db()
    assert token.expires_at - timezone.now() <= OVERLAP
    assert "Works until" in page(client, "source-detail", source.pk)
    SourceToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    assert [status_with(secret) for secret in (old, new)] == [401, 200]
    assert "Expired" in page(client, "source-detail", source.pk)


def test_a_revoked_token_is_refused_at_once(client: Any, source: MdmSource) -> None:
    token, secret = SourceToken.issue(source=source)
    url = reverse("fleet:source-revoke", args=[source.pk, token.pk])
    assert str(token) in client.get(url).content.decode()
    assert status_with(secret) == 202
    client.post(url)
    assert status_with(secret) == 403
    assert "No token of it works" in page(client, "source-detail", source.pk)
    assert "has been revoked already" in client.post(url).content.decode()


def test_a_token_is_revoked_on_the_page_of_its_own_source_alone(client: Any, source: MdmSource) -> None:
    elsewhere, _ = SourceToken.issue(source=MdmSourceFactory())
    assert client.post(reverse("fleet:source-revoke", args=[source.pk, elsewhere.pk])).status_code == 404
    elsewhere.refresh_from_db()
    assert elsewhere.is_live


def test_a_source_that_is_switched_off_is_refused_until_it_is_on(client: Any, source: MdmSource) -> None:
    _, secret = SourceToken.issue(source=source)
    off, on = (reverse(f"fleet:source-switch-{way}", args=[source.pk]) for way in ("off", "on"))
    client.post(off)
    assert status_with(secret) == 403
    assert "It is switched off" in page(client, "source-detail", source.pk)
    assert "has been changed already" in client.post(off).content.decode()
    client.post(on)
    assert status_with(secret) == 202


def test_it_is_renamed_and_its_silence_takes_longer(client: Any, source: MdmSource) -> None:
    MdmSourceFactory(organisation=source.organisation, name="Phones")
    url = reverse("fleet:source-edit", args=[source.pk])
    assert 'value="26"' in client.get(url).content.decode()
    assert (
        "Choose another name"
        in client.post(url, {"name": "Phones", "silent_after_hours": "3"}).content.decode()
    )
    client.post(url, {"name": "Tablets", "silent_after_hours": "3"})
    source.refresh_from_db()
    assert (source.name, source.silent_after_hours) == ("Tablets", 3)


@pytest.mark.parametrize(("hours", "words"), [(25, "Arriving"), (27, "Silent too long")])
def test_silence(client: Any, source: MdmSource, hours: int, words: str) -> None:
    DeliveryFactory(source=source, applied=True, received_at=timezone.now() - timedelta(hours=hours))
    assert words in page(client, "source-list")
    assert ("silent for too long" in page(client, "source-detail", source.pk)) == (hours > 26)


def test_a_source_that_never_sent(client: Any, source: MdmSource) -> None:
    assert "Awaited" in page(client, "source-list")
    MdmSource.objects.update(created_at=timezone.now() - timedelta(days=3))
    assert "Nothing yet" in page(client, "source-list")


def test_its_numbers_lead_to_lists_that_add_up(client: Any, source: MdmSource) -> None:
    for _ in range(2):
        DeliveryFactory(source=source)
        DeliveryFactory(applied=True, source=source)
    DeliveryFactory(source=source, failed=True)
    IdentityConflictFactory(source=source)
    IdentityConflictFactory(source=source, resolved=True)
    DeliveryFactory(source__organisation=source.organisation, failed=True)
    IdentityConflictFactory(source__organisation=source.organisation)
    html = page(client, "source-detail", source.pk)
    found = re.findall(r'stat__link" href="([^"]+)">\s*<span class="app-stat__value">(\d+)</span>', html)
    assert [number for _, number in found] == ["2", "1", "1"]
    for url, number in found:
        assert f"<strong>{number} " in client.get(url.replace("&amp;", "&")).content.decode()


def test_those_who_look_are_offered_nothing_to_change(
    auditor: User, client_of: Any, source: MdmSource
) -> None:
    SourceToken.issue(source=source)
    html = page(client_of(auditor), "source-detail", source.pk)
    assert "Latest deliveries" not in html
    assert not re.findall(r">\s*(Make a new token|Switch off|Change|Revoke [^<]*)</a>", html)


def test_devices_that_a_sync_did_not_name_can_be_listed(
    client: Any, source: MdmSource, api_of: Any, mdm_administrator: User
) -> None:
    push(source, *({"source_id": one, "serial": f"SN-{one}"} for one in ("kept", "gone")))
    push(source, {"source_id": "gone-too", "serial": "SN-gone"})
    push(source, {"source_id": "kept", "serial": "SN-kept"}, sync=Sync("night", 1, 1))
    url = f"{reverse('fleet:device-list')}?missing_from={source.slug}"
    source_page = page(client, "source-detail", source.pk)
    assert f'href="{url}"' in source_page
    listed = list(client.get(url).context["table"].rows)
    assert [device.serial for device in listed] == ["SN-GONE"]
    assert MdmSource.objects.with_health().get().missing == 1  # type: ignore[attr-defined]
    [row] = api_of(mdm_administrator).get(f"/api/v1/devices/?missing_from={source.slug}").json()["results"]
    assert (row["id"], row["missing_from"]) == (listed[0].pk, [source.slug])
