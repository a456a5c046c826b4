"""A delivery run again with today's adapter: tried without writing, and replayed, undoing nothing newer."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import zlib
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fleet.errors import Conflict, Invalid
from fleet.mdm import applying
from fleet.mdm.adapters import ADAPTERS
from fleet.mdm.adapters.adapter import Read
from fleet.mdm.adapters.mapping import record
from fleet.mdm.receiving import Sync
from fleet.mdm.replaying import replay_delivery
from fleet.mdm.trying import try_delivery
from fleet.models import AccessRecord, Delivery, Device, DeviceEvent, MdmSource, SourceRecord, User
from fleet.services.change_log import changes_of
from fleet.vocabulary import Outcome
from tests.mdm.adapters.conftest import Sender
from tests.mdm.adapters.test_jamf import AT, IPAD, event
from tests.mdm.pushes import fleet_of, outcomes, push

pytestmark = pytest.mark.django_db

NINE, TEN = "2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z"
SECRET = "do-not-keep-me"


def tablet(**more: Any) -> dict[str, Any]:
    return {"source_id": "t1", "serial": "SN-1", "os_version": "17.4", "last_seen": NINE, **more}


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[dict[str, Any]], dict[str, Any]]], None]:
    """Today's native adapter reads each record otherwise than the one that came before it."""

    def changed(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        def read(body: bytes, _: str) -> Read:
            devices = json.loads(body)["devices"]
            return Read([record(change(one)) for one in devices], Counter(), {"colour"})

        adapter = dataclasses.replace(ADAPTERS["native"], read=read)
        monkeypatch.setitem(ADAPTERS, "native", adapter)

    return changed


def replayed(delivery: Delivery, by: User | None = None) -> Delivery:
    replay_delivery(delivery=delivery, by=by)
    assert applying.apply_delivery(delivery.pk)
    delivery.refresh_from_db()
    return delivery


def test_a_replay_with_the_same_adapter_changes_nothing(source: MdmSource) -> None:
    deliveries = [
        push(source, tablet(enrolment="enrolled"), {"serial": "SN-2", "battery_level": 250}),
        push(source, tablet(enrolment="unenrolled", last_seen=TEN)),
    ]
    before = fleet_of(source.organisation), list(DeviceEvent.objects.values_list("kind", "at"))
    for delivery in deliveries:
        replayed(delivery)
    assert (fleet_of(source.organisation), list(DeviceEvent.objects.values_list("kind", "at"))) == before
    assert [outcomes(one) for one in deliveries] == [["stale", "rejected"], ["unchanged"]]


def test_a_changed_adapter_corrects_what_it_said_and_nothing_newer(
    source: MdmSource, reads: Callable[..., None], mdm_administrator: User
) -> None:
    first = push(source, tablet(user_name="Zoe"), {"serial": "SN-2", "os_version": "17.4", "last_seen": NINE})
    push(source, {"serial": "SN-2", "os_version": "18", "last_seen": TEN})
    reads(lambda one: one | {"user_name": "Ann", "os_version": "17.3"})
    delivery = replayed(first, mdm_administrator)
    assert outcomes(delivery) == ["updated", "updated"]
    known = {one.serial: (one.user_name, one.os_version) for one in Device.objects.all()}
    assert known == {"SN-1": ("Ann", "17.3"), "SN-2": ("Ann", "18")}
    entry = changes_of(Device.objects.get(serial="SN-1"))[0]
    assert (entry.by, entry.channel) == (mdm_administrator.name, "by a worker")
    assert entry.delivery == str(first.pk)
    assert delivery.notes["dropped"] == ["colour"]


def test_a_replay_does_not_find_what_has_gone_missing_since(source: MdmSource) -> None:
    first = push(source, tablet())
    SourceRecord.objects.update(observed_at=dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC))
    push(source, {"serial": "SN-2", "last_seen": TEN}, sync=Sync("nightly", 1, 1))
    missing = SourceRecord.objects.missing()
    assert missing.count() == 1
    replayed(first)
    assert missing.count() == 1


def test_what_waits_is_gone_or_cannot_be_read_is_refused(source: MdmSource, monkeypatch: Any) -> None:
    delivery = push(source, tablet())
    replay_delivery(delivery=delivery, by=None)
    with pytest.raises(Conflict):
        replay_delivery(delivery=delivery, by=None)
    applying.apply_delivery(delivery.pk)
    Delivery.objects.update(body=b"")
    delivery.refresh_from_db()
    with pytest.raises(Invalid, match="deleted"):
        replay_delivery(delivery=delivery, by=None)
    assert Delivery.objects.get().status == "applied"


def quarantined(sender: Callable[..., Sender], body: bytes) -> Delivery:
    assert sender("jamf").post(body).json()["status"] == "quarantined"
    return Delivery.objects.get()


