"""Four numbers that add up, the S-curve and the forecast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from fleet.models import Organisation
from rollouts.measures import HandedOver
from rollouts.models import Programme, TranchePerson
from rollouts.services.curve import build_curve, programme_curve
from rollouts.services.figures import ProgrammeFigures, programme_figures
from rollouts.services.forecasting import build_outlook, programme_outlook, record_forecast
from rollouts.vocabulary import IN_STATES, PersonState, Readiness, TrancheState
from tests.rollouts.factories import (
    EntitlementFactory,
    PersonReadinessFactory,
    ProgrammeFactory,
    TrancheFactory,
    TranchePersonFactory,
    ready_device,
)

MONDAY = dt.date(2030, 3, 4)
days = st.dates(dt.date(2029, 6, 1), dt.date(2031, 6, 1))
by_day = st.dictionaries(days, st.integers(1, 500), max_size=12)


def a_place_of_each_kind(programme: Programme) -> None:
    """Each state of a tranche × each state of a person × each readiness, or none."""
    EntitlementFactory(programme=programme)
    for state in TrancheState.values:
        tranche = TrancheFactory(programme=programme, state=state)
        for person in PersonState.values:
            for readiness in [*Readiness.values, None]:
                place = TranchePersonFactory(tranche=tranche, entitlement=programme.entitlements.get())
                if person in ("allocated", "handed_over", "accepted"):
                    place.device = ready_device(place)
                complete = TranchePersonFactory.build(tranche=tranche, state=person)
                place.state, place.reason = person, complete.reason
                place.handed_over_at, place.accepted_at = complete.handed_over_at, complete.accepted_at
                place.save()
                if readiness:
                    PersonReadinessFactory(person=place, state=readiness)


def test_each_place_is_counted_once_and_listed_behind_its_number(department: Organisation) -> None:
    programme = ProgrammeFactory(organisation=department, goal_quantity=1000)
    a_place_of_each_kind(programme)
    figures = programme_figures(programme)
    places = TranchePerson.objects.filter(tranche__programme=programme)
    for name in ("handed_over", "can_go", "stuck"):
        assert places.figure(name).count() == getattr(figures, name) > 0
    assert figures.planned == places.filter(state__in=IN_STATES).count()
    assert figures.total == 1000


def test_one_query_whatever_the_size(
    department: Organisation, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    programme = ProgrammeFactory(organisation=department)
    TranchePersonFactory.create_batch(3, tranche__programme=programme)
    with django_assert_num_queries(1):
        programme_figures(programme)


@given(*[st.integers(0, 10_000)] * 4)
def test_figures_add_up(goal: int, handed_over: int, can_go: int, stuck: int) -> None:
    figures = ProgrammeFigures(goal, handed_over, can_go, stuck)
    four = (figures.handed_over, figures.can_go, figures.stuck, figures.not_planned)
    assert min(four) >= 0
    assert sum(four) == figures.total == goal + figures.over_goal


def test_a_person_in_several_tranches_is_counted_once(department: Organisation) -> None:
    programme = ProgrammeFactory(organisation=department, goal_quantity=1)
    first, second, third = (TrancheFactory(programme=programme) for _ in range(3))
    done = TranchePersonFactory(tranche=second, state="handed_over")
    waiting = TranchePersonFactory(tranche=first)
    for tranche in (first, third):
        TranchePersonFactory(tranche=tranche, staff_member=done.staff_member)
    for tranche in (second, third):
        TranchePersonFactory(tranche=tranche, staff_member=waiting.staff_member)
    figures = programme_figures(programme)
    assert (figures.handed_over, figures.stuck, figures.planned, figures.over_goal) == (1, 1, 2, 1)
    places = TranchePerson.objects.filter(tranche__programme=programme)
    assert [place.pk for place in places.figure("stuck")] == [waiting.pk]
    assert not places.filter(tranche=first).exclude(staff_member=waiting.staff_member).figure("stuck")
    assert programme_curve(programme).points[-1].planned == 2


@given(planned=by_day, actual=by_day, today=days)
def test_the_curve_rises_and_ends_with_everything(
    planned: dict[dt.date, int], actual: dict[dt.date, int], today: dt.date
) -> None:
    curve = build_curve(
        starts_on=MONDAY, ends_on=MONDAY + timedelta(weeks=20), planned=planned, actual=actual, today=today
    )
    lines = [[point.planned for point in curve.points], [point.actual or 0 for point in curve.points]]
    assert lines[0] == sorted(lines[0])
    assert lines[0][-1] == sum(planned.values())
    known = [point.actual for point in curve.points if point.actual is not None]
    assert known == sorted(known)
    assert all(point.ends_on.isoweekday() == 7 for point in curve.points)
    assert [point.week for point in curve.points] == list(range(1, len(curve.points) + 1))
    assert curve.behind == curve.planned_today - sum(actual.values())


def test_the_curve_of_a_programme(department: Organisation) -> None:
    today = timezone.localdate()
    programme = ProgrammeFactory(organisation=department, starts_on=today - timedelta(weeks=3))
    tranche = TrancheFactory(programme=programme)
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    TranchePersonFactory(tranche=tranche, planned_on=yesterday)
    TranchePersonFactory(tranche=tranche, planned_on=tomorrow)
    TranchePersonFactory(tranche=tranche, planned_on=yesterday, state="handed_over")
    TranchePersonFactory(tranche=tranche, planned_on=None, state="accepted")
    TranchePersonFactory(tranche=tranche, planned_on=yesterday, state="deferred")
    curve = programme_curve(programme)
    assert (curve.planned_today, curve.actual_today, curve.behind) == (3, 2, 1)
    assert curve.points[-1].planned == 4
    assert curve.points[-1].actual is None


def test_forecast_carries_the_last_four_weeks_on() -> None:
    found = build_outlook(
        goal=500, handed_over=100, recent=80, first_on=MONDAY - timedelta(days=90), today=MONDAY
    )
    assert found.per_week == Decimal("20.00")
    assert found.finish_on == MONDAY + timedelta(weeks=20)
    assert found.finish_early_on == MONDAY + timedelta(days=117)
    assert found.finish_late_on == MONDAY + timedelta(weeks=25)


@pytest.mark.parametrize(("recent", "days_since_first"), [(0, 90), (50, 13), (0, None)])
def test_thin_evidence_carries_no_forecast(recent: int, days_since_first: int | None) -> None:
    first_on = None if days_since_first is None else MONDAY - timedelta(days=days_since_first)
    found = build_outlook(goal=500, handed_over=100, recent=recent, first_on=first_on, today=MONDAY)
    assert not found.is_shown
    assert found.finish_on is None


@given(st.integers(1, 60_000), st.integers(0, 60_000), st.integers(1, 5_000), st.integers(14, 4000))
def test_early_is_before_late(goal: int, handed_over: int, recent: int, since: int) -> None:
    found = build_outlook(
        goal=goal,
        handed_over=handed_over,
        recent=recent,
        first_on=MONDAY - timedelta(days=since),
        today=MONDAY,
    )
    if found.finish_early_on and found.finish_on and found.finish_late_on:
        assert MONDAY <= found.finish_early_on <= found.finish_on <= found.finish_late_on
    assert found.remaining == max(goal - handed_over, 0)


def test_a_forecast_is_written_down_once_a_day(department: Organisation) -> None:
    programme = ProgrammeFactory(organisation=department, goal_quantity=100)
    tranche = TrancheFactory(programme=programme, state="deploying")
    for days_ago in (3, 10, 20):
        TranchePersonFactory(
            tranche=tranche, state="handed_over", handed_over_at=timezone.now() - timedelta(days=days_ago)
        )
    first = record_forecast(programme)
    assert first is not None
    assert (first.handed_over, first.made_on) == (3, timezone.localdate())
    assert record_forecast(programme) == first
    assert programme_outlook(programme).remaining == 97


def test_nothing_is_written_where_nothing_is_forecast(department: Organisation) -> None:
    assert record_forecast(ProgrammeFactory(organisation=department)) is None


def test_a_commitment_reads_what_the_programmes_page_shows(department: Organisation) -> None:
    programme = ProgrammeFactory(organisation=department, goal_quantity=1000)
    a_place_of_each_kind(programme)
    figures, measure = programme_figures(programme), HandedOver()
    read = measure.read(department, None, {"programme": str(programme.pk)})
    assert (read.part, read.whole) == (figures.handed_over, figures.planned)
    assert programme.name in measure.words({"programme": str(programme.pk)})
