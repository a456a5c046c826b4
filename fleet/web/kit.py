"""Which front-end kit the pages use, and where its files are served from.

The versions stand in package.json alone; the folder carries them, so that a new kit is a new address.
"""

import json
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("govuk-frontend", "@ministryofjustice/frontend")


@cache
def folder() -> str:
    """The kit's folder below the static root, such as `kit/6.6.0-11.1.0`."""
    pinned = json.loads((ROOT / "package.json").read_text())["dependencies"]
    return "kit/" + "-".join(pinned[package] for package in PACKAGES)


def path(name: str) -> str:
    """The static path of one of the kit's files, such as `govuk.css`."""
    return f"{folder()}/{name}"
