"""Feedback as people give it: through the verbs, by the cast of the department."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from feedback.models import Thread
from feedback.services.raising import raise_thread
from fleet.models import Organisation, User

Raised = Callable[..., Thread]


@pytest.fixture
def raised(department: Organisation, staff_user: User) -> Raised:
    """Raises a thread in the department: `raised(by=engineer, minutes_a_day=9, frequency="daily")`."""

    numbers = count(1)

    def raise_one(**given: Any) -> Thread:
        body = f"Four times a morning, as I counted on day {next(numbers)}."
        said = {"title": "It takes nine minutes to start", "body": body}
        return raise_thread(**{"organisation": department, "by": staff_user, **said, **given})

    return raise_one
