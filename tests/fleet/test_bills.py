"""A carrier's bill from upload to usage by line, what is left of it, and its undoing."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from fleet.errors import Invalid
from fleet.models import (
    CarrierMapping,
    Import,
    Line,
    MdmSource,
    Organisation,
    SourceToken,
    UsageBatch,
    UsageRecord,
    User,
)
from fleet.services.imports import deciding, forgetting, working
from fleet.services.usage.receiving import receive_bill
from fleet.views.usage.previewing import masked
from tests.factories import LineFactory, MdmSourceFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db(transaction=False)

THEIRS = "447700900999"
HEAD = (
    "Phone number,User name,Date,Time,Dialled number,Total call duration,Total data volume,Usage charge,"
    "Bundle indicator,More details"
)
OURS = "07700 900123"
ITEMS = (
    f"{OURS},,14/03/2026,09:15,{THEIRS},00:02:30,,£0.10,I,",
    f"{OURS},,15/03/2026,10:00,Mobile internet,00:00:00,154387 KB,£0.00,I,",
    f"07700 900124,,15/03/2026,10:00,{THEIRS},00:00:00,,£0.12,O,",
)
MARCH = dt.date(2026, 3, 1)


def bill(*rows: str) -> bytes:
    return "\n".join([HEAD, *(rows or ITEMS)]).encode()


@pytest.fixture
def bring(department: Organisation, it_manager: User) -> Callable[..., Import]:
    def brought(content: bytes, **more: Any) -> Import:
        received = receive_bill(
            organisation=department,
            **{"carrier": "Vodafone", "file_name": "march.csv", "by": it_manager, "content": content, **more},
        )
        working.work(received.file.pk)
        received.file.refresh_from_db()
        return received.file

    return brought


@pytest.fixture
def apply(it_manager: User) -> Callable[..., Import]:
    def applied(found: Import, **more: Any) -> Import:
        deciding.confirm(found=found, by=it_manager, seen=found.digest, **more)
        working.work(found.pk)
        found.refresh_from_db()
        return found

    return applied


def everything_stored() -> str:
    """All text in every table, as a dump would have it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            found.append(str(cursor.fetchone()[0]))
    return "\n".join(found)


def test_a_known_carriers_bill_becomes_usage_and_nothing_else_is_left(
    bring: Callable[..., Import], apply: Callable[..., Import], department: Organisation
) -> None:
    known = LineFactory(organisation=department, msisdn="+447700900123", starts_on=dt.date(2026, 3, 20))
    found = bring(bill())
    assert (found.status, found.created, found.rejected) == ("checked", 2, 0)
    found = apply(found)
    assert (found.status, bytes(found.content)) == ("applied", b"")
    record = UsageRecord.objects.get(line=known)
    assert (record.data_bytes, record.voice_seconds, record.calls_made) == (154_387_000, 150, 1)
    assert (record.charge_pence, record.month, record.rows, record.is_used) == (10, MARCH, "2-3", True)
    assert (record.period_start, record.period_end, record.through_on) == (MARCH, *2 * [dt.date(2026, 3, 31)])
    known.refresh_from_db()
    assert known.starts_on == MARCH  # it was billed before anybody knew it
    ghost = Line.objects.unassigned().get(msisdn="+447700900124")
    assert (ghost.origin, ghost.usage_records.get().texts_out) == ("bill", 1)
    assert THEIRS not in everything_stored()


def test_the_same_file_adds_nothing(bring: Callable[..., Import], apply: Callable[..., Import]) -> None:
    first = apply(bring(bill()))
    assert bring(bill(), file_name="again.csv").pk == first.pk
    reordered = bring(bill(*reversed(ITEMS)))
    assert (reordered.created, reordered.changed, reordered.unchanged) == (0, 0, 2)
    assert UsageRecord.objects.count() == 2


def test_a_corrected_file_asks_and_can_be_undone(
    bring: Callable[..., Import], apply: Callable[..., Import], it_manager: User
) -> None:
    first = apply(bring(bill()))
    corrected = bring(bill(ITEMS[0].replace("£0.10", "£0.90"), ITEMS[1]), file_name="corrected.csv")
    [line] = corrected.lines.filter(outcome="changed")
    assert ["charge_pence", "10", "90"] in line.details
    with pytest.raises(Invalid, match="takes their place"):
        deciding.confirm(found=corrected, by=it_manager, seen=corrected.digest)
    apply(corrected, may_replace=True)
    charges = UsageRecord.objects.order_by("line__msisdn").values_list("charge_pence", flat=True)
    assert list(charges) == [90, 12]
    # What came first cannot go first: it would come back with the undoing of what took its place.
    deciding.undo_import(found=first, by=it_manager)
    working.work(first.pk)
    first.refresh_from_db()
    assert first.status != "undone"
    deciding.undo_import(found=corrected, by=it_manager)
    working.work(corrected.pk)
    assert list(charges.all()) == [10, 12]


