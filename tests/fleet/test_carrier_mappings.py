"""How carriers' bills are read: kept as data, seen, changed, retired, and told in the change log."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fleet.models import CarrierMapping, Import, Organisation, User
from fleet.services.imports import deciding, working
from fleet.services.usage.heads import opened_head
from fleet.services.usage.receiving import receive_bill
from tests.factories import CarrierMappingFactory

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {
    "shape": "summary",
    "column_0": "number",
    "column_1": "data",
    "data_unit": "megabytes",
    "megabyte_bytes": "1000000",
    "time_unit": "seconds",
    "charge_unit": "pounds",
    "is_vat_included": "",
    "billing_day": "1",
}


@pytest.fixture
def manager(it_manager: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(it_manager)


@pytest.fixture
def bring(department: Organisation, it_manager: User) -> Callable[[bytes], Import]:
    def brought(content: bytes) -> Import:
        file = receive_bill(
            organisation=department, content=content, by=it_manager, carrier="Tiny", file_name="tiny.csv"
        ).file
        working.work(file.pk)
        file.refresh_from_db()
        return file

    return brought


def test_a_mapping_is_changed_and_retired_and_the_log_says_it(
    manager: Client, bring: Callable[[bytes], Import], department: Organisation
) -> None:
    found = bring(b"Nr,Used,Month\n07700900123,5,2026-03\n")
    url = reverse("fleet:bill-mapping", args=[found.pk])
    manager.post(url, SAID | {"column_2": "month"})
    kept = CarrierMapping.objects.get()
    assert "Used".lower() in manager.get(reverse("fleet:carrier-mapping-list")).content.decode()
    detail = reverse("fleet:carrier-mapping-detail", args=[kept.pk])
    page = manager.get(detail).content.decode()
    assert "Billing month, such as March 2026" in page
    assert CarrierMapping(shape="summary").get_shape_display() in page
    # by header: month, nr, used
    changed = SAID | {
        "carrier": "Tiny Telecom",
        "column_0": "month",
        "column_1": "number",
        "column_2": "texts",
    }
    edit = reverse("fleet:carrier-mapping-edit", args=[kept.pk])
    assert (
        "Two columns cannot both be" in manager.post(edit, changed | {"column_2": "month"}).content.decode()
    )
    assert manager.post(edit, changed)["Location"] == detail
    kept.refresh_from_db()
    assert (kept.carrier, kept.columns["used"]) == ("Tiny Telecom", "texts")
    log = manager.get(reverse("fleet:change-log"), {"kind": "carrier-mappings"}).content.decode()
    assert "used: texts" in log
    assert "used: data" in log
    assert detail in log
    retire, restore = (
        reverse(f"fleet:carrier-mapping-{name}", args=[kept.pk]) for name in ("retire", "restore")
    )
    manager.post(retire)
    assert "It is retired already." in manager.post(retire).content.decode()
    csv = b"".join(manager.get("/carrier-mappings/?state=used&format=csv").streaming_content)  # type: ignore[attr-defined]
    assert b"Tiny" not in csv
    manager.post(restore)
    kept.refresh_from_db()
    assert kept.retired_at is None


def test_a_retired_mapping_reads_no_file_and_what_is_said_over_another_is_told(
    manager: Client, bring: Callable[[bytes], Import]
) -> None:
    first = bring(b"Nr,Used,Month\n07700900123,5,2026-03\n")
    manager.post(reverse("fleet:bill-mapping", args=[first.pk]), SAID | {"column_2": "month"})
    CarrierMapping.objects.update(retired_at=first.made_at)
    second = bring(b"Month,Used,Nr\n2026-04,6,07700900123\n")
    assert second.status == "naming"
    url = reverse("fleet:bill-mapping", args=[second.pk])
    assert "This has been said before" not in manager.get(url).content.decode()
    said = SAID | {"column_0": "month", "column_2": "number"}
    answer = manager.post(url, said, follow=True).content.decode()
    assert "takes the place of what was said" in answer
    assert CarrierMapping.objects.get().retired_at is None
    working.work(second.pk)
    assert "This has been said before" in manager.get(url).content.decode()


def test_the_api_changes_what_it_names(
    it_manager: User, api_of: Callable[[User], Any], department: Organisation
) -> None:
    row = CarrierMappingFactory(organisation=department, signature="data number")
    CarrierMappingFactory(organisation=department, signature="data number", carrier="Other")
    url, api = f"/api/v1/carrier-mappings/{row.pk}/", api_of(it_manager)

    def patch(**said: Any) -> tuple[int, Any]:
        answer = api.patch(url, said, format="json")
        return answer.status_code, answer.json()

    status, told = patch(columns={"Number": "number", "data": "texts"})
    assert (status, told["columns"], told["shape"]) == (200, {"number": "number", "data": "texts"}, "summary")
    for said, field in (
        ({"columns": {"number": "", "data": "data"}}, "detail"),
        ({"columns": {"number": "number", "colour": "data"}}, "columns"),
        ({"carrier": "other"}, "carrier"),
    ):
        status, told = patch(**said)
        assert status == 400
        assert field == "detail" or told["errors"][0]["field"] == field
    assert api.post(f"{url}retire/").json()["retired_at"]
    assert api.post(f"{url}retire/").status_code == 409
    assert api.get("/api/v1/carrier-mappings/", {"state": "used"}).json()["results"][0]["carrier"] == "Other"
    assert api.post(f"{url}restore/").json()["retired_at"] is None


def test_pages_need_the_first_rows_of_a_file_alone(manager: Client, bring: Callable[[bytes], Import]) -> None:
    rows = "".join(f"07700900{n % 1000:03},{'9' * 900},2026-03\n" for n in range(2000))
    found = bring(f"Nr,Used,Month\n{rows}".encode())
    assert len(list(opened_head(found))) == 10
    assert len(zlib.decompress(bytes(found.head))) < 4000
    Import.objects.update(content=b"what no page can open")
    url = reverse("fleet:bill-mapping", args=[found.pk])
    said = SAID | {"column_1": "", "column_2": "month"}
    assert "1 Mar 2026 to 31 Mar 2026" in manager.post(url, said | {"show": "1"}).content.decode()
    assert manager.post(url, said).status_code == 302
    Import.objects.update(status="checked")
    deciding.discard(found=found)
    found.refresh_from_db()
    assert bytes(found.head) == b""
