"""Approvals: recorded with conditions, signed, withdrawn once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import Approval, Organisation, User
from fleet.services.assurance import HOW_CHECKED, sign_statement, withdraw_approval
from fleet.signals import facts_changed
from fleet.vocabulary import Control
from tests.factories import ApprovalFactory, ClassificationFactory, ConditionFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_an_approval_is_recorded_with_each_kind_of_condition(
    department: Organisation, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    classification = ClassificationFactory(organisation=department)
    response = client_of(it_manager).post(
        reverse("fleet:approval-add"),
        {
            "platform": "ipados",
            "minimum_version": "17.4",
            "classification": classification.pk,
            "authority": "Security board",
            "valid_from_day": "1",
            "valid_from_month": "2",
            "valid_from_year": "2026",
            "controls": ["encrypted", "passcode"],
            "software": "Managed container\n\n",
            "statements": "Users have been briefed.\nCables are locked away.",
        },
        follow=True,
    )
    approval = Approval.objects.get()
    assert [(one.control, one.name) for one in approval.conditions.all()] == [
        ("encrypted", ""),
        ("passcode", ""),
        ("software", "Managed container"),
        ("statement", "Users have been briefed."),
        ("statement", "Cables are locked away."),
    ]
    assert approval.minimum_key == [17, 4]
    assert "Not signed" in response.content.decode()


def test_every_control_says_how_it_is_checked() -> None:
    assert set(HOW_CHECKED) == set(Control)


def test_withdrawing_twice_is_a_conflict() -> None:
    approval = ApprovalFactory()
    withdraw_approval(approval=approval)
    approval.refresh_from_db()
    assert approval.state == "withdrawn"
    with pytest.raises(Conflict):
        withdraw_approval(approval=approval)


def test_a_withdrawn_approval_moves_the_readiness_of_every_device(
    django_capture_on_commit_callbacks: Any,
) -> None:
    heard: list[dict[str, Any]] = []

    def listen(**facts: Any) -> None:
        heard.append(facts)

    facts_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            withdraw_approval(approval=ApprovalFactory())
    finally:
        facts_changed.disconnect(listen)
    assert heard[0]["device_ids"] is None


def test_only_statements_are_signed_and_not_ahead_of_time() -> None:
    with pytest.raises(Invalid, match="Only a statement"):
        sign_statement(condition=ConditionFactory(), signed_by="Asha", signed_on=TODAY)
    statement = ConditionFactory(statement=True)
    with pytest.raises(Invalid) as early:
        sign_statement(condition=statement, signed_by="Asha", signed_on=TODAY + timedelta(days=1))
    assert early.value.field == "signed_on"
    with pytest.raises(Invalid) as short:
        sign_statement(
            condition=statement, signed_by="Asha", signed_on=TODAY, signed_until=TODAY - timedelta(days=1)
        )
    assert short.value.field == "signed_until"


def test_a_signature_is_shown_with_its_end(
    department: Organisation, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    statement = ConditionFactory(approval=ApprovalFactory(organisation=department), statement=True)
    sign_statement(condition=statement, signed_by="Asha Okoro", signed_on=TODAY, signed_until=TODAY)
    page = client_of(it_manager).get(reverse("fleet:approval-detail", args=[statement.approval_id]))
    assert "Asha Okoro" in page.content.decode()


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ({"valid_from": 1}, "planned"),
        ({"valid_from": 0}, "active"),
        ({"valid_from": -9, "valid_until": 60}, "active"),
        ({"valid_from": -9, "valid_until": 59}, "expiring"),
        ({"valid_from": -9, "valid_until": 0}, "expiring"),
        ({"valid_from": -9, "valid_until": -1}, "ended"),
    ],
)
def test_state_and_queries_agree(days: dict[str, int], state: str) -> None:
    approval = ApprovalFactory(**{name: TODAY + timedelta(days=number) for name, number in days.items()})
    assert approval.state == state
    in_force = Approval.objects.in_force(TODAY).contains(approval)
    assert in_force == (state in ("active", "expiring"))
    assert Approval.objects.expiring(TODAY).contains(approval) == (state == "expiring")
