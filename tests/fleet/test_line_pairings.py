"""Which SIM was in which device, and which line was on which SIM: dated, whoever changes the rows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fleet import phone_numbers
from fleet.models import Device, Line, LinePairing, MdmSource, Organisation, Sim, SimPairing
from tests.factories import DeviceFactory, LineFactory, MdmSourceFactory, SimFactory
from tests.mdm.pushes import push

pytestmark = pytest.mark.django_db

OLD, NEW = "8944123456789012345", "8944123456789012352"
NUMBER = "+447700900123"


def phone(serial: str, hour: int, *sims: dict[str, str]) -> dict[str, object]:
    return {"serial": serial, "last_seen": f"2026-01-05T{hour:02}:00:00Z", "sims": list(sims)}


def at(hour: int) -> dt.datetime:
    return dt.datetime(2026, 1, 5, hour, tzinfo=dt.UTC)


@pytest.fixture
def source(department: Organisation) -> MdmSource:
    return MdmSourceFactory(organisation=department)


def test_a_swap_of_the_sim_keeps_the_number(source: MdmSource) -> None:
    push(source, phone("SN-1", 9, {"iccid": OLD, "msisdn": NUMBER, "carrier": "Example Mobile"}))
    push(source, phone("SN-1", 10, {"iccid": NEW, "msisdn": "07700 900123"}))
    line = Line.objects.get()
    assert (line.msisdn, line.carrier, line.sim.iccid) == (NUMBER, "Example Mobile", NEW)  # type: ignore[union-attr]
    told = LinePairing.objects.values_list("sim__iccid", "from_at", "until_at")
    assert list(told) == [(NEW, at(10), None), (OLD, at(9), at(10))]


def test_a_sim_that_moves_leaves_a_dated_trace(source: MdmSource) -> None:
    sim = {"iccid": OLD, "msisdn": NUMBER}
    push(source, phone("SN-1", 9, sim))
    push(source, phone("SN-2", 11, sim))
    told = SimPairing.objects.values_list("device__serial", "from_at", "until_at")
    assert list(told) == [("SN-2", at(11), None), ("SN-1", at(9), at(11))]
    Device.objects.filter(serial="SN-2").delete()
    assert Sim.objects.get().device is None


def test_what_a_person_set_later_stays_when_an_older_report_comes(source: MdmSource) -> None:
    push(source, phone("SN-1", 9, {"iccid": OLD, "msisdn": NUMBER}))
    sim = SimFactory(organisation=source.organisation, iccid=NEW)
    Line.objects.update(sim=sim, paired_at=timezone.now())
    push(source, phone("SN-1", 10, {"iccid": OLD, "msisdn": NUMBER, "carrier": "Other"}))
    assert Line.objects.get().sim == sim


def test_an_ended_number_that_is_reported_again_is_another_line(source: MdmSource) -> None:
    ended = LineFactory(organisation=source.organisation, msisdn=NUMBER, ends_on=dt.date(2026, 1, 2))
    push(source, phone("SN-1", 9, {"iccid": OLD, "msisdn": NUMBER}))
    new = Line.objects.open().get()
    assert new != ended
    assert new.starts_on == dt.date(2026, 1, 5)


def test_as_many_queries_for_many_sims_as_for_one(source: MdmSource) -> None:
    def phones(first: int, count: int) -> list[dict[str, object]]:
        return [
            phone(f"SN-{n}", 9, {"iccid": f"894412345678901{n:04}", "msisdn": f"+44770090{n:04}"})
            for n in range(first, first + count)
        ]

    with CaptureQueriesContext(connection) as one:
        push(source, *phones(0, 1))
    with CaptureQueriesContext(connection) as many:
        push(source, *phones(1, 60))
    assert len(many) == len(one)
    assert Line.objects.filter(sim__device__isnull=False).count() == 61


def test_pairings_follow_rows_that_no_push_wrote() -> None:
    device = DeviceFactory()
    sim = SimFactory(organisation=device.organisation, device=device)
    Sim.objects.filter(pk=sim.pk).update(device=None, observed_at=timezone.now())
    pairing = SimPairing.objects.get(sim=sim)
    assert pairing.device == device
    assert pairing.until_at is not None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("07590 526 550", "+447590526550"),
        ("447590526550", "+447590526550"),
        ("0044 7590 526550", "+447590526550"),
        ("+44 (0)7590 526550", "+447590526550"),
        ("7590526550", "+447590526550"),
        ("+353 85 123 4567", "+353851234567"),
        ("Incoming call", ""),
    ],
)
def test_numbers_have_one_spelling(written: str, kept: str) -> None:
    assert phone_numbers.msisdn(written) == kept
