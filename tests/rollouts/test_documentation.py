"""The documentation of checks says what the code does."""

from pathlib import Path

import pytest

from rollouts.checks import CHECKS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "checks.md").read_text()


@pytest.mark.parametrize("key", CHECKS)
def test_each_check_has_its_section(key: str) -> None:
    check = CHECKS[key]
    heading = f"## {check.title}\n"
    line = f"`{key}` · {check.severity.label} · asked of each {check.scope.label.lower()}"
    assert f"{heading}\n{line} · mended by: {check.owner.label}\n" in PAGE
    assert check.meaning in " ".join(PAGE.split())
