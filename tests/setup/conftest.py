from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded import without_embedded
from tests.processes import with_programs


@pytest.fixture(scope="module")
def own_folder() -> Iterator[Path]:
    """A folder that the servers' account may pass through, which pytest's own is not for root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@pytest.fixture(scope="module")
def bare_environment(own_folder: Path) -> dict[str, str]:
    """That of a fresh machine: no servers are named, and all that is made goes to a folder of its own."""
    environment = without_embedded(dict(os.environ)) | {"VAR_DIR": str(own_folder), "DEMO": "none"}
    return with_programs(environment)


@pytest.fixture(scope="module")
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
