"""An export of an MDM source that a person uploads on its page."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fleet.mdm import applying
from fleet.models import Delivery, Device, MdmSource, Organisation, User
from tests.factories import MdmSourceFactory
from tests.mdm.adapters.test_android_management import message
from tests.mdm.adapters.test_intune import PAGE, ROW, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(mdm_administrator: User, client_of: Any) -> Any:
    return client_of(mdm_administrator)


@pytest.fixture
def intune(department: Organisation) -> MdmSource:
    return MdmSourceFactory(organisation=department, kind="intune", name="Laptops")


def send(client: Any, source: MdmSource, content: bytes, name: str = "export.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("fleet:source-upload", args=[source.pk]), {"file": file})


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        table(ROW),
        table(ROW, encoding="utf-16"),
        json.dumps(PAGE).encode("utf-8-sig"),
        zipped(export=table(ROW)),
    ],
    ids=["csv", "utf-16", "json", "zip"],
)
def test_a_file_becomes_a_delivery(client: Any, intune: MdmSource, content: bytes) -> None:
    answer = send(client, intune, content)
    delivery = Delivery.objects.get()
    assert answer.url == reverse("fleet:delivery-detail", args=[delivery.pk])
    assert (delivery.source, delivery.request_id != "") == (intune, True)
    applying.apply_delivery(delivery.pk)
    assert Device.objects.get().enrolment == "enrolled"
    assert send(client, intune, content).url == answer.url
    assert Delivery.objects.count() == 1


def test_a_table_of_many_rows_becomes_several(client: Any, intune: MdmSource, settings: Any) -> None:
    settings.MDM_MAX_RECORDS = 2
    none = {"ICCID": "", "Microsoft Entra Device ID": ""}
    rows = [ROW | {"Device ID": str(n), "Serial number": f"SN-{n}", "IMEI": ""} | none for n in range(5)]
    answer = send(client, intune, table(*rows))
    assert answer.url == f"{reverse('fleet:delivery-list')}?source={intune.slug}"
    for delivery in Delivery.objects.all():
        applying.apply_delivery(delivery.pk)
    assert sorted(Device.objects.values_list("serial", flat=True)) == [f"SN-{n}" for n in range(5)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"{", "broken"),
        (b"Name,Size\r\na,b\r\n", "No column names a device"),
        (table(ROW).splitlines()[0], "no rows"),
        (zipped(a=b"1", b=b"2"), "Choose one CSV"),
        (b"PK\x03\x04nothing", "cannot be read"),
    ],
    ids=["empty", "broken", "nameless", "headers", "zip-of-two", "broken-zip"],
)
def test_what_cannot_be_taken_is_said_at_the_field(
    client: Any, intune: MdmSource, content: bytes, said: str
) -> None:
    answer = send(client, intune, content)
    assert answer.status_code == 200
    assert said in answer.context["form"].errors["file"][0]
    assert not Delivery.objects.exists()


def test_what_would_be_put_in_quarantine_is_refused_to_a_person(
    client: Any, department: Organisation
) -> None:
    source = MdmSourceFactory(organisation=department, kind="android_management")
    answer = send(client, source, json.dumps(message(b"{")).encode())
    assert "broken" in answer.context["form"].errors["file"][0]


def test_a_native_file_is_checked_as_a_push_is(client: Any, source: MdmSource) -> None:
    assert send(client, source, b'{"devices": [{"serial": "SN-1"}]}').status_code == 302
    assert "devices" in send(client, source, b"{}").context["form"].errors["file"][0]
    synced = b'{"devices": [], "sync": {"id": "1"}}'
    assert "complete sync" in send(client, source, synced).context["form"].errors["file"][0]


def test_a_source_that_is_switched_off_takes_none(client: Any, intune: MdmSource) -> None:
    MdmSource.objects.update(is_active=False)
    assert "switched off" in str(send(client, intune, table(ROW)).context["form"].non_field_errors())
    assert (
        "Upload an export"
        not in client.get(reverse("fleet:source-detail", args=[intune.pk])).content.decode()
    )
