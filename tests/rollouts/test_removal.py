"""Drafts can be taken back, with what stood in them; whatever something has come of stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from fleet.errors import Conflict, Forbidden
from fleet.models import Organisation, User
from rollouts.models import Programme, Tranche
from rollouts.services.allocation import parameters
from rollouts.services.figures import programme_figures
from rollouts.services.membership import replan
from rollouts.services.removal import delete_programme, delete_tranche
from rollouts.sql import run
from rollouts.stock import FREE_STOCK
from tests.rollouts.factories import (
    GateFactory,
    ProgrammeFactory,
    TrancheFactory,
    TranchePersonFactory,
    ready_place,
    ready_tranche,
)


@pytest.fixture
def draft(department: Organisation) -> Tranche:
    """With somebody in it who has a device allocated, and an event on record."""
    tranche = ready_tranche(ProgrammeFactory(organisation=department), state="draft")
    ready_place(tranche)
    replan(tranche=tranche, by=None)
    return tranche


def test_a_draft_goes_with_its_people_and_their_devices_are_free(draft: Tranche, it_manager: User) -> None:
    asked = parameters(draft)
    assert run(FREE_STOCK, asked) == 0
    delete_tranche(tranche=draft, by=it_manager)
    assert not Tranche.objects.exists()
    assert programme_figures(draft.programme).planned == 0
    assert run(FREE_STOCK, asked) == 1


def test_who_deleted_it_stays_on_record(
    client_of: Callable[[User], Client], it_manager: User, draft: Tranche
) -> None:
    response = client_of(it_manager).post(f"/tranches/{draft.pk}/delete/")
    assert response["Location"] == f"/programmes/{draft.programme_id}/"
    changes: Any = Tranche.changes.rel.related_model  # type: ignore[attr-defined]
    change = changes.objects.get(pgh_obj_id=draft.pk, pgh_label="delete")
    assert change.pgh_context.metadata["actor"] == it_manager.pk


@pytest.mark.parametrize("state", ["planned", "gate", "deploying", "closed"])
def test_what_is_past_draft_stays(department: Organisation, state: str) -> None:
    tranche = TrancheFactory(programme__organisation=department, state=state)
    with pytest.raises(Conflict, match="needs a tranche that is draft"):
        delete_tranche(tranche=tranche, by=None)
    with pytest.raises(Conflict, match="so the programme stays"):
        delete_programme(programme=tranche.programme, by=None)


def test_what_was_decided_or_handed_over_stays(draft: Tranche) -> None:
    done = TranchePersonFactory(tranche=draft, state="handed_over")
    with pytest.raises(Conflict, match=r"1 of .* handed their device"):
        delete_tranche(tranche=draft, by=None)
    done.delete()
    GateFactory(tranche=draft)
    with pytest.raises(Conflict, match="has a gate on record"):
        delete_tranche(tranche=draft, by=None)


def test_a_programme_goes_with_its_drafts(draft: Tranche, it_manager: User) -> None:
    delete_programme(programme=draft.programme, by=it_manager)
    assert not Programme.objects.exists()


def test_only_planners_delete(draft: Tranche, technology_lead: User) -> None:
    with pytest.raises(Forbidden):
        delete_tranche(tranche=draft, by=technology_lead)
    with pytest.raises(Forbidden):
        delete_programme(programme=draft.programme, by=technology_lead)


def test_the_api_deletes_drafts_alone(draft: Tranche, it_manager: User) -> None:
    client = APIClient()
    client.force_authenticate(it_manager)
    planned = TrancheFactory(programme=draft.programme)
    assert client.delete(f"/api/v1/tranches/{planned.pk}/").status_code == 409
    assert client.delete(f"/api/v1/programmes/{draft.programme_id}/").status_code == 409
    assert client.post(f"/api/v1/tranches/{planned.pk}/unplan/").json()["state"] == "draft"
    assert client.delete(f"/api/v1/tranches/{draft.pk}/").status_code == 204
    assert client.delete(f"/api/v1/programmes/{draft.programme_id}/").status_code == 204