def test_an_undone_bill_leaves_no_lines_that_only_it_knew(
    bring: Callable[..., Import], apply: Callable[..., Import], it_manager: User, department: Organisation
) -> None:
    found = apply(bring(bill()))
    Line.objects.filter(msisdn="+447700900123").update(holder=StaffMemberFactory(organisation=department))
    deciding.undo_import(found=found, by=it_manager)
    working.work(found.pk)
    assert list(Line.objects.values_list("msisdn", flat=True)) == ["+447700900123"]
    assert not UsageRecord.objects.exists()
    assert bring(bill()).pk != found.pk


def test_usage_goes_to_the_row_of_the_number_that_had_it_then(
    bring: Callable[..., Import], apply: Callable[..., Import], department: Organisation
) -> None:
    number = "+447700900123"
    before = LineFactory(organisation=department, msisdn=number, ends_on=dt.date(2026, 3, 31))
    LineFactory(organisation=department, msisdn=number, starts_on=dt.date(2026, 4, 1))
    apply(bring(bill()))
    assert UsageRecord.objects.get(line__msisdn=number).line == before


def test_a_file_nobody_has_seen_is_mapped_on_a_page(
    it_manager: User, client_of: Callable[[User], Client], department: Organisation
) -> None:
    client = client_of(it_manager)
    content = (
        f"Mobile;Called;What;Units\n{OURS};{THEIRS};Talk;90\n{OURS};;Surf;2048\n{OURS};;Note;1\n".encode()
    )
    sent: dict[str, Any] = {"carrier": "Tiny Telecom", "file": SimpleUploadedFile("tiny.csv", content)}
    days = {"period_start": (13, 2, 2026), "period_end": (12, 3, 2026)}
    for name, day in days.items():
        names = (f"{name}_{part}" for part in ("day", "month", "year"))
        sent |= dict(zip(names, map(str, day), strict=True))
    answer = client.post(reverse("fleet:bill-add"), sent)
    found = Import.objects.get()
    assert answer["Location"] == reverse("fleet:import-detail", args=[found.pk])
    working.work(found.pk)
    assert reverse("fleet:import-discard", args=[found.pk]) in client.get(answer["Location"]).content.decode()
    url = reverse("fleet:bill-mapping", args=[found.pk])
    asked = client.get(url).content.decode()
    assert THEIRS not in asked
    assert "•••••••••999" in asked
    said = {
        "shape": "itemised",
        "column_0": "number",
        "column_1": "other",
        "column_2": "kind",
        "column_3": "amount",
        "data_unit": "kilobytes",
        "megabyte_bytes": "1048576",
        "time_unit": "seconds",
        "charge_unit": "pounds",
        "is_vat_included": "",
        "billing_day": "13",
        "words_data": "surf",
        "words_voice": "talk",
        "words_text": "note",
    }
    assert "Two columns cannot both be" in client.post(url, said | {"column_1": "number"}).content.decode()
    assert "begins, from 1 to 28" in client.post(url, said | {"billing_day": "31"}).content.decode()
    twice = client.post(url, said | {"words_in": "y, x", "words_out": "x"}).content.decode()
    assert "“x” cannot mean both “In bundle” and “Out of bundle”" in twice
    misread = client.post(url, said | {"show": "1", "column_2": "charge", "column_3": "data"})
    assert "Not taken. Charge: " in misread.content.decode()
    shown = client.post(url, said | {"show": "1"}).content.decode()
    assert "13 Feb 2026 to 12 Mar 2026" in shown
    assert "1 min 30 s" in shown
    assert not CarrierMapping.objects.exists()
    client.post(url, said)
    working.work(found.pk)
    found.refresh_from_db()
    client.post(reverse("fleet:import-confirm", args=[found.pk]), {"seen": found.digest})
    working.work(found.pk)
    record = UsageRecord.objects.get()
    assert (record.data_bytes, record.voice_seconds, record.texts) == (2048 * 1024, 90, 1)
    assert (record.month, record.period_start) == (dt.date(2026, 2, 1), dt.date(2026, 2, 13))
    again = content.replace(b"90", b"91")
    headers, *rows = again.decode().splitlines()
    turned = "\n".join(";".join(reversed(row.split(";"))) for row in (headers, *rows)).encode()
    received = receive_bill(
        organisation=department,
        carrier="tiny telecom",
        file_name="next.csv",
        content=turned,
        period_start=dt.date(2026, 3, 13),
        period_end=dt.date(2026, 4, 12),
    )
    working.work(received.file.pk)
    received.file.refresh_from_db()
    assert (received.file.status, received.file.created) == ("checked", 1)
    assert THEIRS not in connection_text()


def connection_text() -> str:
    """All that is stored, save the file that still waits."""
    Import.objects.exclude(content=b"").update(content=b"-")
    return everything_stored()


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("447700900123", "•••••••••123"),
        ("0771-234 5678", "••••-••• •678"),
        ("14/03/2026 09:15", "14/03/2026 09:15"),
        ("26:21:55", "26:21:55"),
        ("154387 KB", "154387 KB"),
        ("1543870 KB", "1543870 KB"),
        ("7700900123.00", "•••••••••3.00"),
        ("4477009001 s", "•••••••001 s"),
        ("£1,234,567.89", "£1,234,567.89"),
    ],
)
def test_numbers_of_others_are_masked_where_columns_are_chosen(cell: str, shown: str) -> None:
    assert masked(cell) == shown


