"""Each later start brings the demo up to that day."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.db.models import Max
from django.utils import timezone

from fleet.models import Heartbeat, Organisation
from rollouts.demo.clock import refresh_demo
from rollouts.demo.moving import MONDAY, moved_day, on_working_day, working_days
from rollouts.models import Forecast, Gate, Programme, Tranche, TrancheEvent, TranchePerson
from rollouts.services.curve import programme_curve
from rollouts.services.gates import is_outdated
from tests.demo.conftest import NOON
from tests.factories import SiteFactory

TODAY = NOON.date()
# The Monday after: three working days.
LATER = NOON + dt.timedelta(days=5)


def _dates() -> list[tuple[object, ...]]:
    return [
        *Tranche.objects.order_by("pk").values_list("handover_starts_on", "decision_due_on", "locked_at"),
        *TranchePerson.objects.order_by("pk").values_list("planned_on", "handed_over_at"),
        *Heartbeat.objects.order_by("pk").values_list("last_seen_at"),
        *Forecast.objects.order_by("pk").values_list("made_on"),
        *TrancheEvent.objects.order_by("pk").values_list("at"),
    ]


def _changes() -> int:
    """Entries of every change log, where moving the demo has no business."""
    return sum(
        model._default_manager.count()
        for model in apps.get_models()
        if model.__name__.endswith("Change") and model._meta.app_label in {"fleet", "rollouts"}
    )


def test_the_same_day_again_changes_nothing(demo: Path) -> None:
    before = _dates()
    assert refresh_demo(TODAY) == 0
    assert _dates() == before


def test_on_monday_everything_is_as_long_ago_as_it_was(demo: Path) -> None:
    third = Tranche.objects.get(programme__code="mobile-working", number=3)
    assert third.decision_due_on is not None
    due_in = working_days(TODAY, third.decision_due_on)
    behind = programme_curve(third.programme).behind
    with time_machine.travel(LATER, tick=False):
        assert refresh_demo(LATER.date()) == 5
        third.refresh_from_db()
        assert working_days(LATER.date(), third.decision_due_on) == due_in
        assert programme_curve(third.programme).behind == behind
        newest = Heartbeat.objects.aggregate(newest=Max("last_seen_at"))["newest"]
        assert LATER - dt.timedelta(hours=1) < newest <= LATER


def test_a_second_refresh_of_that_day_changes_nothing(demo: Path) -> None:
    with time_machine.travel(LATER, tick=False):
        refresh_demo(LATER.date())
        before = _dates()
        assert refresh_demo(LATER.date()) == 0
        assert _dates() == before


def test_no_handover_moves_to_a_weekend(demo: Path) -> None:
    saturday = NOON + dt.timedelta(days=3)
    with time_machine.travel(saturday, tick=False):
        refresh_demo(saturday.date())
    assert not TranchePerson.objects.filter(planned_on__week_day__in=[1, 7]).exists()


def test_moving_the_demo_is_no_change_that_somebody_made(demo: Path) -> None:
    before = _changes()
    with time_machine.travel(LATER, tick=False):
        refresh_demo(LATER.date())
    # The evidence of the open gate is sealed anew, which is one.
    assert _changes() <= before + 1


def test_the_open_gate_shows_todays_evidence_and_decided_ones_stay_sealed(demo: Path) -> None:
    decided = Gate.objects.filter(status="decided").order_by("pk").values_list("seal", "decided_at")
    before = list(decided)
    with time_machine.travel(LATER, tick=False):
        refresh_demo(LATER.date())
        gate = Gate.objects.open().get()
        assert not is_outdated(gate)
        assert gate.evidence["tranche"]["handover_starts_on"] == gate.tranche.handover_starts_on.isoformat()
    assert list(decided.all()) == before


def test_a_year_of_daily_starts_does_not_drift(demo: Path) -> None:
    programme = Programme.objects.get(code="mobile-working")
    ahead = working_days(TODAY, on_working_day(programme.ends_on))
    for days in range(1, 366, 28):
        with time_machine.travel(NOON + dt.timedelta(days=days), tick=False):
            refresh_demo(timezone.localdate())
    programme.refresh_from_db()
    assert working_days(TODAY + dt.timedelta(days=365), programme.ends_on) == ahead


@pytest.mark.parametrize("days", [0, 1, 7])
def test_sql_moves_days_as_python_counts_them(department: Organisation, days: int) -> None:
    for number in range(20):
        SiteFactory(organisation=department, opens_on=MONDAY + dt.timedelta(days=50_000 + number))
    sites = department.sites.annotate(moved=moved_day("opens_on", days))
    for opens_on, moved in sites.values_list("opens_on", "moved"):
        assert opens_on is not None
        assert moved.weekday() < 5
        assert working_days(opens_on, moved) == days
