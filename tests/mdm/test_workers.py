"""Claims, leases, failures and the sweep: a delivery is applied exactly once, whoever dies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fleet import tasks
from fleet.errors import Conflict, Invalid
from fleet.mdm import applying, housekeeping, writing
from fleet.mdm.replaying import replay_delivery
from fleet.models import Delivery, Device, MdmSource, Organisation
from tests.factories import DeliveryFactory
from tests.mdm.pushes import outcomes, push, store

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


def test_the_task_may_run_twice(source: MdmSource) -> None:
    delivery = store(source, {"serial": "SN-1"})
    tasks.apply_delivery(str(delivery.pk))
    tasks.apply_delivery(str(delivery.pk))
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, outcomes(delivery)) == ("applied", 1, ["created"])


def test_a_claimed_delivery_is_left_until_its_lease_runs_out(source: MdmSource) -> None:
    delivery = store(source, {"serial": "SN-1"})
    mine = Delivery.objects.filter(pk=delivery.pk)
    mine.update(status="processing", claimed_until=timezone.now() + A_MINUTE, attempts=1)
    assert not applying.apply_delivery(delivery.pk)
    mine.update(claimed_until=timezone.now() - A_MINUTE)
    assert applying.apply_delivery(delivery.pk)
    assert Device.objects.count() == 1


def test_the_sweep_takes_what_was_left_oldest_first(source: MdmSource) -> None:
    newer, older, fresh = (store(source, {"serial": f"SN-{n}"}) for n in range(3))
    for delivery, minutes in ((newer, 1), (older, 2)):
        received = timezone.now() - minutes * A_MINUTE
        Delivery.objects.filter(pk=delivery.pk).update(received_at=received)
    tasks.sweep_deliveries()
    applied = Delivery.objects.filter(status="applied").order_by("applied_at")
    assert [one.pk for one in applied] == [older.pk, newer.pk]
    assert Delivery.objects.get(pk=fresh.pk).status == "pending"


def test_a_delivery_that_fails_five_times_waits_for_a_person(source: MdmSource) -> None:
    delivery = DeliveryFactory(source=source, body=b"no zlib", attempts=0)
    for attempt in range(1, 6):
        delivery.refresh_from_db()
        assert (delivery.status, delivery.attempts) == ("pending", attempt - 1)
        assert not applying.apply_delivery(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("failed", 5)
    assert delivery.error
    applying.retry_delivery(delivery=delivery)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.error) == ("pending", 0, "")
    with pytest.raises(Conflict):
        applying.retry_delivery(delivery=delivery)


def test_a_delivery_that_kills_its_workers_is_given_up(source: MdmSource) -> None:
    delivery = store(source, {"serial": "SN-1"})
    left = {"status": "processing", "claimed_until": timezone.now() - A_MINUTE, "attempts": 5}
    Delivery.objects.filter(pk=delivery.pk).update(**left)
    assert not applying.apply_delivery(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.status == "failed"
    assert not Device.objects.exists()


def test_a_worker_that_was_taken_over_writes_nothing(
    source: MdmSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = store(source, {"serial": "SN-1"})
    begin = writing.begin

    def taken_over() -> None:
        begin()
        Delivery.objects.filter(pk=delivery.pk).update(claimed_until=timezone.now() + A_MINUTE)

    monkeypatch.setattr(writing, "begin", taken_over)
    assert not applying.apply_delivery(delivery.pk)
    assert not Device.objects.exists()


def test_old_bodies_and_keys_are_forgotten_and_outcomes_stay(source: MdmSource) -> None:
    delivery = push(source, {"serial": "SN-1"})
    Delivery.objects.update(received_at=timezone.now() - timedelta(days=31))
    old = timezone.now() - timedelta(days=31)
    failed = DeliveryFactory(source=source, failed=True, received_at=old)
    waiting = DeliveryFactory(source=source, received_at=old)
    DeliveryFactory(
        source=source, quarantined=True, received_at=old, body=b""
    )  # deleted before it could expire
    assert (alarms(source).failed, alarms(source).quarantined) == (1, 1)
    housekeeping.keep_house()
    assert (alarms(source).failed, alarms(source).quarantined, alarms(source).waiting) == (0, 0, 1)
    waiting.refresh_from_db()
    assert waiting.body
    delivery.refresh_from_db()
    assert (bytes(delivery.body), delivery.idempotency_key, outcomes(delivery)) == (b"", "", ["created"])
    failed.refresh_from_db()
    assert (failed.status, bytes(failed.body), failed.error) == ("expired", b"", "It could not be read.")
    with pytest.raises(Invalid, match="deleted"):
        applying.retry_delivery(delivery=failed)
    with pytest.raises(Invalid, match="deleted"):
        replay_delivery(delivery=failed, by=None)


def alarms(source: MdmSource) -> Any:
    return MdmSource.objects.with_health().get(pk=source.pk)


def test_organisations_do_not_wait_for_each_other(source: MdmSource, council: Organisation) -> None:
    assert outcomes(push(source, {"serial": "SN-1"})) == ["created"]
    assert not council.devices.exists()
