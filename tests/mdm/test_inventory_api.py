"""Pushing over HTTP: what is taken, what is refused and how, repeats, waiting and overload."""

from __future__ import annotations

import gzip
import json
import threading
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from fleet.mdm import applying
from fleet.models import ApiToken, Delivery, Device, MdmSource, SourceToken, User
from tests.mdm.pushes import push

URL = "/api/v1/mdm/inventory"
ONE = json.dumps({"devices": [{"serial": "SN-1"}]}).encode()
JSON = "application/json"
NDJSON = "application/x-ndjson"


@pytest.fixture
def send(source: MdmSource) -> Callable[..., Any]:
    """Posts a body with a token of the source; `headers` may replace any."""
    _, secret = SourceToken.issue(source=source)
    client = Client()

    def post(body: bytes = ONE, content_type: str = JSON, url: str = URL, **headers: str) -> Any:
        headers = {"Authorization": f"Bearer {secret}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return client.post(url, body, content_type=content_type, headers=headers)

    post.secret = secret  # type: ignore[attr-defined]
    return post


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is always quicker than the sender."""
    monkeypatch.setattr("fleet.api.mdm.pushing.wake_worker", applying.apply_delivery)


def problem(response: Any) -> tuple[int, str]:
    """Status and first code, in the one shape of errors."""
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body.keys() == {"type", "title", "status", "detail", "errors"}
    assert body["status"] == response.status_code
    return response.status_code, body["errors"][0]["code"] if body["errors"] else ""


@pytest.mark.django_db
@pytest.mark.parametrize("url", [URL, f"{URL}/"])
def test_a_push_is_stored_and_answered_with_its_address(send: Any, url: str) -> None:
    response = send(url=url)
    delivery = Delivery.objects.get()
    assert response.status_code == 202
    assert response["Location"].endswith(f"/api/v1/mdm/deliveries/{delivery.pk}")
    assert response.json()["id"] == str(delivery.pk)
    assert response.json()["status"] == "pending"
    assert zlib.decompress(delivery.body) == ONE


@pytest.mark.django_db(transaction=True)
def test_waiting_gives_the_result(send: Any, at_once: None) -> None:
    body = json.dumps({"devices": [{"serial": "SN-1"}, {"serial": "SN-2", "battery_level": 250}]}).encode()
    response = send(body, Prefer="respond-async, wait=5")
    result = response.json()
    assert (response.status_code, result["status"]) == (200, "applied")
    assert result["counts"] == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "stale": 0,
        "conflict": 0,
        "rejected": 1,
    }
    created, rejected = result["records"]["results"]
    assert created == {"position": 0, "outcome": "created", "device": Device.objects.get().pk, "errors": []}
    assert rejected["errors"][0]["field"] == "battery_level"


@pytest.mark.django_db
@pytest.mark.parametrize("members", [1, 2])
def test_gzip_is_unpacked(send: Any, members: int) -> None:
    cut = len(ONE) // members
    packed = b"".join(gzip.compress(ONE[at : at + cut + 1], mtime=0) for at in range(0, len(ONE), cut + 1))
    assert send(packed, Content_Encoding="gzip").status_code == 202
    assert zlib.decompress(Delivery.objects.get().body) == ONE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "content_type", "headers", "expected"),
    [
        (b" ", JSON, {}, (400, "empty")),
        (b'{"devices": [{"serial"', JSON, {}, (400, "malformed")),
        (b'{"devices": {}}', JSON, {}, (400, "malformed")),
        (b'{"devices": [], "sync": 1}', JSON, {}, (400, "malformed")),
        (b'[{"serial": "SN-1"}]', JSON, {}, (400, "malformed")),
        (b'{"devices": [{"source_id": "R2-\xff"}]}', JSON, {}, (400, "encoding")),
        (b'{"devices":' + b"[" * 100_000, JSON, {}, (400, "too_deep")),
        (ONE, JSON, {"Content_Encoding": "gzip"}, (400, "gzip")),
        (gzip.compress(ONE, mtime=0)[:-9], JSON, {"Content_Encoding": "gzip"}, (400, "gzip")),
        (ONE, "text/xml", {}, (415, "content_type")),
        (ONE, "application/json; charset=latin-1", {}, (415, "content_type")),
        (ONE, JSON, {"Content_Encoding": "br"}, (415, "content_encoding")),
        (b"{}\n" * 5001, NDJSON, {}, (413, "too_many")),
        (b" " * (16 * 2**20 + 1), JSON, {}, (413, "too_large")),
        (
            gzip.compress(b" " * (128 * 2**20 + 1), mtime=0),
            JSON,
            {"Content_Encoding": "gzip"},
            (413, "too_large"),
        ),
        (ONE, JSON, {"Idempotency_Key": "k" * 201}, (400, "too_long")),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)
def test_what_is_refused(
    send: Any, body: bytes, content_type: str, headers: dict[str, str], expected: tuple[int, str]
) -> None:
    assert problem(send(body, content_type, **headers)) == expected
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_broken_json_is_refused_with_its_place(send: Any) -> None:
    detail = send(b'{"devices": [\n  {"serial": nope}\n]}').json()["detail"]
    assert "at byte 28, line 2, column 15" in detail


@pytest.mark.django_db
def test_a_byte_that_is_not_utf_8_is_refused_with_its_place(send: Any) -> None:
    detail = send(b'{"devices": [\n  {"serial": "\xfc"}\n]}').json()["detail"]
    assert "0xFC is not UTF-8 at byte 28, line 2, column 15" in detail


@pytest.mark.django_db
def test_a_wrong_type_is_told_in_plain_words(send: Any) -> None:
    detail = send(b'{"devices": [], "sync": {"id": "x", "part": "1"}}').json()["detail"]
    assert detail.startswith("sync.part: Expected a whole number, got text.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [ONE, gzip.compress(b"\xef\xbb\xbf" + ONE, mtime=0), b"\xef\xbb\xbf" + ONE],
    ids=["plain", "packed", "marked"],
)
def test_a_byte_order_mark_is_taken_off(send: Any, body: bytes) -> None:
    encoding = "gzip" if body.startswith(b"\x1f") else "identity"
    assert send(body, Content_Encoding=encoding).status_code == 202
    assert zlib.decompress(Delivery.objects.get().body) == ONE


@pytest.mark.django_db
def test_what_else_stands_beside_the_devices_is_ignored(source: MdmSource, send: Any) -> None:
    assert send(b'{"generated": {"at": 1}, "devices": [{"serial": "SN-1"}]}').status_code == 202
    applying.apply_delivery(Delivery.objects.get().pk)
    assert Device.objects.get().serial == "SN-1"


@pytest.mark.django_db
def test_a_broken_line_of_many_is_taken(send: Any) -> None:
    assert send(b'{"serial": "SN-1"}\n{"serial":\n', NDJSON).status_code == 202


@pytest.mark.django_db
def test_who_may_not_push(send: Any, source: MdmSource, mdm_administrator: User) -> None:
    token = source.tokens.get()
    _, personal = ApiToken.issue(user=mdm_administrator)
    assert problem(Client().post(URL, ONE, content_type=JSON)) == (401, "")
    assert problem(send(Authorization="Bearer mdm_unknown")) == (401, "")
    assert problem(send(Authorization=f"Bearer {personal}")) == (403, "")
    SourceToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert problem(send()) == (401, "")
    SourceToken.objects.update(expires_at=None)
    MdmSource.objects.update(is_active=False)
    assert problem(send()) == (403, "")
    token.revoke()
    assert problem(send()) == (403, "")
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_a_repeat_is_the_first_delivery(send: Any) -> None:
    first, again = send(), send()
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["id"] == again.json()["id"]
    keyed = send(Idempotency_Key="night 1")
    assert keyed.status_code == 202
    assert send(Idempotency_Key="night 1").json()["id"] == keyed.json()["id"]
    other = json.dumps({"devices": []}).encode()
    assert problem(send(other, Idempotency_Key="night 1")) == (422, "key_reused")
    assert Delivery.objects.count() == 2


@pytest.mark.django_db
def test_a_body_that_comes_again_after_another_is_news(send: Any) -> None:
    other = json.dumps({"devices": [{"serial": "SN-1", "passcode": False}]}).encode()
    ids = [send(body).json()["id"] for body in (ONE, other, ONE, ONE)]
    assert len(set(ids[:3])) == 3
    assert ids[3] == ids[2]


@pytest.mark.django_db
def test_the_same_body_later_or_after_a_failure_is_new(send: Any) -> None:
    send()
    Delivery.objects.update(status="failed", error="It broke.")
    assert send().status_code == 202
    Delivery.objects.filter(status="pending").update(
        status="applied", applied_at=timezone.now(), received_at=timezone.now() - timedelta(minutes=11)
    )
    assert send().status_code == 202
    assert Delivery.objects.count() == 3


@pytest.mark.django_db
def test_equal_parts_of_a_sync_are_two_deliveries(send: Any) -> None:
    assert send(url=f"{URL}?sync=night&part=1&of=2").status_code == 202
    assert send(url=f"{URL}?sync=night&part=2&of=2").status_code == 202
    assert list(Delivery.objects.order_by("sync_part").values_list("sync_part", "sync_of")) == [
        (1, 2),
        (2, 2),
    ]
    for wrong in ("part=1", "sync=x&part=3&of=2", "sync=x&part=0", "sync=x&of=many"):
        assert problem(send(url=f"{URL}?{wrong}"))[0] == 400


@pytest.mark.django_db
def test_a_body_may_declare_its_sync_itself(send: Any) -> None:
    assert send(b'{"sync": {"id": "night", "part": 2, "of": 3}, "devices": []}').status_code == 202
    delivery = Delivery.objects.get()
    assert (delivery.sync_id, delivery.sync_part, delivery.sync_of) == ("night", 2, 3)
    for wrong in (
        b'{"id": "x", "part": 3, "of": 2}',
        b'{"id": ""}',
        b'{"part": 1}',
        b'{"id": "x", "part": 0}',
    ):
        assert problem(send(b'{"devices": [], "sync": ' + wrong + b"}"))[0] == 400


@pytest.mark.django_db
def test_declarations_of_a_sync_that_contradict_are_refused(send: Any) -> None:
    night = b'{"sync": {"id": "night", "part": 1, "of": 2}, "devices": []}'
    assert problem(send(night, url=f"{URL}?sync=other&part=1&of=2"))[0] == 400
    assert send(night, url=f"{URL}?sync=night&part=1&of=2").status_code == 202
    refused = send(url=f"{URL}?sync=night&part=2&of=3")
    assert (problem(refused)[0], refused.json()["errors"][0]["field"]) == (400, "sync")
    nobody = send(b'{"devices": []}', url=f"{URL}?sync=empty")
    assert (problem(nobody)[0], nobody.json()["errors"][0]["field"]) == (400, "devices")
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_overload_is_told_with_a_time_to_come_again(send: Any, settings: Any) -> None:
    settings.MDM_MAX_BACKLOG = 1
    assert send().status_code == 202
    response = send(b'{"devices": []}')
    assert problem(response) == (429, "backlog")
    assert int(response["Retry-After"]) > 0
    assert send().status_code == 200  # a repeat of what waits is still answered


@pytest.mark.django_db(transaction=True)
def test_requests_that_race_make_one_delivery(send: Any) -> None:
    statuses: list[int] = []

    def post() -> None:
        try:
            statuses.append(send(Idempotency_Key="race").status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 5 + [202]
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_a_source_reads_its_own_deliveries_alone(
    send: Any, source: MdmSource, api_of: Callable[[User], Any], auditor: User, stranger: User
) -> None:
    records = [{"serial": f"SN-{number}"} for number in range(5)] + [{"serial": "0"}]
    url = f"/api/v1/mdm/deliveries/{push(source, *records).pk}"
    own = Client(headers={"Authorization": f"Bearer {send.secret}"})
    first = own.get(url, {"page_size": 4}).json()
    result = own.get(first["records"]["next"]).json()
    assert [line["position"] for line in result["records"]["results"]] == [4, 5]
    assert result["records"]["count"] == 6
    only = own.get(url, {"outcome": "rejected"}).json()
    assert [line["position"] for line in only["records"]["results"]] == [5]
    assert own.get(url, {"outcome": "lost"}).status_code == 400
    assert own.get(url, {"page_size": "many"}).status_code == 400
    assert own.get(url, {"after": "x"}).status_code == 400
    assert own.get(url, {"outcomes": "rejected"}).status_code == 400
    assert api_of(auditor).get(url).status_code == 200
    assert api_of(stranger).get(url).status_code == 404
    _, other = SourceToken.issue(
        source=MdmSource.objects.create(organisation=source.organisation, slug="x", name="x")
    )
    assert Client(headers={"Authorization": f"Bearer {other}"}).get(url).status_code == 404
    assert Client().get(url).status_code == 401


@pytest.mark.django_db
def test_a_failed_delivery_is_retried_once(
    source: MdmSource, api_of: Callable[[User], Any], mdm_administrator: User, auditor: User
) -> None:
    delivery = push(source, {"serial": "SN-1"})
    Delivery.objects.update(status="failed", applied_at=None, error="It broke.")
    url = f"/api/v1/mdm/deliveries/{delivery.pk}/retry/"
    assert problem(api_of(auditor).post(url))[0] == 403
    response = api_of(mdm_administrator).post(url)
    assert (response.status_code, response.json()["status"]) == (202, "pending")
    assert problem(api_of(mdm_administrator).post(url))[0] == 409


@pytest.mark.django_db
def test_a_conflict_is_decided(
    source: MdmSource, api_of: Callable[[User], Any], mdm_administrator: User
) -> None:
    push(source, {"serial": "SN-1", "hw_id": "hw-1"}, {"serial": "SN-2", "hw_id": "hw-1"})
    api = api_of(mdm_administrator)
    (conflict,) = api.get("/api/v1/mdm/conflicts/", {"status": "open"}).json()["results"]
    assert (conflict["kind"], conflict["value"], conflict["record"]["serial"]) == ("hw_id", "hw-1", "SN-2")
    url = f"/api/v1/mdm/conflicts/{conflict['id']}/resolve/"
    assert problem(api.post(url, {"decision": "device"}))[0] == 400
    assert problem(api.post(url, {"decision": "dismiss"}))[0] == 400
    assert api.post(url, {"decision": "new"}).json()["status"] == "resolved"
    assert problem(api.post(url, {"decision": "new"}))[0] == 409
    assert Device.objects.count() == 2
