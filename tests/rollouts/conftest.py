"""A tranche of the department in which people can be ready."""

from __future__ import annotations

import pytest

from fleet.models import Organisation
from rollouts.models import Tranche
from tests.rollouts.factories import ProgrammeFactory, ready_tranche


@pytest.fixture
def tranche(department: Organisation) -> Tranche:
    return ready_tranche(ProgrammeFactory(organisation=department))
