"""The guides that there are: the Markdown files below docs/, by section."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.paths import PROJECT

DOCS = PROJECT / "docs"
IMAGES = DOCS / "images"
# Folder → heading, in the order of the index.
SECTIONS = {
    "getting-started": "Getting started",
    "how-to": "How to",
    "reference": "Reference",
    "explanation": "How it works",
    "adr": "Decisions of design",
}


@dataclass(frozen=True, slots=True)
class Guide:
    """`slug` is `how-to/decide-on-a-tranche`; `title` the file's first heading."""

    slug: str
    title: str
    file: Path

    @property
    def section(self) -> str:
        return self.slug.partition("/")[0]

    @property
    def name(self) -> str:
        return self.slug.partition("/")[2]


@cache
def guides() -> dict[str, Guide]:
    """Slug → guide, section by section and by title within."""
    found = [_guide(file) for section in SECTIONS for file in (DOCS / section).glob("*.md")]
    order = list(SECTIONS)
    found.sort(
        key=lambda guide: (order.index(guide.section), guide.section != "adr" and guide.title, guide.slug)
    )
    return {guide.slug: guide for guide in found}


def _guide(file: Path) -> Guide:
    with file.open(encoding="utf-8") as lines:
        title = next(line for line in lines if line.startswith("# "))
    return Guide(file.relative_to(DOCS).with_suffix("").as_posix(), title.removeprefix("# ").strip(), file)
