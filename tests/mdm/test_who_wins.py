"""Who wins where two sources speak of one device: by rule where there is one, the newest otherwise."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fleet.errors import Invalid
from fleet.mdm import ranking, ranks
from fleet.mdm.ranking import set_ranks
from fleet.mdm.receiving import Sync
from fleet.mdm.records import Facts
from fleet.mdm.telling import LABELS
from fleet.models import Device, MdmSource, Organisation, Ranking, Sim, SourceRank, SourceRecord, User
from fleet.services.change_log import changes_of
from fleet.signals import facts_changed
from fleet.tasks import follow_ranks, sweep_deliveries
from tests.factories import MdmSourceFactory
from tests.mdm.pushes import fleet_of, push

pytestmark = pytest.mark.django_db

NINE, TEN, ELEVEN = (f"2026-01-05T{hour:02}:00:00Z" for hour in (9, 10, 11))


@pytest.fixture
def jamf(department: Organisation) -> MdmSource:
    return MdmSourceFactory(organisation=department, slug="dept-jamf", name="Jamf")


@pytest.fixture
def intune(department: Organisation) -> MdmSource:
    return MdmSourceFactory(organisation=department, slug="dept-intune", name="Intune")


def rule(group: str, *sources: MdmSource, by: User | None = None) -> None:
    set_ranks(organisation=sources[0].organisation, group=group, sources=sources, by=by)
    ranking.follow(sources[0].organisation_id)


def mac(at: str = NINE, **more: Any) -> dict[str, Any]:
    return {"source_id": "m1", "serial": "SN-1", "last_seen": at, **more}


def test_every_fact_has_a_group_or_names_the_device() -> None:
    every = {field.name for field in msgspec.structs.fields(Facts)} - {"source_id"}
    names = {"serial", "hw_id", "imei", "meid", "wifi_mac", "asset_tag", "manufacturer"}
    assert set(ranks.GROUP_OF) == every - names
    assert set(LABELS) == every


def test_a_rule_wins_over_the_newest_and_only_in_its_group(jamf: MdmSource, intune: MdmSource) -> None:
    rule("operating_system", jamf)
    push(jamf, mac(os_version="14.4", encrypted=True))
    push(intune, mac(TEN, os_version="14", os_build="23E", encrypted=False))
    device = Device.objects.get()
    assert (device.os_version, device.os_build, device.encrypted) == ("14.4", "", False)
    push(intune, mac(ELEVEN, os_version="15"))
    device.refresh_from_db()
    assert device.os_version == "14.4"
    push(jamf, mac(NINE, os_version="14.5", observed_at="2026-01-05T09:30:00Z"))
    device.refresh_from_db()
    assert device.os_version == "14.5"


def test_facts_that_belong_together_are_one_sources(
    jamf: MdmSource, intune: MdmSource, mdm_administrator: User, client_of: Callable[..., Any]
) -> None:
    def shown() -> tuple[str, ...]:
        one = Device.objects.get()
        return one.os_version, one.os_build, one.user_name, one.user_email

    push(jamf, mac(NINE, os_version="14.4", os_build="23E", user_name="Ann", user_email="ann@dept.example"))
    push(intune, mac(TEN, os_version="15", user_name="Bob"))
    assert shown() == ("15", "", "Bob", "")
    push(jamf, mac("2026-01-05T09:30:00Z", os_version="15", os_build="24A"))
    assert shown() == ("15", "24A", "Bob", "")
    told = {one["field"]: one["told"] for one in client_of(mdm_administrator).get(said_url()).json()}
    assert {one["source"]: one["wins"] for one in told["os_version"]} == {
        "dept-jamf": "",
        "dept-intune": "newest",
    }
    assert [one["wins"] for one in told["os_build"] + told["user_email"]] == ["agrees", ""]
    rule("user", jamf)
    assert shown()[2:] == ("Ann", "ann@dept.example")
    rule("user", intune, jamf)
    assert shown()[2:] == ("Bob", "")
    push(intune, mac(ELEVEN, user_name="Ann"))
    assert shown()[2:] == ("Ann", "ann@dept.example")


def said_url() -> str:
    return f"/api/v1/devices/{Device.objects.get().pk}/mdm/"


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_with_a_rule_the_order_of_arrival_does_not_matter(
    order: tuple[int, ...], jamf: MdmSource, intune: MdmSource
) -> None:
    rule("enrolment", intune, jamf)
    said = [
        (jamf, mac(NINE, enrolment="enrolled", sims=[{"iccid": "89441"}])),
        (intune, mac(TEN, enrolment="unenrolled", ownership="personal")),
        (jamf, mac(ELEVEN, enrolment="enrolled", ownership="organisation", user_name="Ann")),
        (intune, mac(NINE, enrolment="enrolled", user_name="Bob")),
    ]
    for index in order:
        push(said[index][0], said[index][1])
    device = Device.objects.get()
    assert (device.enrolment, device.ownership, device.user_name) == ("unenrolled", "personal", "Ann")


def test_a_change_of_the_rule_is_followed_announced_and_logged(
    jamf: MdmSource, intune: MdmSource, mdm_administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    told = {"os_version": "14", "software": [{"name": "VPN"}], "enrolled_at": NINE}
    push(jamf, mac(NINE, **told), {"serial": "SN-ALONE", "os_version": "1"})
    push(intune, mac(TEN, **told | {"os_version": "15"}), {"serial": "SN-2", "os_version": "2"})
    push(jamf, {"serial": "SN-2", "os_version": "2", "last_seen": NINE})
    heard: list[Any] = []
    facts_changed.connect(listen := lambda device_ids, **_: heard.append(device_ids))
    with django_capture_on_commit_callbacks(execute=True):
        rule("operating_system", jamf, by=mdm_administrator)
    facts_changed.disconnect(listen)
    device = Device.objects.get(serial="SN-1")
    assert (device.os_version, device.os_key) == ("14", [14])
    assert heard == [{device.pk}]
    done = Ranking.objects.get()
    assert (done.looked_at, done.changed, bool(done.done_at)) == (2, 1, True)
    entry = changes_of(device)[0]
    assert ([(one.before, one.after) for one in entry.changes], entry.by) == (
        [("15", "14")],
        mdm_administrator.name,
    )
    before = fleet_of(jamf.organisation)
    follow_ranks(str(jamf.organisation_id))
    assert fleet_of(jamf.organisation) == before
    set_ranks(organisation=jamf.organisation, group="operating_system", sources=[], by=None)
    sweep_deliveries()
    follow_ranks(str(jamf.organisation_id))
    device.refresh_from_db()
    assert device.os_version == "15"


def test_a_source_that_has_lost_the_device_wins_no_more_until_it_has_it_again(
    jamf: MdmSource, intune: MdmSource
) -> None:
    def shown() -> str:
        ranking.follow(jamf.organisation_id)
        return Device.objects.get(serial="SN-1").os_version

    rule("operating_system", jamf)
    push(jamf, mac(NINE, os_version="14"))
    push(intune, mac(TEN, os_version="15"))
    SourceRecord.objects.update(observed_at="2026-01-05T09:00:00Z")
    assert shown() == "14"
    push(jamf, {"serial": "SN-2"}, sync=Sync("nightly", 1, 1))
    assert Ranking.objects.get().done_at is None
    assert shown() == "15"
    push(intune, mac(ELEVEN, os_version="16"))
    assert shown() == "16"
    push(jamf, mac("2026-01-05T10:30:00Z", os_version="14"))
    assert shown() == "14"


def test_sims_follow_too(jamf: MdmSource, intune: MdmSource) -> None:
    push(jamf, mac(NINE, sims=[{"iccid": "89441"}]))
    push(intune, mac(TEN, sims=[{"iccid": "89442"}]))
    in_device = Sim.objects.exclude(device=None).values_list("iccid", flat=True)
    assert list(in_device) == ["89442"]
    for sources, iccid in (((jamf,), "89441"), ((intune, jamf), "89442")):
        rule("sims", *sources)
        assert list(in_device.all()) == [iccid]
    push(jamf, mac(ELEVEN, sims=[]))
    assert list(in_device.all()) == ["89442"]


def test_rules_cost_one_query_where_two_sources_meet_and_none_elsewhere(
    jamf: MdmSource, intune: MdmSource
) -> None:
    def asked(source: MdmSource, count: int, at: str) -> list[str]:
        names = [f"{count}-{n}" for n in range(count)]
        with CaptureQueriesContext(connection) as captured:
            push(source, *({"source_id": one, "serial": f"S{one}", "last_seen": at} for one in names))
        return [one["sql"] for one in captured if "fleet_sourcerank" in one["sql"]]

    rule("user", jamf)
    assert asked(jamf, 5, NINE) == asked(jamf, 5, TEN) == []
    assert len(asked(intune, 5, TEN)) == len(asked(intune, 60, NINE)) + 1 == 1
    asked(jamf, 60, NINE)
    assert len(asked(jamf, 60, TEN)) == 1


def test_batches_take_the_same_number_of_queries_and_leave_nobody_out(
    jamf: MdmSource, intune: MdmSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [{"serial": f"S{n}", "os_version": "1", "last_seen": NINE} for n in range(12)]
    push(jamf, *records)
    push(intune, *(one | {"os_version": "2", "last_seen": TEN} for one in records))
    monkeypatch.setattr(ranking, "BATCH", 5)
    rule("operating_system", jamf)
    assert set(Device.objects.values_list("os_version", flat=True)) == {"1"}
    assert Ranking.objects.get().looked_at == 12


def test_what_cannot_be_a_rule_is_refused(jamf: MdmSource, council: Organisation) -> None:
    for sources in ([jamf, jamf], [MdmSourceFactory(organisation=council)]):
        with pytest.raises(Invalid):
            set_ranks(organisation=jamf.organisation, group="user", sources=sources, by=None)
    assert not SourceRank.objects.exists()


def test_the_device_page_says_who_said_what_and_who_wins(
    jamf: MdmSource, intune: MdmSource, mdm_administrator: User, client_of: Callable[..., Any]
) -> None:
    client = client_of(mdm_administrator)
    push(jamf, mac(NINE, os_version="14.4", encrypted=True))
    push(intune, mac(TEN, os_version="15", encrypted=True))
    rule("operating_system", jamf)
    device = Device.objects.get()
    url = f"/api/v1/devices/{device.pk}/mdm/"
    told = {one["field"]: one for one in client.get(url).json()}
    assert told["os_version"]["differs"] is True
    assert [(one["source"], one["value"], one["wins"]) for one in told["os_version"]["told"]] == [
        ("dept-intune", "15", ""),
        ("dept-jamf", "14.4", "by rule"),
    ]
    assert [one["wins"] for one in told["encrypted"]["told"]] == ["newest", ""]
    assert told["os_version"]["told"][1]["observed_at"].startswith("2026-01-05T09:00:00")
    page = client.get(reverse("fleet:device-said", args=[device.pk])).content.decode()
    assert "Wins by rule" in page
    assert "14.4" in page


def test_the_page_and_the_api_change_the_order(
    jamf: MdmSource, intune: MdmSource, mdm_administrator: User, client_of: Callable[..., Any]
) -> None:
    client, where = client_of(mdm_administrator), jamf.organisation
    url = reverse("fleet:rank-edit", args=[where.pk, "user"])
    twice = client.post(url, {"place_0": jamf.pk, "place_1": jamf.pk})
    assert "Name each source once" in twice.content.decode()
    assert client.post(url, {"place_0": "", "place_1": intune.pk}).status_code == 302
    assert list(SourceRank.objects.values_list("source__slug", "rank")) == [("dept-intune", 1)]
    assert "Intune, then" in client.get(reverse("fleet:rank-list")).content.decode()
    address = f"/api/v1/mdm/who-wins/{where.code}/user/"
    put = client.put(address, {"sources": ["dept-jamf", "dept-intune"]}, "application/json")
    assert put.json()["sources"] == ["dept-jamf", "dept-intune"]
    rows = client.get("/api/v1/mdm/who-wins/").json()
    assert next(row for row in rows if row["group"] == "user")["sources"] == ["dept-jamf", "dept-intune"]
    unknown = client.put(address, {"sources": ["x"]}, "application/json")
    assert unknown.status_code == 400
