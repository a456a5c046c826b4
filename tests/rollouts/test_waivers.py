"""Granting and ending waivers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import User
from rollouts.models import Computation, Tranche, Waiver
from rollouts.services.waivers import end_waiver, grant_waiver
from tests.factories import SiteFactory, UserFactory
from tests.rollouts.factories import TranchePersonFactory, WaiverFactory, ready_place

TODAY = timezone.localdate()


def grant(tranche: Tranche, by: User, **changes: Any) -> Waiver:
    said = {
        "check_key": "encrypted",
        "owner": by,
        "reason": "Will be encrypted on the day",
        "expires_on": TODAY + timedelta(days=1),
        **changes,
    }
    return grant_waiver(tranche=tranche, by=by, **said)


def test_a_waiver_is_recorded_and_makes_readiness_stale(tranche: Tranche, it_manager: User) -> None:
    waiver = grant(tranche, it_manager)
    assert (waiver.created_by, waiver.owner) == (it_manager, it_manager)
    assert tranche.events.get(verb="waive").actor == it_manager
    assert Computation.objects.get(tranche=tranche).dirty_at is not None


BAD: list[tuple[dict[str, Any], str]] = [
    ({"check_key": "no such check"}, "check_key"),
    ({"reason": "  "}, "reason"),
    ({"expires_on": TODAY}, "expires_on"),
    ({"expires_on": TODAY + timedelta(days=366)}, "expires_on"),
]


@pytest.mark.parametrize(("changes", "field"), BAD)
def test_bad_input_names_its_field(
    tranche: Tranche, it_manager: User, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        grant(tranche, it_manager, **changes)
    assert refused.value.field == field


def test_a_waiver_fits_the_scope_of_its_check(tranche: Tranche, it_manager: User) -> None:
    place = ready_place(tranche)
    site = place.staff_member.site
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"check_key": "site_network", "person": place}, "person"),
        ({"check_key": "stock_covers", "person": place}, "person"),
        ({"check_key": "stock_covers", "site": site}, "site"),
        ({"person": place, "site": site}, "site"),
    ]
    for changes, field in wrong:
        with pytest.raises(Invalid) as refused:
            grant(tranche, it_manager, **changes)
        assert refused.value.field == field
    grant(tranche, it_manager, check_key="site_network", site=site)
    grant(tranche, it_manager, check_key="stock_covers")


def test_its_place_and_owner_belong_to_the_tranche(tranche: Tranche, it_manager: User) -> None:
    elsewhere: list[tuple[dict[str, Any], str]] = [
        ({"person": TranchePersonFactory()}, "person"),
        ({"site": SiteFactory(organisation__code="OTHER")}, "site"),
        ({"owner": UserFactory()}, "owner"),
    ]
    for changes, field in elsewhere:
        with pytest.raises(Invalid) as refused:
            grant(tranche, it_manager, **changes)
        assert refused.value.field == field


def test_the_same_again_is_a_conflict_until_it_ends(tranche: Tranche, it_manager: User) -> None:
    first = grant(tranche, it_manager)
    with pytest.raises(Conflict, match="There is an open waiver"):
        grant(tranche, it_manager)
    end_waiver(waiver=first, by=it_manager)
    with pytest.raises(Conflict, match="ended before"):
        end_waiver(waiver=first, by=it_manager)
    grant(tranche, it_manager)


def test_one_that_ran_out_makes_room(tranche: Tranche, it_manager: User) -> None:
    old = WaiverFactory(tranche=tranche, expires_on=TODAY - timedelta(days=1))
    grant(tranche, it_manager)
    old.refresh_from_db()
    assert old.ended_at is not None
    assert tranche.waivers.count() == 2


def test_who_may_not_waive(tranche: Tranche, technology_lead: User) -> None:
    with pytest.raises(Forbidden):
        grant(tranche, technology_lead)
