"""What a push does to the fleet: outcomes, columns, heartbeats, history and the number of queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fleet.mdm.receiving import Sync
from fleet.models import Device, Heartbeat, MdmSource, Organisation, Sim, SourceRecord
from fleet.services.change_log import changes_of
from fleet.signals import facts_changed
from tests.factories import DeviceFactory, DeviceModelFactory, MdmSourceFactory
from tests.mdm.pushes import outcomes, push

pytestmark = pytest.mark.django_db

NINE = "2026-01-05T09:00:00Z"
TEN = "2026-01-05T10:00:00Z"


def tablet(**more: Any) -> dict[str, Any]:
    return {"source_id": "t1", "serial": "SN-1", "os_version": "17.4", "last_seen": NINE, **more}


def test_outcomes_say_what_happened(source: MdmSource) -> None:
    assert outcomes(push(source, tablet())) == ["created"]
    assert outcomes(push(source, tablet(last_seen=TEN, battery_level=50))) == ["unchanged"]
    assert outcomes(push(source, tablet(last_seen=TEN, os_version="17.5"))) == ["updated"]
    assert outcomes(push(source, tablet(os_version="17.4"))) == ["stale"]
    delivery = push(source, {"serial": "SN-2"}, {"serial": "SN-3", "battery_level": 250}, {"serial": "SN-2"})
    assert outcomes(delivery) == ["created", "rejected", "unchanged"]
    assert delivery.problems[0]["errors"][0]["field"] == "battery_level"


def test_the_heartbeat_moves_without_history(source: MdmSource) -> None:
    push(source, tablet(battery_level=90))
    push(source, tablet(last_seen=TEN, battery_level=40, storage_free_bytes=7))
    device = Device.objects.get()
    assert device.heartbeat.last_seen_at == dt.datetime(2026, 1, 5, 10, tzinfo=dt.UTC)
    assert (device.heartbeat.battery_level, device.heartbeat.storage_free_bytes) == (40, 7)
    assert [entry.action for entry in changes_of(device)] == ["Added"]


def test_a_change_is_logged_with_the_delivery_it_came_by(source: MdmSource) -> None:
    push(source, tablet())
    delivery = push(source, tablet(last_seen=TEN, os_version="17.5"))
    latest = changes_of(Device.objects.get())[0]
    assert [(one.before, one.after) for one in latest.changes] == [("17.4", "17.5")]
    assert (latest.channel, latest.delivery) == ("by a worker", str(delivery.pk))


def test_a_device_of_the_register_is_met_and_keeps_its_register_facts(source: MdmSource) -> None:
    device = DeviceFactory(organisation=source.organisation, issued=True, serial="SN-1", asset_tag="OURS")
    assert outcomes(push(source, tablet(serial=" sn-1 ", asset_tag="THEIRS", model="Other"))) == ["updated"]
    device.refresh_from_db()
    assert (device.asset_tag, device.reported_asset_tag) == ("OURS", "THEIRS")
    assert (device.life_cycle, device.os_key) == ("issued", [17, 4])
    assert device.model is not None
    assert device.model.name != "Other"


def test_a_reported_model_is_recognised(source: MdmSource) -> None:
    model = DeviceModelFactory(organisation=source.organisation, identifier="iPad13,16", platform="ipados")
    push(source, tablet(model_id="ipad13,16"))
    device = Device.objects.get()
    assert (device.model, device.platform, device.life_cycle) == (model, "ipados", "in_stock")


def test_another_organisation_has_its_own_device(source: MdmSource, council: Organisation) -> None:
    push(source, tablet())
    assert outcomes(push(MdmSourceFactory(organisation=council), tablet())) == ["created"]
    assert Device.objects.count() == 2


def test_the_newest_of_two_sources_shows(source: MdmSource) -> None:
    other = MdmSourceFactory(organisation=source.organisation)
    push(source, tablet())
    push(other, {"serial": "SN-1", "os_version": "17.3", "last_seen": TEN})
    assert Device.objects.get().os_version == "17.3"
    again = push(source, tablet(last_seen="2026-01-05T11:00:00Z"))
    assert outcomes(again) == ["updated"]
    assert Device.objects.get().os_version == "17.4"


def test_a_clock_that_is_ahead_does_not_freeze_a_device(source: MdmSource) -> None:
    ahead = (timezone.now() + dt.timedelta(days=400)).isoformat()
    push(source, tablet(last_seen=ahead, os_version="16"))
    assert Heartbeat.objects.filter(last_seen_at__lte=timezone.now()).exists()
    push(source, tablet(last_seen=timezone.now().isoformat(), os_version="17.5"))
    assert Device.objects.get().os_version == "17.5"


def test_a_sim_is_where_it_was_reported_last(source: MdmSource) -> None:
    sim = {"iccid": "8944123456789012345", "msisdn": "+447700900123"}
    push(source, tablet(sims=[sim]), {"serial": "SN-2", "last_seen": TEN, "sims": [{"iccid": sim["iccid"]}]})
    assert Sim.objects.get().device == Device.objects.get(serial="SN-2")
    assert Sim.objects.get().msisdn == "+447700900123"
    push(source, {"serial": "SN-2", "last_seen": "2026-01-05T11:00:00Z", "sims": []})
    assert Sim.objects.get().device is None


def test_a_word_of_no_vocabulary_reads_as_unknown_and_is_kept(source: MdmSource) -> None:
    push(source, tablet(compliance="compliant"))
    push(source, tablet(compliance="Quarantined", last_seen=TEN))
    assert Device.objects.get().compliance == "unknown"
    assert SourceRecord.objects.get().facts["compliance"] == "quarantined"


def test_a_replaced_hardware_id_still_leads_to_its_device(source: MdmSource) -> None:
    push(source, {"serial": "SN-1", "hw_id": "old-1"})
    push(source, {"serial": "SN-1", "hw_id": "new-1"})
    assert outcomes(push(source, {"hw_id": "old-1", "user_name": "Ann"})) == ["updated"]
    assert Device.objects.get().user_name == "Ann"


@pytest.fixture
def told() -> Any:
    """The device ids of each announcement."""
    heard: list[Any] = []

    def listen(device_ids: Any, **_: Any) -> None:
        heard.append(device_ids)

    facts_changed.connect(listen)
    yield heard
    facts_changed.disconnect(listen)


def test_only_what_matters_is_announced(
    source: MdmSource, told: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    def pushed(**more: Any) -> list[Any]:
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            push(source, tablet(**more))
        return [len(ids) for ids in told]

    assert pushed() == [1]
    assert pushed(last_seen=TEN) == []
    assert pushed(last_seen="2026-01-07T10:00:00Z") == [1]  # silent for more than a day before
    assert pushed(last_seen="2026-01-07T11:00:00Z", os_version="18") == [1]
    Device.objects.update(issued_at="2026-01-07T12:00:00Z")
    assert pushed(last_seen="2026-01-07T13:00:00Z", os_version="18") == [1]  # first seen since issue
    assert pushed(last_seen="2026-01-07T14:00:00Z", os_version="18") == []


def test_a_complete_sync_marks_what_it_did_not_name(source: MdmSource) -> None:
    push(source, tablet(), {"source_id": "t2", "serial": "SN-2", "last_seen": NINE}, {"serial": "SN-3"})
    Device.objects.get(serial="SN-3").source_records.update(observed_at=timezone.now() - dt.timedelta(days=1))
    push(source, tablet(last_seen=TEN), sync=Sync("nightly", 1, 2))
    missing = SourceRecord.objects.exclude(missing_since=None)
    assert not missing.exists()
    push(source, {"source_id": "t2", "battery_level": 250}, sync=Sync("nightly", 2, 2))
    assert [one.device.serial for one in missing] == ["SN-3"]
    push(source, {"serial": "SN-3"})
    assert not missing.all().exists()


def test_a_sync_that_names_no_device_marks_none(source: MdmSource) -> None:
    push(source, tablet())
    push(source, {"serial": "SN-9", "battery_level": 250}, sync=Sync("broken", 1, 1))
    assert not SourceRecord.objects.missing().exists()


@pytest.mark.parametrize("former_id", ["OLD", ""])
def test_a_device_that_was_enrolled_again_is_not_missing(source: MdmSource, former_id: str) -> None:
    """The source gave it a new id: what it said under the former is of the same device."""
    old = {"serial": "SN-1", "source_id": former_id, "last_seen": NINE}
    new = {"serial": "SN-1", "source_id": "NEW", "last_seen": TEN}
    push(source, old, new)
    push(source, tablet(source_id="other", serial="SN-2"), sync=Sync("nightly 1", 1, 1))
    assert SourceRecord.objects.missing().count() == 2
    push(source, new)
    assert not SourceRecord.objects.missing().exists()
    push(source, tablet(source_id="other", serial="SN-2"), new, sync=Sync("nightly 2", 1, 1))
    assert not SourceRecord.objects.missing().exists()


def test_a_device_seen_under_its_new_id_since_the_sync_began_is_not_missing(source: MdmSource) -> None:
    push(source, {"serial": "SN-1", "source_id": "OLD", "last_seen": NINE})
    push(source, tablet(source_id="other", serial="SN-2"), sync=Sync("nightly", 1, 2))
    push(source, {"serial": "SN-1", "source_id": "NEW"})
    push(source, tablet(source_id="third", serial="SN-3"), sync=Sync("nightly", 2, 2))
    assert not SourceRecord.objects.missing().exists()


@pytest.mark.parametrize("round_", ["create", "repeat", "change"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_records(
    source: MdmSource, round_: str
) -> None:
    def queries(count: int) -> int:
        def batch(**more: Any) -> list[dict[str, Any]]:
            return [
                {"source_id": f"{count}-{n}", "serial": f"SN-{count}-{n}", "last_seen": NINE, **more}
                for n in range(count)
            ]

        if round_ != "create":
            push(source, *batch())
        more = {"last_seen": TEN} | ({"os_version": "18"} if round_ == "change" else {})
        with CaptureQueriesContext(
            connection,
        ) as captured:
            push(source, *batch(**more))
        return len(captured)

    assert queries(10) == queries(500)


@pytest.mark.parametrize("name", ["None", "Nonesuch\tand\nsons", "\x01\x01 Ltd", 'C:\\N "q"'])
def test_text_that_a_copy_could_take_for_something_else_stays_as_it_is(source: MdmSource, name: str) -> None:
    push(source, {"source_id": "d-1", "serial": "SN-1"}, {"source_id": "d-2", "user_name": name})
    assert Device.objects.get(user_name=name).encrypted is None
    push(
        source, {"source_id": "d-1", "serial": "SN-1", "user_name": name}, {"source_id": "d-2", "model": name}
    )
    assert Device.objects.filter(user_name=name).count() == 2
    assert Device.objects.get(reported_model=name).user_name == name


def test_one_delivery_may_change_another_fact_of_each_device(source: MdmSource) -> None:
    one = {"source_id": "one", "serial": "ONE", "imei": ["490154203237518"]}
    push(source, one, tablet(source_id="two", serial="TWO", os_version="17.4"))
    push(
        source,
        {"source_id": "one", "encrypted": False, "observed_at": TEN},
        {"source_id": "two", "os_version": "18", "observed_at": TEN},
    )
    first, second = Device.objects.get(serial="ONE"), Device.objects.get(serial="TWO")
    assert (first.encrypted, first.os_version, first.imei) == (False, "", "490154203237518")
    assert (second.os_version, second.os_key, second.encrypted) == ("18", [18], None)
