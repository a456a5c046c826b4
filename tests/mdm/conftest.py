"""A source that pushes for the department."""

import pytest

from fleet.models import MdmSource, Organisation
from tests.factories import MdmSourceFactory


@pytest.fixture
def source(department: Organisation) -> MdmSource:
    return MdmSourceFactory(organisation=department, slug="dept-mdm", name="Department MDM")
