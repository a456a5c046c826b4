from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded import without_embedded
from tests import processes


@pytest.fixture(scope="module")
def own_folder() -> Iterator[Path]:
    with processes.own_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def bare_environment(own_folder: Path) -> dict[str, str]:
    """That of a fresh machine: no servers are named, and all that is made goes to a folder of its own."""
    environment = without_embedded(dict(os.environ)) | {"VAR_DIR": str(own_folder), "DEMO": "none"}
    return processes.with_programs(environment)


@pytest.fixture(scope="module")
def free_port() -> int:
    return processes.free_port()
