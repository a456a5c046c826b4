"""What becomes of a phone line: another SIM, another holder, its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import Line, Organisation, Tariff, User
from fleet.phone_numbers import msisdn
from fleet.services.erasure import erase_person
from fleet.services.lines import moving
from tests.factories import LineFactory, StaffMemberFactory, TariffFactory

pytestmark = pytest.mark.django_db

NEW = "8944123456789012352"


@pytest.fixture
def manager(it_manager: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(it_manager)


def test_a_new_sim_is_known_by_its_number_and_the_line_keeps_its_own(department: Organisation) -> None:
    line = LineFactory(organisation=department, on_sim=True)
    moving.put_on_sim(line=line, iccid="8944 1234 5678 9012 352")
    line.refresh_from_db()
    assert (line.sim.iccid, line.pairings.count()) == (NEW, 2)  # type: ignore[union-attr]
    with pytest.raises(Invalid, match="carries"):
        moving.put_on_sim(line=LineFactory(organisation=department), iccid=NEW)
    with pytest.raises(Invalid, match="begin with 89"):
        moving.put_on_sim(line=line, iccid="12345")


def test_a_number_that_is_handed_over_keeps_its_history_apart(department: Organisation) -> None:
    first, second = (StaffMemberFactory(organisation=department) for _ in range(2))
    line = LineFactory(organisation=department, on_sim=True, holder=first, tariff=TariffFactory())
    new = moving.hand_over(line=line, holder=second, on=dt.date(2026, 3, 1))
    line.refresh_from_db()
    assert (line.holder, line.ends_on, line.sim) == (first, dt.date(2026, 2, 28), None)
    assert (new.holder, new.msisdn, new.tariff) == (second, line.msisdn, line.tariff)
    assert new.sim is not None
    with pytest.raises(Conflict):
        moving.end(line=line, on=dt.date(2026, 3, 1))
    with pytest.raises(Invalid, match="choose Change"):
        moving.hand_over(line=new, holder=None, on=dt.date(2026, 3, 1))


@pytest.mark.parametrize(
    "asked", ["07700900123", "07700 900123", "+447700900123", "+44 7700 900123", "900123"]
)
def test_a_number_is_found_however_it_is_dialled(
    manager: Client, department: Organisation, asked: str
) -> None:
    LineFactory(organisation=department, msisdn="+447700900123")
    LineFactory(organisation=department, msisdn="+447700900124")
    shown = manager.get(reverse("fleet:line-list"), {"q": asked}).content.decode()
    assert "+44 7700 900123" in shown
    assert "+44 7700 900124" not in shown


def test_a_line_that_somebody_holds_is_changed_without_naming_them_again(
    manager: Client, department: Organisation
) -> None:
    holder = StaffMemberFactory(organisation=department)
    line = LineFactory(organisation=department, holder=holder)
    url = reverse("fleet:line-edit", args=[line.pk])
    form: Any = manager.get(url).context["form"]
    assert form["holder"].value() == holder.staff_number
    day = line.starts_on
    sent = {"msisdn": line.msisdn, "holder": form["holder"].value(), "justification": "on_call"}
    sent |= {
        "starts_on_day": f"{day.day}",
        "starts_on_month": f"{day.month}",
        "starts_on_year": f"{day.year}",
    }
    assert manager.post(url, sent).status_code == 302
    line.refresh_from_db()
    assert (line.holder, line.justification) == (holder, "on_call")


@pytest.mark.parametrize("text", ["4.47701E+11", "+44 7700 900 701 junk"])
def test_what_is_left_of_a_number_is_none(text: str) -> None:
    assert msisdn(text) == ""


def test_an_open_number_is_there_once(manager: Client, department: Organisation) -> None:
    LineFactory(organisation=department, msisdn="+447700900123")
    sent = {"msisdn": "07700 900123", "starts_on_day": "1", "starts_on_month": "3", "starts_on_year": "2026"}
    page = manager.post(reverse("fleet:line-add"), sent).content.decode()
    assert "This number is open already" in page
    manager.post(reverse("fleet:line-add"), sent | {"msisdn": "07700 900124", "justification": "safety"})
    assert Line.objects.get(msisdn="+447700900124").justification == "safety"


def test_a_tariff_says_its_allowance_in_the_carriers_gigabytes(
    manager: Client, department: Organisation
) -> None:
    sent = {
        "carrier": "Example Mobile",
        "name": "Member",
        "rental_pence": "5",
        "allowance": "1",
        "megabyte_bytes": "1048576",
        "over_pence": "50",
        "over_per": "month",
        "is_vat_included": "",
    }
    manager.post(reverse("fleet:tariff-add"), sent)
    tariff = Tariff.objects.get()
    assert (tariff.data_allowance_bytes, tariff.over_pence, tariff.is_vat_included) == (2**30, 5000, None)
    page = manager.get(reverse("fleet:tariff-edit", args=[tariff.pk])).content.decode()
    assert 'name="allowance" value="1"' in page


def test_the_list_narrows_to_what_nobody_has(manager: Client, department: Organisation) -> None:
    LineFactory(organisation=department, msisdn="+447700900001")
    LineFactory(organisation=department, msisdn="+447700900002", on_sim=True)
    LineFactory(organisation=department, msisdn="+447700900003", ends_on=dt.date(2026, 2, 1))
    rows = manager.get(reverse("fleet:line-list"), {"state": "unassigned", "format": "csv"})
    told = b"".join(rows.streaming_content).decode()  # type: ignore[attr-defined]
    assert [line.split(",")[0] for line in told.splitlines()[1:]] == ["+447700900001"]


def test_the_api_does_what_the_pages_do(
    it_manager: User, api_of: Callable[[User], Any], department: Organisation
) -> None:
    api = api_of(it_manager)
    made = api.post("/api/v1/lines/", {"msisdn": "07700 900123", "carrier": "Example Mobile"}, format="json")
    assert made.status_code == 201
    assert made.json()["msisdn"] == "+447700900123"
    url = f"/api/v1/lines/{made.json()['id']}"
    assert api.post(f"{url}/sim/", {"iccid": NEW}, format="json").json()["iccid"] == NEW
    today = timezone.localdate().isoformat()
    assert api.post(f"{url}/end/", {"on": today}, format="json").json()["ends_on"] == today
    assert api.post(f"{url}/end/", {"on": today}, format="json").status_code == 409


def test_an_erased_person_is_named_in_no_note(it_manager: User, department: Organisation) -> None:
    person = StaffMemberFactory(organisation=department, leaves_on=dt.date(2026, 1, 31), name="Ada Marsh")
    line = LineFactory(organisation=department, holder=person, justification_note="Ada is on call")
    other = LineFactory(organisation=department, justification_note="Was Ada Marsh’s")
    erase_person(person=person, asked_by="person", reason="Asked in writing", by=None)
    for row in (line, other):
        row.refresh_from_db()
        assert row.justification_note == "erased"
        assert not row.changes.filter(justification_note__contains="Ada").exists()  # type: ignore[attr-defined]
