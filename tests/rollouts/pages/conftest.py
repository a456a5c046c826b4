"""A tranche with three people: one ready, one blocked, one whose device is not known well enough."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fleet.models import Device, Organisation, User
from rollouts.models import Gate, Programme, Tranche, TranchePerson
from rollouts.services.computing import compute
from rollouts.services.gates import propose
from rollouts.services.staleness import mark_dirty
from tests.rollouts.factories import ProgrammeFactory, last_seen, ready_place, ready_tranche


@dataclass(frozen=True)
class Scene:
    tranche: Tranche
    ready: TranchePerson
    blocked: TranchePerson
    unknown: TranchePerson

    @property
    def programme(self) -> Programme:
        return self.tranche.programme


def computed(tranche: Tranche) -> Tranche:
    """With its readiness as of now."""
    mark_dirty(Tranche.objects.filter(pk=tranche.pk))
    compute(tranche_id=tranche.pk)
    return tranche


def unencrypted(place: TranchePerson) -> TranchePerson:
    Device.objects.filter(tranche_places=place).update(encrypted=False)
    return place


@pytest.fixture
def programme(department: Organisation) -> Programme:
    return ProgrammeFactory(organisation=department, name="Tablets for the field")


@pytest.fixture
def tranche(programme: Programme) -> Tranche:
    """Planned, and nobody in it."""
    return ready_tranche(programme, number=1, name="Inspectors")


@pytest.fixture
def scene(tranche: Tranche) -> Scene:
    ready, blocked, unknown = (
        ready_place(tranche, name=name) for name in ("Ann Able", "Bob Block", "Una Unknown")
    )
    unencrypted(blocked)
    assert unknown.device is not None
    last_seen(unknown.device, days_ago=60)
    return Scene(computed(tranche), ready, blocked, unknown)


@pytest.fixture
def gate(scene: Scene, technology_lead: User) -> Gate:
    """Open, on a tranche in which one person is blocked."""
    return propose(
        tranche=scene.tranche, recommendation="conditional_go", proposal="One to mend.", by=technology_lead
    )
