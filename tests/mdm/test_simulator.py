"""The simulator: what it makes up, what happens to an estate, and how it is sent."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from django.utils import timezone

from fleet.mdm import applying
from fleet.mdm.adapters import native
from fleet.mdm.bodies import Body, Refused, check, unpack
from fleet.mdm.facts import facts_of
from fleet.mdm.receiving import receive
from fleet.mdm.records import Record
from fleet.mdm.simulator.estate import Estate
from fleet.mdm.simulator.following import follow
from fleet.mdm.simulator.happenings import next_version
from fleet.mdm.simulator.inventing import invent
from fleet.mdm.simulator.parcels import Parcel, pack, parcel_of
from fleet.mdm.simulator.scenarios import SCENARIOS, parcels_of
from fleet.mdm.simulator.senders import Sender, Target, push
from fleet.models import Delivery, Device, MdmSource, SourceToken
from tests.mdm.pushes import outcomes
from tests.mdm.pushes import push as push_in


def test_made_up_devices_are_sound_and_share_no_identifier() -> None:
    seen = timezone.now()
    records = [native.read_record(json.dumps(invent(number, seen=seen)).encode()) for number in range(300)]
    facts = [facts_of(record.facts) for record in records if isinstance(record, Record)]
    for name in ("serial", "hw_id", "wifi_mac", "asset_tag"):
        assert len({one[name] for one in facts}) == 300
    assert len({imei for one in facts for imei in one.get("imei", [])}) == 200


@pytest.mark.parametrize(
    ("version", "following"),
    [("18.1", "18.2"), ("15", "16"), ("10.0.19045", "10.0.19046"), ("beta", "beta.1")],
)
def test_the_next_version(version: str, following: str) -> None:
    assert next_version(version) == following


@pytest.mark.parametrize("ndjson", [False, True])
@pytest.mark.parametrize("gzipped", [False, True])
def test_a_parcel_unpacks_to_its_records(ndjson: bool, gzipped: bool) -> None:
    parcel = pack([invent(n, seen=timezone.now()) for n in range(7)], ndjson=ndjson, gzipped=gzipped)
    body = body_of(parcel)
    assert len(native.read(body.content, body.content_type)) == parcel.records == 7


def body_of(parcel: Parcel) -> Body:
    return Body(
        unpack(parcel.body, parcel.headers.get("Content-Encoding", "")), parcel.headers["Content-Type"]
    )


def take(source: MdmSource, parcel: Parcel) -> list[str]:
    """What becomes of each record, through the same door as HTTP and the worker."""
    body = body_of(parcel)
    try:
        check(body)
    except Refused as refused:
        return [f"refused {refused.status}"]
    received = receive(source=source, body=body)
    if not received.is_new:
        return ["repeated"]
    assert applying.apply_delivery(received.delivery.pk)
    received.delivery.refresh_from_db()
    return outcomes(received.delivery)


def live(source: MdmSource, scenario: str, *, devices: int) -> Counter[str]:
    """What becomes of a round through devices that the source has reported."""
    parcels = parcels_of(Estate.of(source, devices=devices, batch=50, seed=1), scenario)
    return Counter(outcome for parcel in parcels for outcome in take(source, parcel))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("checkins", {"unchanged": 100}),
        ("updates", {"unchanged": 90, "updated": 10}),
        ("enrolments", {"created": 2, "updated": 2}),
        ("losses", {"updated": 4}),
        ("duplicates", {"unchanged": 200, "repeated": 2}),
        ("late", {"unchanged": 90, "updated": 10, "stale": 100}),
        ("broken", {"unchanged": 100, "rejected": 8, "refused 400": 2}),
    ],
)
def test_what_a_server_makes_of_each_scenario(
    source: MdmSource, scenario: str, expected: dict[str, int]
) -> None:
    assert live(source, "checkins", devices=100) == {"created": 100}
    assert live(source, scenario, devices=100) == expected


@pytest.mark.django_db
def test_an_ordinary_day_is_one_of_them_all_and_repeats_with_its_seed(source: MdmSource) -> None:
    def kinds(seed: int) -> list[int]:
        return [
            parcel.records for parcel in parcels_of(Estate.of(source, devices=300, batch=5, seed=seed), "day")
        ]

    assert kinds(1) == kinds(1)
    assert kinds(1) != kinds(2)
    assert SCENARIOS[0] == "day"


@pytest.mark.django_db
def test_devices_that_the_source_reported_push_first_and_as_they_were(source: MdmSource) -> None:
    sims = [{"iccid": "8944500000000000001", "msisdn": "+447700900001", "eid": "", "carrier": "Example"}]
    record = {
        "source_id": "known",
        "serial": "KNOWN-1",
        "enrolled_at": "2026-01-05T09:00:00Z",
        "sims": sims,
        "software": [{"name": "Mail", "version": "3"}],
    }
    push_in(source, record)
    estate = Estate.of(source, devices=3)
    assert [one["source_id"][:4] for one in estate.records] == ["know", "sim-", "sim-"]
    assert outcomes(push_in(source, *estate.records)) == ["unchanged", "created", "created"]


@pytest.fixture
def token(source: MdmSource) -> str:
    _, secret = SourceToken.issue(source=source)
    return str(secret)


@pytest.mark.django_db(transaction=True)
def test_several_senders_push_over_http(source: MdmSource, token: str, live_server: Any) -> None:
    target = Target(live_server.url, token)
    estate = Estate.of(source, devices=60, batch=10)
    answers = push(target, parcels_of(estate, "broken"), senders=3)
    assert Counter(answer.status for answer in answers) == {202: 6, 400: 6}
    assert len(follow(target, answers, seconds=0).waiting) == 6
    for delivery in Delivery.objects.all():
        assert applying.apply_delivery(delivery.pk)
    outcome = follow(target, answers, seconds=0)
    assert (outcome.counts["created"], outcome.counts["rejected"]) == (60, 24)
    assert not outcome.waiting
    assert Device.objects.count() == 60


@pytest.mark.django_db(transaction=True)
def test_a_refusal_that_waiting_does_not_mend_is_an_answer(source: MdmSource, live_server: Any) -> None:
    [answer] = push(Target(live_server.url, "mdm_guess"), [pack([])])
    assert (answer.status, answer.is_taken) == (401, False)
    assert answer.document["title"] == "Unauthorized"


class Moody(BaseHTTPRequestHandler):
    """A server that is overloaded first, and hangs up without a word after each answer."""

    protocol_version = "HTTP/1.1"
    moods: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.moods.pop(0))
        self.send_header("Retry-After", "0")
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.close_connection = True

    def log_message(self, format: str, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def moody() -> Iterator[Target]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Moody) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Target(f"http://127.0.0.1:{server.server_port}", "mdm_any")
        server.shutdown()
        thread.join()


def test_a_busy_server_is_asked_again_over_a_new_connection(moody: Target) -> None:
    Moody.moods[:] = [429, 503, 202]
    with closing(Sender(moody)) as sender:
        assert sender.push_until_taken(parcel_of(b"{}", 0)).status == 202
    assert not Moody.moods


def test_nobody_there_is_an_error() -> None:
    with (
        closing(Sender(Target("http://127.0.0.1:9", "mdm_any"))) as sender,
        pytest.raises(ConnectionRefusedError),
    ):
        sender.push(parcel_of(b"{}", 0))
