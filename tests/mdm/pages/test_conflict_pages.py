"""A person decides which device a held record is about, and the decision is followed."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest
from django.urls import reverse

from fleet.models import Device, IdentityConflict, MdmSource, User
from tests.factories import DeviceFactory, IdentityConflictFactory
from tests.mdm.pushes import outcomes, push


class Contest(NamedTuple):
    """A record with the serial of one device and the hardware id of the other."""

    record: dict[str, str]
    by_serial: Device
    by_hw_id: Device
    conflict: IdentityConflict

    def url(self, name: str) -> str:
        return reverse(f"fleet:conflict-{name}", args=[self.conflict.pk])


@pytest.fixture
def contest(source: MdmSource) -> Contest:
    organisation = source.organisation
    by_serial = DeviceFactory(organisation=organisation, serial="S1", hw_id="h1", os_version="17.4")
    by_hw_id = DeviceFactory(organisation=organisation, serial="S2", hw_id="h2", os_version="17.4")
    record = {"serial": "s1", "hw_id": "h2", "os_version": "17.5", "last_seen": "2026-01-02T03:04:05Z"}
    push(source, record)
    return Contest(record, by_serial, by_hw_id, IdentityConflict.objects.get())


@pytest.fixture
def client(mdm_administrator: User, client_of: Any) -> Any:
    return client_of(mdm_administrator)


def cells(html: str, label: str) -> list[str]:
    """The words of a row of the comparison."""
    [row] = re.findall(rf'<tr[^>]*>\s*<th scope="row"[^>]*>\s*{label}.*?</tr>', html, re.S)
    return [
        " ".join(re.sub(r"<[^>]+>", " ", cell).split())
        for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)
    ]


@pytest.mark.parametrize("name", ["detail", "decide"])
def test_the_record_stands_beside_the_devices(client: Any, contest: Contest, name: str) -> None:
    html = client.get(contest.url(name)).content.decode()
    assert cells(html, "Serial") == ["Serial", "S1", "S1", "S2 Differs"]
    assert cells(html, "Hardware id") == ["Hardware id In question", "h2", "h1 Differs", "h2"]
    assert cells(html, "OS version") == ["OS version", "17.5", "17.4 Differs", "17.4 Differs"]
    assert cells(html, "Asset tag")[1] == "Not told"


def test_it_is_about_one_of_them(client: Any, contest: Contest, source: MdmSource) -> None:
    client.post(
        contest.url("decide"), {"decision": contest.by_serial.pk, "reason": "Its board was replaced."}
    )
    contest.by_serial.refresh_from_db()
    contest.by_hw_id.refresh_from_db()
    assert (contest.by_serial.hw_id, contest.by_serial.os_version) == ("h2", "17.5")
    assert contest.by_hw_id.hw_id == ""
    assert outcomes(push(source, contest.record)) == ["unchanged"]
    page = client.get(contest.url("detail")).content.decode()
    assert "Its board was replaced." in page
    assert contest.url("decide") not in page


def test_it_is_about_a_new_device(client: Any, source: MdmSource) -> None:
    known = DeviceFactory(organisation=source.organisation, serial="S2", hw_id="h2")
    record = {"serial": "S3", "hw_id": "h2"}
    push(source, record)
    conflict = IdentityConflict.objects.get()
    client.post(reverse("fleet:conflict-decide", args=[conflict.pk]), {"decision": "new"})
    assert Device.objects.filter(serial="S3").exclude(pk=known.pk).exists()
    assert outcomes(push(source, record)) != ["conflict"]
    known.refresh_from_db()
    assert known.hw_id == "h2"


def test_a_wrong_record_is_dropped_with_a_reason(client: Any, contest: Contest, source: MdmSource) -> None:
    answer = client.post(contest.url("decide"), {"decision": "dismiss"})
    assert "Say why the record is wrong" in answer.content.decode()
    assert IdentityConflict.objects.open().exists()
    client.post(contest.url("decide"), {"decision": "dismiss", "reason": "A cloned image."})
    assert IdentityConflict.objects.get().status == "dismissed"
    push(source, contest.record)
    assert not IdentityConflict.objects.open().exists()
    contest.by_serial.refresh_from_db()
    assert contest.by_serial.os_version == "17.4"


def test_the_second_to_decide_is_told(client: Any, contest: Contest) -> None:
    for _ in range(2):
        answer = client.post(contest.url("decide"), {"decision": contest.by_hw_id.pk})
    assert "Somebody has decided this conflict already" in answer.content.decode()


def test_nothing_is_chosen_for_a_person(client: Any, contest: Contest) -> None:
    elsewhere = DeviceFactory()
    for data in ({}, {"decision": elsewhere.pk}, {"decision": "merge"}):
        client.post(contest.url("decide"), data)
    assert IdentityConflict.objects.open().count() == 1
    page = client.get(contest.url("decide")).content.decode()
    assert "checked" not in page
    assert "the others lose it" in page
    assert "Choose which device the record is about" in client.post(contest.url("decide")).content.decode()


def test_a_record_without_a_serial_cannot_be_a_new_device(client: Any, source: MdmSource) -> None:
    conflict = IdentityConflictFactory(source=source, record={"hw_id": "h9"}, value="h9")
    page = client.get(reverse("fleet:conflict-decide", args=[conflict.pk])).content.decode()
    assert 'value="dismiss"' in page
    assert 'value="new"' not in page


def test_those_who_look_do_not_decide(auditor: User, client_of: Any, contest: Contest) -> None:
    client = client_of(auditor)
    assert contest.url("decide") not in client.get(contest.url("detail")).content.decode()
    assert client.post(contest.url("decide"), {"decision": contest.by_serial.pk}).status_code == 404
    assert IdentityConflict.objects.open().exists()