def test_what_nobody_decides_on_is_forgotten_within_a_week(bring: Callable[..., Import]) -> None:
    found = bring(bill())
    Import.objects.update(made_at=timezone.now() - dt.timedelta(days=8))
    forgetting.forget_old()
    found.refresh_from_db()
    assert (found.status, bytes(found.content)) == ("discarded", b"")


def test_discarding_forgets_the_file_at_once(bring: Callable[..., Import]) -> None:
    found = bring(bill())
    deciding.discard(found=found)
    found.refresh_from_db()
    assert (found.status, bytes(found.content)) == ("discarded", b"")
    assert UsageBatch.objects.get().name == "march.csv"


def test_as_many_queries_for_many_lines_as_for_one(
    bring: Callable[..., Import], apply: Callable[..., Import]
) -> None:
    def applied(first: int, count: int) -> int:
        rows = (
            f"0770090{n:04},,15/03/2026,10:00,Mobile internet,00:00:00,10 KB,£0.00,I,"
            for n in range(first, first + count)
        )
        found = bring(bill(*rows))
        with CaptureQueriesContext(connection) as queries:
            apply(found)
        return len(queries)

    assert applied(0, 1) == applied(1, 60)


def test_a_bill_shows_no_rows_of_third_parties(
    bring: Callable[..., Import], it_manager: User, client_of: Callable[[User], Client]
) -> None:
    found = bring(bill(f"{OURS},,someday,09:15,{THEIRS},00:02:30,,£0.10,I,", *ITEMS))
    assert zlib.decompress(bytes(found.content)) != b""
    client = client_of(it_manager)
    url = reverse("fleet:import-detail", args=[found.pk])
    told = client.get(url, {"show": "rejected", "format": "csv"})
    text = b"".join(told.streaming_content).decode()  # type: ignore[attr-defined]
    assert "no date" in text
    page = client.get(url).content.decode() + client.get(url, {"show": "created"}).content.decode()
    assert THEIRS not in text + page
    for said in ("Day of the call or session", "Calls: 2 min 30 s", "Data out of bundle: 0 bytes"):
        assert said in page
    assert "_bytes" not in page
    assert client.get(f"/api/v1/imports/{found.pk}/rejected/").status_code == 404


def test_the_api_brings_a_bill_in_maps_and_confirms_it(
    it_manager: User, api_of: Callable[[User], Any], department: Organisation
) -> None:
    api = api_of(it_manager)

    def sent(client: Any) -> Any:
        file = SimpleUploadedFile("m.csv", f"Nr,Used\n{OURS},12.5\n".encode())
        days = {"period_start": "2026-03-01", "period_end": "2026-03-31"}
        return client.post(
            "/api/v1/usage/files/", {"file": file, "carrier": "Tiny", **days}, format="multipart"
        )

    made = sent(api)
    assert made.status_code == 202
    url = f"/api/v1/imports/{made.json()['id']}"
    working.work(made.json()["id"])
    assert api.get(f"{url}/").json()["status"] == "naming"
    said = {"shape": "summary", "columns": {"Nr": "number", "Used": "data"}, "megabyte_bytes": 1_000_000}
    assert api.post(f"{url}/mapping/", said, format="json").status_code == 202
    working.work(made.json()["id"])
    seen = api.get(f"{url}/").json()["seen"]
    assert api.post(f"{url}/confirm/", {"seen": seen}, format="json").status_code == 202
    working.work(made.json()["id"])
    [told] = api.get("/api/v1/usage/").json()["results"]
    assert (told["data_bytes"], told["rows"], told["file_name"]) == (12_500_000, "2", "m.csv")
    _, secret = SourceToken.issue(source=MdmSourceFactory(organisation=department))
    fetcher = APIClient()
    fetcher.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert sent(fetcher).status_code == 200  # the very same file
    assert fetcher.get(f"/api/v1/usage/files/{made.json()['id']}/").status_code == 404  # another sent it


def test_a_source_learns_what_became_of_its_own_bills(department: Organisation) -> None:
    def of(source: MdmSource) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {SourceToken.issue(source=source)[1]}")
        return client

    fetcher, other = (of(MdmSourceFactory(organisation=department)) for _ in range(2))
    file = SimpleUploadedFile("m.csv", f"Nr,Used\n{OURS},12.5\n".encode())
    made = fetcher.post("/api/v1/usage/files/", {"file": file, "carrier": "Tiny"}, format="multipart")
    url = made["Location"]
    assert url.endswith(f"/api/v1/usage/files/{made.json()['id']}/")
    working.work(made.json()["id"])
    assert fetcher.get(url).json()["status"] == "naming"
    deciding.discard(found=Import.objects.get())
    assert fetcher.get(url).json()["status"] == "discarded"
    assert other.get(url).status_code == 404
    assert fetcher.get(f"/api/v1/imports/{made.json()['id']}/").status_code == 401
