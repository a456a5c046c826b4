"""A change of facts reaches the stored readiness through a real broker and a real worker."""

from __future__ import annotations

import pytest

from fleet.models import Device, Organisation
from fleet.services.facts import announce
from rollouts.models import Assessment, Computation, TranchePerson
from rollouts.tasks import sweep_tranches
from tests.processes import child_environment, running, until
from tests.rollouts.factories import ProgrammeFactory, device_facts, ready_place, ready_tranche

WORKER = "celery -A config worker --pool solo --queues compute --loglevel INFO"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(department: Organisation) -> TranchePerson:
    return ready_place(ready_tranche(ProgrammeFactory(organisation=department)))


def state() -> str | None:
    return Assessment.objects.values_list("state", flat=True).first()


def test_a_push_that_matters_moves_readiness(place: TranchePerson) -> None:
    organisation_id = place.staff_member.organisation_id
    with running(WORKER, child_environment()) as worker:
        worker.until_says("ready.")
        announce(organisation_id=organisation_id, device_ids=[place.device_id or 0])
        until(lambda: state() == "ready", what="the first assessment")
        device_facts(place, encrypted=False)
        announce(organisation_id=organisation_id, device_ids=[place.device_id or 0])
        until(lambda: state() == "blocked", what="the second assessment")
        until(lambda: not Computation.objects.get().is_pending, what="rest")


def test_what_a_killed_worker_left_is_picked_up(place: TranchePerson) -> None:
    Device.objects.update(encrypted=False)
    sweep_tranches()
    with running(WORKER, child_environment()) as worker:
        worker.until_says("Task rollouts.compute_tranche")
        worker.kill()
    Computation.objects.update(claimed_until=None)
    sweep_tranches()
    with running(WORKER, child_environment()):
        until(lambda: state() == "blocked", what="the assessment")
        until(lambda: Computation.objects.get().dirty_at is None, what="a clean mark")
