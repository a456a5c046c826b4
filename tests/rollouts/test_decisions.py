"""What tranches ask of a person today."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fleet.models import Organisation, User
from fleet.web.decisions import Decision
from rollouts.decisions import rollout_decisions
from tests.rollouts.factories import (
    GateFactory,
    HoldFactory,
    ReflectionFactory,
    TrancheFactory,
    WaiverFactory,
)

TODAY = timezone.localdate()


def asked(user: User) -> list[str]:
    return [decision.what.split(" Tranche")[0].removesuffix(" of") for decision in rollout_decisions(user)]


def of_each_kind(department: Organisation) -> None:
    """One tranche in each state that asks for something, and those that ask for nothing."""
    fields = {"programme__organisation": department}
    GateFactory(tranche=TrancheFactory(state="gate", **fields))
    TrancheFactory(state="planned", handover_starts_on=TODAY + timedelta(days=9), **fields)
    TrancheFactory(
        state="planned",
        handover_starts_on=TODAY + timedelta(days=90),
        handover_ends_on=TODAY + timedelta(days=99),
        **fields,
    )
    HoldFactory(tranche=TrancheFactory(state="held", **fields))
    TrancheFactory(state="hypercare", hypercare_days=3, **fields)
    TrancheFactory(state="hypercare", hypercare_days=30, **fields)
    TrancheFactory(state="reflecting", **fields)
    ReflectionFactory(tranche=TrancheFactory(state="reflecting", **fields))
    deploying = TrancheFactory(state="deploying", **fields)
    WaiverFactory(tranche=deploying, expires_on=TODAY + timedelta(days=7))
    WaiverFactory(tranche=deploying, check_key="enrolled", expires_on=TODAY + timedelta(days=8))
    TrancheFactory(state="draft", **fields)
    TrancheFactory(state="closed", **fields)


def test_what_an_it_manager_is_asked(department: Organisation, it_manager: User) -> None:
    of_each_kind(department)
    assert sorted(asked(it_manager)) == [
        "Close",
        "Decide on",
        "End hypercare",
        "Propose the gate",
        "Record the reflection on",
        "Release the hold",
        "Renew or end a waiver",
    ]


def test_who_may_not_decide_is_not_asked(
    department: Organisation, auditor: User, stranger: User, technology_lead: User
) -> None:
    of_each_kind(department)
    assert asked(auditor) == asked(stranger) == []
    assert sorted(asked(technology_lead)) == ["Decide on", "Propose the gate", "Release the hold"]


def test_a_proposer_is_not_asked_to_decide(department: Organisation, it_manager: User) -> None:
    GateFactory(
        tranche=TrancheFactory(state="gate", programme__organisation=department), proposed_by=it_manager
    )
    assert asked(it_manager) == []


def test_as_many_queries_for_many_tranches_as_for_few(department: Organisation, it_manager: User) -> None:
    counts = []
    for _ in range(2):
        of_each_kind(department)
        user = User.objects.get(pk=it_manager.pk)
        with CaptureQueriesContext(connection) as captured:
            list(rollout_decisions(user))
        counts.append(len(captured))
    # grants with their sites, tranches, open gates, open holds, waivers
    assert counts == [5, 5]


def test_urgency_goes_by_the_day() -> None:
    expected = {None: "to_do", -1: "overdue", 0: "due_soon", 7: "due_soon", 8: "to_do"}
    for days, urgency in expected.items():
        due_on = None if days is None else timezone.localdate() + timedelta(days=days)
        assert Decision(what="x", why="y", url="/", due_on=due_on).urgency == urgency
