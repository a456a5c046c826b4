"""Events are facts with a time: kept once, in whatever order they come, and told on a device’s time line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from django.db import connection
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fleet.mdm import applying
from fleet.mdm.adapters.documents import JSON
from fleet.mdm.bodies import Body
from fleet.mdm.conflicts import resolve_to_device
from fleet.mdm.receiving import receive
from fleet.models import Device, DeviceEvent, IdentityConflict, MdmSource, User
from fleet.services.time_lines import time_line
from tests.factories import MdmSourceFactory, OrganisationFactory
from tests.mdm.adapters.conftest import Sender
from tests.mdm.adapters.test_android_management import AGAIN, NAME, TABLET, message
from tests.mdm.adapters.test_jamf import AT, IPAD, event
from tests.mdm.pushes import push

pytestmark = pytest.mark.django_db

NINE, TEN, ELEVEN = (f"2026-01-05T{hour:02}:00:00Z" for hour in (9, 10, 11))


def tablet(**more: Any) -> dict[str, Any]:
    return {"source_id": "t1", "serial": "SN-1", "last_seen": NINE, **more}


def told() -> list[tuple[str, int, bool]]:
    """Kind, hour and whether the time is exact, oldest first."""
    rows = DeviceEvent.objects.order_by("at", "kind")
    return [(one.kind, one.at.hour, one.is_exact) for one in rows]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_events_are_the_same_in_any_order_and_once(order: tuple[int, ...], sender: Any) -> None:
    jamf: Sender = sender("jamf")
    said = [
        event("MobileDeviceEnrolled", IPAD, AT),
        event("MobileDeviceUnEnrolled", IPAD, AT + 3_600_000),
        event("MobileDeviceCheckIn", IPAD, AT + 1_800_000),
        event("MobileDeviceEnrolled", IPAD, AT + 7_200_000),
    ]
    for index in (*order, *order[:2]):
        jamf.push(said[index])
    assert told() == [("enrolled", 8, True), ("unenrolled", 9, True), ("enrolled", 10, True)]
    assert Device.objects.get().enrolment == "enrolled"


names = st.sampled_from(["MobileDeviceEnrolled", "MobileDeviceUnEnrolled", "MobileDeviceCheckIn"])
happenings = st.lists(st.tuples(names, st.integers(0, 4)), min_size=2, max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=happenings, data=st.data())
def test_any_order_and_any_repeat_leave_the_same_events_and_state(
    said: list[tuple[str, int]], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(said), max_size=2))
    shuffled = data.draw(st.permutations([*said, *again]))
    assert after(shuffled) == after(said)


def after(said: list[tuple[str, int]]) -> tuple[str, set[tuple[str, dt.datetime, bool]]]:
    """The state of a device and its events, once all this was pushed."""
    source = MdmSourceFactory(kind="jamf", organisation=OrganisationFactory(code=f"ANY-{next(_numbers)}"))
    for number, (name, hours) in enumerate(said):
        body = json.dumps(event(name, IPAD, AT + hours * 3_600_000)).encode()
        delivery = receive(source=source, body=Body(body, JSON), key=str(number)).delivery
        assert applying.apply_delivery(delivery.pk)
    device = Device.objects.get(organisation=source.organisation)
    return device.enrolment, set(device.events.values_list("kind", "at", "is_exact"))


_numbers = iter(range(10**9))


def test_an_event_that_repeats_the_facts_is_not_taken_the_quick_way(sender: Any) -> None:
    jamf: Sender = sender("jamf")
    jamf.push(event("MobileDeviceEnrolled", IPAD, AT))
    jamf.push(event("MobileDeviceEnrolled", IPAD, AT + 3_600_000))
    assert [kind for kind, _, _ in told()] == ["enrolled", "enrolled"]


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        ({}, {"enrolment": "unenrolled"}, [("unenrolled", 10, False)]),
        ({"lost": True}, {"lost": False}, [("lost_on", 9, False), ("lost_off", 10, False)]),
        ({"lost": False}, {"lost": True}, [("lost_on", 10, False)]),
        (
            {"wipe": "issued"},
            {"wipe": "confirmed"},
            [("wipe_issued", 9, False), ("wipe_confirmed", 10, False)],
        ),
        ({"ownership": "organisation"}, {"ownership": "personal"}, [("made_personal", 10, False)]),
        ({"enrolment": "enrolled", "enrolled_at": NINE}, {}, [("enrolled", 9, True)]),
        ({"enrolment": "enrolled"}, {"enrolled_at": TEN}, [("enrolled", 9, False)]),
        (
            {"enrolment": "enrolled", "enrolled_at": NINE},
            {"enrolled_at": TEN},
            [("enrolled", 9, True), ("enrolled", 10, True)],
        ),
        ({"lost": False, "wipe": "none", "ownership": "personal", "enrolment": "strange"}, {}, []),
    ],
)
def test_what_reports_show_anew(
    source: MdmSource, before: dict[str, Any], after: dict[str, Any], events: list[Any]
) -> None:
    push(source, tablet(**before))
    for at in (TEN, ELEVEN):
        push(source, tablet(last_seen=at, **{**before, **after}))
    assert told() == events


def test_a_late_report_changes_nothing_and_shows_nothing(source: MdmSource) -> None:
    push(source, tablet(enrolment="unenrolled", last_seen=TEN))
    push(source, tablet(enrolment="enrolled"))
    assert told() == [("unenrolled", 10, False)]
    push(source, tablet(enrolment="enrolled", last_seen=ELEVEN))
    assert (told()[-1], Device.objects.get().enrolment) == (("enrolled", 11, False), "enrolled")


def test_what_nothing_happened_in_costs_no_query_and_many_events_cost_one(source: MdmSource) -> None:
    def queries(count: int, **more: Any) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            push(
                source,
                *({"source_id": f"{count}-{n}", "serial": f"S{count}-{n}", **more} for n in range(count)),
            )
        return [one["sql"] for one in captured if "fleet_deviceevent" in one["sql"]]

    assert queries(3, os_version="17") == []
    assert [len(queries(count, enrolment="enrolled")) for count in (4, 300)] == [1, 1]
    assert DeviceEvent.objects.count() == 304


def test_a_held_event_is_kept_once_a_person_has_decided(
    source: MdmSource, mdm_administrator: User, sender: Any
) -> None:
    jamf: Sender = sender("jamf")
    push(source, {"serial": "OTHER", "hw_id": IPAD["udid"]})
    jamf.push(event("MobileDeviceEnrolled", IPAD, AT))
    assert told() == []
    conflict = IdentityConflict.objects.get()
    resolve_to_device(conflict=conflict, device=Device.objects.get(), reason="", by=mdm_administrator)
    assert told() == [("enrolled", 8, True)]


def test_events_are_never_edited(source: MdmSource) -> None:
    push(source, tablet(enrolment="unenrolled"))
    with pytest.raises(InternalError):
        DeviceEvent.objects.update(kind="enrolled")


def test_an_end_says_which_enrolment_it_ended(
    sender: Any, mdm_administrator: User, client_of: Callable[..., Any]
) -> None:
    amapi: Sender = sender("android_management")
    renewed = {"name": AGAIN, "previousDeviceNames": [NAME], "enrollmentTime": "2026-03-04T09:00:00Z"}
    gone = {"appliedState": "DELETED"}
    amapi.push(message(TABLET, "ENROLLMENT", "2026-01-05T09:00:01Z"))
    amapi.push(message(TABLET | renewed, "ENROLLMENT", "2026-03-04T09:00:01Z"))
    amapi.push(message(TABLET | gone, at="2026-03-04T09:05:00Z"))  # late, of the enrolment before
    bare = {name: value for name, value in (TABLET | renewed | gone).items() if name != "enrollmentTime"}
    amapi.push(message(bare, at="2026-03-05T09:00:00Z"))  # it does not say: the latest that was told
    ends = [one for one in time_line(Device.objects.get(), sort="events") if one.title == "Unenrolled"]
    assert [one.detail for one in ends] == [
        "It ended the enrolment of 4 Mar 2026, 9:00am.",
        "It ended the enrolment of 5 Jan 2026, 9:00am.",
    ]
    rows = client_of(mdm_administrator).get("/api/v1/mdm/events/").json()["results"]
    assert [(one["kind"], (one["began_at"] or "")[:10]) for one in rows] == [
        ("unenrolled", "2026-03-04"),
        ("unenrolled", "2026-01-05"),
        ("enrolled", ""),
        ("enrolled", ""),
    ]


def test_the_time_line_the_list_and_the_api_agree(
    source: MdmSource, mdm_administrator: User, client_of: Callable[..., Any]
) -> None:
    push(source, tablet(lost=True))
    device, client = Device.objects.get(), client_of(mdm_administrator)
    happening = next(one for one in time_line(device, sort="events"))
    assert (happening.title, happening.by) == ("Lost mode on", "Department MDM")
    assert happening.at == dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
    assert "first to show" in happening.detail
    page = client.get(f"{reverse('fleet:device-event-list')}?q=SN-1&kind=lost_on")
    assert "Lost mode on" in page.content.decode()
    lines = b"".join(client.get("/mdm/events/?format=csv").streaming_content).decode().splitlines()
    assert "lost_on" in lines[1]
    (row,) = client.get(f"/api/v1/mdm/events/?device={device.pk}").json()["results"]
    assert (row["kind"], row["source"], row["is_exact"]) == ("lost_on", "dept-mdm", False)
    assert row["at"].startswith("2026-01-05T09:00:00")
