"""The small demo, loaded once a file and rolled back at its end."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction

from rollouts.demo.loading import load_demo
from rollouts.demo.progress import Progress
from rollouts.demo.sizes import SIZES

# A Wednesday afternoon.
NOON = dt.datetime(2031, 5, 14, 14, 30, tzinfo=dt.UTC)


def load_small(folder: Path) -> None:
    load_demo(size=SIZES["small"], folder=folder, progress=Progress(io.StringIO(), total=1))


@pytest.fixture(scope="package")
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture(scope="module")
def loaded(
    noon: None, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The folder with the demo's files."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        load_small(folder)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: Path, db: None) -> Path:
    """As loaded; what a test changes is undone after it."""
    return loaded
