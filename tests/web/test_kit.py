"""The build of the front-end kit, run on the packages that npm has fetched."""

from pathlib import Path

import pytest

from config import kit as build
from fleet.vocabulary import LifeCycle
from fleet.web import kit, status


@pytest.fixture
def built(tmp_path: Path) -> Path:
    build.assemble(tmp_path)
    return tmp_path / kit.folder()


def test_nothing_that_only_govuk_may_show_is_served(built: Path) -> None:
    css = (built / "govuk.css").read_text()
    assert "@font-face" not in css
    assert "GDS Transport" not in css
    assert "Helvetica Neue" in css
    assert not [
        path.name for path in (built / "images").iterdir() if "crown" in path.name or "crest" in path.name
    ]


@pytest.mark.parametrize("name", ["govuk.css", "moj.css", "govuk.js"])
def test_files_name_nothing_that_is_not_there(built: Path, name: str) -> None:
    text = (built / name).read_text()
    named = {
        part.split(")")[0] for part in text.split("url(")[1:] if not part.startswith(("data:", '"data:'))
    }
    assert "sourceMappingURL" not in text
    assert [path for path in named if not (built / path.strip("\"'")).exists()] == []


def test_a_second_build_has_nothing_to_do(tmp_path: Path) -> None:
    assert not build.is_current(tmp_path)
    build.assemble(tmp_path)
    assert build.build(tmp_path) is False


def test_the_folder_carries_the_versions() -> None:
    assert kit.path("govuk.css").startswith("kit/6.")


def test_status_words_have_one_colour_each() -> None:
    words = " ".join(status.WORDS_BY_COLOUR.values()).split()
    assert len(words) == len(set(words))
    assert (
        status.tag("lost", LifeCycle.LOST.label) == '<strong class="govuk-tag govuk-tag--red">Lost</strong>'
    )
    assert status.tag("due_soon") == '<strong class="govuk-tag govuk-tag--yellow">Due soon</strong>'
