"""What the demo holds: sizes that were asked for, figures that add up, work that waits for a decision."""

import json
import re
import stat
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import RequestFactory

from fleet.models import (
    Contract,
    Delivery,
    Device,
    Grant,
    IdentityConflict,
    Line,
    Organisation,
    Site,
    StaffMember,
    UsageForecast,
    UsageRecord,
)
from fleet.services.usage.unused import unused_for
from rollouts.demo.sizes import SIZES
from rollouts.models import Gate, Programme, Tranche, TranchePerson
from rollouts.services.curve import programme_curve
from rollouts.services.evidence import seal
from rollouts.services.figures import programme_figures
from tests.demo.conftest import NOON

SMALL = SIZES["small"]


def test_the_department_has_the_people_and_devices_asked_for(demo: Path) -> None:
    assert StaffMember.objects.filter(organisation__code="REVENUE").count() == SMALL.staff
    assert Device.objects.filter(organisation__code="REVENUE").count() == SMALL.devices


def test_137_of_170_offices_close_and_move_to_13_centres(demo: Path) -> None:
    sites = Site.objects.filter(organisation__code="REVENUE")
    closing = sites.filter(closes_on__isnull=False)
    assert Counter(sites.values_list("kind", flat=True)) == {
        "local_office": 170,
        "regional_centre": 13,
        "touchdown": 25,
        "headquarters": 1,
        "depot": 2,
    }
    assert closing.count() == 137
    assert set(closing.values_list("replaced_by__kind", flat=True)) == {"regional_centre"}


def test_nobody_works_where_it_is_closed(demo: Path) -> None:
    open_now = Site.objects.open_on(NOON.date())
    assert not StaffMember.objects.exclude(site__in=open_now).exists()


def test_the_council_has_53_members_in_groups(demo: Path) -> None:
    members = StaffMember.objects.filter(organisation__code="SHIRE", job_role="Member")
    assert members.count() == 53
    assert members.exclude(group="").count() == 53


def test_tranches_stand_where_the_story_says(demo: Path) -> None:
    tranches = Tranche.objects.filter(programme__code="mobile-working").order_by("number")
    assert list(tranches.values_list("state", flat=True)) == [
        "closed",
        "deploying",
        "gate",
        "planned",
        "draft",
    ]


def test_the_third_tranche_waits_for_a_decision_with_real_blockers(demo: Path) -> None:
    gate = Gate.objects.get(status="open")
    checks = {check["key"]: check for check in gate.evidence["checks"]}
    assert gate.tranche.number == 3
    assert gate.seal == seal(gate.evidence)
    assert gate.evidence["people"]["blocked"] > 0
    expected = {"enrolled", "os_minimum", "device_allocated", "trained_and_briefed"}
    assert {key for key in expected if checks[key]["failed"]} == expected


def test_some_of_the_third_tranche_lack_what_the_programme_asks_for(demo: Path) -> None:
    gate = Gate.objects.get(status="open")
    [check] = [one for one in gate.evidence["checks"] if one["key"] == "trained_and_briefed"]
    assert 0 < check["failed"] < gate.tranche.people.count() / 5
    programme = gate.tranche.programme
    assert set(programme.required_courses.values_list("code", flat=True)) == {"INFO-1", "OUT-1"}


def test_contracts_want_a_decision_in_each_organisation(demo: Path) -> None:
    for code, expected in (("REVENUE", {"notice_due", "notice_passed"}), ("SHIRE", {"notice_due"})):
        waiting = Contract.objects.awaiting_decision().filter(organisation__code=code)
        assert {contract.state for contract in waiting} == expected  # type: ignore[attr-defined]


def test_the_four_numbers_add_up_to_the_goal(demo: Path) -> None:
    figures = programme_figures(Programme.objects.get(code="mobile-working"))
    assert figures.total == SMALL.goal
    assert min(figures.handed_over, figures.can_go, figures.stuck, figures.not_planned) > 0


def test_handovers_are_behind_plan_and_on_working_days(demo: Path) -> None:
    curve = programme_curve(Programme.objects.get(code="mobile-working"))
    done = TranchePerson.objects.filter(handed_over_at__isnull=False)
    assert 0 < curve.actual_today < curve.planned_today
    assert not done.filter(handed_over_at__week_day__in=[1, 7]).exists()


def test_intake_recognises_every_device_of_the_demo(demo: Path) -> None:
    outcomes = Counter("".join(Delivery.objects.values_list("outcomes", flat=True)))
    assert outcomes["n"] > 900
    assert set(outcomes) == {"n", "r", "x"}
    assert IdentityConflict.objects.open().count() == 1


def test_each_role_of_each_organisation_can_sign_in(demo: Path) -> None:
    file = demo / "demo-accounts.json"
    accounts = json.loads(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len({(one["organisation"], one["role"]) for one in accounts}) == len(accounts) == 20
    for one in accounts:
        user = authenticate(RequestFactory().post("/"), username=one["email"], password=one["password"])
        assert user is not None
        assert user.access.organisation_ids() == {Organisation.objects.get(code=one["organisation"]).pk}


def test_a_second_load_is_refused_and_changes_nothing(demo: Path) -> None:
    before = Device.objects.count()
    with pytest.raises(CommandError, match="REVENUE and SHIRE exist already"):
        call_command("load_demo", size="small", folder=demo)
    assert Device.objects.count() == before


def test_the_change_log_says_what_was_loaded_and_what_was_pushed(demo: Path) -> None:
    for model in (Grant, Device, StaffMember):
        assert _told(model) == {("import", None)}, model
    last = Delivery.objects.latest("received_at")
    assert _told(IdentityConflict) == {("worker", str(last.pk))}


def _told(model: Any) -> set[tuple[str, str | None]]:
    """(channel, delivery) of the changes of a kind."""
    events = model._meta.get_field("changes").related_model.objects.select_related("pgh_context")
    contexts = [event.pgh_context.metadata for event in events]
    return {(context["channel"], context.get("delivery")) for context in contexts}


def test_lines_are_used_idle_or_nobodys(demo: Path) -> None:
    for code in ("REVENUE", "SHIRE"):
        lines = Line.objects.filter(organisation__code=code)
        assert lines.unassigned().filter(origin="bill").count() == 3
        assert unused_for(lines, 3).filter(justification="safety").exists()
    numbers = [number for number in Line.objects.values_list("msisdn", flat=True) if number]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"\+447700900\d{3}", number) for number in numbers)
    council = Line.objects.filter(organisation__code="SHIRE", tariff__name="Member 1 GB")
    assert council.filter(sim__device__isnull=False).count() == 10
    used = UsageRecord.objects.filter(organisation__code="REVENUE")
    assert used.values("month").distinct().count() >= 4
    above = used.filter(data_bytes__gt=F("line__tariff__data_allowance_bytes"))
    assert 0 < above.count() < used.count() / 4
    assert UsageForecast.objects.filter(organisation__code="REVENUE").exists()