def test_a_quarantined_body_is_released_without_its_secrets(
    sender: Callable[..., Sender], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = event("MobileDeviceEnrolled", IPAD | {"unlockToken": SECRET})
    broken = quarantined(sender, b"\x00" + json.dumps(said).encode())
    with pytest.raises(Invalid, match="cannot decode it either"):
        replay_delivery(delivery=broken, by=None)
    assert Delivery.objects.get().status == "quarantined"
    monkeypatch.setattr("fleet.mdm.hooks.decode", lambda content, _: json.loads(content.strip(b"\x00")))
    adapter = dataclasses.replace(ADAPTERS["jamf"], secrets=frozenset({"unlocktoken"}))
    monkeypatch.setitem(ADAPTERS, "jamf", adapter)
    delivery = replayed(broken)
    assert (delivery.status, outcomes(delivery)) == ("applied", ["created"])
    assert SECRET.encode() not in zlib.decompress(bytes(delivery.body))
    event_ = DeviceEvent.objects.get()
    assert event_.at == dt.datetime.fromtimestamp(AT / 1000, tz=dt.UTC)


def test_a_quarantined_body_can_be_taken_away_by_those_who_manage(
    sender: Callable[..., Sender], mdm_administrator: User, auditor: User, client_of: Callable[..., Any]
) -> None:
    delivery = quarantined(sender, b'{"webhook": {"webhookEvent": "Comp')
    url = reverse("fleet:delivery-body", args=[delivery.pk])
    page = reverse("fleet:delivery-detail", args=[delivery.pk])
    assert url in client_of(mdm_administrator).get(page).content.decode()
    assert url not in client_of(auditor).get(page).content.decode()
    assert client_of(auditor).get(url).status_code == 404
    answer = client_of(mdm_administrator).get(url)
    assert answer.content == b'{"webhook": {"webhookEvent": "Comp'
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment")
    seen = AccessRecord.objects.get(user=mdm_administrator)
    assert (seen.what, seen.is_export) == ("mdm", True)


def test_a_body_under_a_lost_key_says_what_to_do(
    sender: Callable[..., Sender], mdm_administrator: User, client_of: Callable[..., Any]
) -> None:
    delivery = quarantined(sender, b"{")
    Delivery.objects.update(body=b"sealed under another key")
    for section in ("try", "body"):
        url = reverse(f"fleet:delivery-{section}", args=[delivery.pk])
        page = client_of(mdm_administrator).get(url, follow=True).content.decode()
        assert "SECRET_KEY_FALLBACKS" in page
    assert not AccessRecord.objects.filter(is_export=True).exists()


def test_a_trial_writes_nothing_and_says_what_differs(source: MdmSource, reads: Callable[..., None]) -> None:
    delivery = push(source, tablet(user_name="Zoe"), {"serial": "SN-2", "battery_level": 250})
    before = fleet_of(source.organisation)
    reads(lambda one: one | {"user_name": "Ann", "battery_level": None})
    with CaptureQueriesContext(connection) as captured:
        trial = try_delivery(delivery)
    written = ("INSERT", "UPDATE ", "DELETE", "COPY")
    assert not [one["sql"] for one in captured if one["sql"].lstrip().startswith(written)]
    assert fleet_of(source.organisation) == before
    first, second = trial.news
    assert [(one.label, one.before, one.after) for one in first.changes] == [("User", "Zoe", "Ann")]
    assert (second.then, second.now, second.device) == (Outcome.REJECTED, Outcome.CREATED, None)
    assert trial.dropped_anew == ["colour"]
    assert not try_delivery(push(source, {"serial": "SN-9", "last_seen": NINE})).kept_anew


def test_the_number_of_queries_of_a_trial_does_not_depend_on_its_records(source: MdmSource) -> None:
    def queries(count: int) -> int:
        delivery = push(source, *({"serial": f"Q{count}-{n}", "last_seen": NINE} for n in range(count)))
        with CaptureQueriesContext(connection) as captured:
            try_delivery(delivery)
        return len(captured)

    assert queries(3) == queries(200)


def test_the_command_replays_one_and_tries_many(
    source: MdmSource, reads: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = push(source, tablet(user_name="Zoe")), push(source, {"serial": "SN-2", "last_seen": NINE})
    reads(lambda given: given | {"user_name": "Ann", "model": "Tablet 9"})
    call_command("replay_delivery", "--source", source.slug, "--last", "5", "--dry-run")
    printed = capsys.readouterr().out
    assert str(one.pk) in printed
    assert str(two.pk) in printed
    assert "Model: not known → Tablet 9" in printed
    assert "User changes" in printed
    assert "Ann" not in printed
    assert "2 deliveries tried. Facts that would change: " in printed
    assert Device.objects.get(serial="SN-1").user_name == "Zoe"
    call_command("replay_delivery", str(one.pk))
    assert "1 updated" in capsys.readouterr().out
    device = Device.objects.get(serial="SN-1")
    assert (device.user_name, changes_of(device)[0].channel) == ("Ann", "by a command")
    for wrong in ([], ["--source", source.slug], ["x"], [str(one.pk), "--source", "x"]):
        with pytest.raises(CommandError):
            call_command("replay_delivery", *wrong)


def test_the_page_and_the_api_try_and_replay(
    source: MdmSource, reads: Callable[..., None], mdm_administrator: User, client_of: Callable[..., Any]
) -> None:
    client, delivery = client_of(mdm_administrator), push(source, tablet(user_name="Zoe"))
    reads(lambda given: given | {"user_name": "Ann"})
    page = client.get(reverse("fleet:delivery-try", args=[delivery.pk])).content.decode()
    assert "User: Zoe → Ann" in page
    assert AccessRecord.objects.filter(what="mdm", user=mdm_administrator).exists()
    told = client.get(f"/api/v1/mdm/deliveries/{delivery.pk}/trial/").json()
    change = {"field": "user_name", "label": "User", "before": "Zoe", "after": "Ann"}
    assert told["records"][0]["changes"] == [change]
    replay = reverse("fleet:delivery-replay", args=[delivery.pk])
    assert replay in client.get(reverse("fleet:delivery-detail", args=[delivery.pk])).content.decode()
    assert client.post(replay).status_code == 302
    assert Delivery.objects.get().status == "pending"
    again = client.post(f"/api/v1/mdm/deliveries/{delivery.pk}/replay/")
    assert again.status_code == 409
    applying.apply_delivery(delivery.pk)
    assert client.post(f"/api/v1/mdm/deliveries/{delivery.pk}/replay/").json()["status"] == "pending"
    assert "Replayed" in client.get(reverse("fleet:delivery-detail", args=[delivery.pk])).content.decode()
