"""The guides: every one opens for everybody, every link leads somewhere, every page knows its guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from config.help.hints import GUIDES, slug_for
from config.help.library import DOCS, IMAGES, guides
from config.help.rendering import html_of
from config.paths import PROJECT

FILES = sorted([*DOCS.rglob("*.md"), PROJECT / "README.md", PROJECT / "CONTRIBUTING.md"])
LINK = re.compile(r"\]\(([^)\s]+)")


def named(file: Path) -> str:
    return str(file.relative_to(PROJECT))


@pytest.mark.parametrize("file", FILES, ids=named)
def test_every_link_of_a_file_leads_to_one_that_is_there(file: Path) -> None:
    for target in LINK.findall(file.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        if ":" in path or target.startswith("/"):
            continue
        found = (file.parent / path).resolve() if path else file
        assert found.exists(), f"{named(file)} links to {target}"
        if anchor:
            slug = found.relative_to(DOCS).with_suffix("").as_posix()
            assert f'id="{anchor}"' in html_of(guides()[slug]), f"{named(file)} links to {target}"


@pytest.mark.parametrize("slug", [slug for slug in guides() if not slug.startswith("adr/")])
def test_the_first_page_of_the_project_leads_to_every_guide(slug: str) -> None:
    assert f"docs/{slug}.md" in LINK.findall((PROJECT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.django_db
@pytest.mark.parametrize("slug", guides())
def test_a_guide_opens_for_everybody(client: Client, slug: str) -> None:
    answer = client.get(f"/help/{slug}/")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert html.count("<h1") == 1
    assert not re.search(r"<[^>]* style=", html)
    assert not re.search(r'href="[^"]*\.md', html), "a link still leads to a file"


@pytest.mark.django_db
def test_the_index_names_every_guide(client: Client) -> None:
    html = client.get("/help/").content.decode()
    assert [slug for slug in guides() if f'"/help/{slug}/"' not in html] == []


def test_what_stands_in_a_file_is_text_and_not_html(tmp_path: Path) -> None:
    from config.help.library import Guide

    file = tmp_path / "x.md"
    file.write_text("# <b>T</b>\n\n<script>alert(1)</script>\n\n[x](javascript:alert)\n\n    <i>\n")
    html = html_of(Guide("how-to/x", "T", file))
    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert 'href="javascript' not in html


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["how-to/none/", "images/none.png", "images/..%2f..%2fmanage.py", "x/y/"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/help/{path}").status_code == 404


@pytest.mark.django_db
def test_every_picture_is_used_and_served(client: Client) -> None:
    used = {
        target for file in DOCS.rglob("*.md") for target in LINK.findall(file.read_text(encoding="utf-8"))
    }
    for picture in IMAGES.glob("*.png"):
        assert f"../images/{picture.name}" in used, f"no guide shows {picture.name}"
        answer = client.get(f"/help/images/{picture.name}")
        assert answer["Content-Type"] == "image/png"
        assert b"".join(answer.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]


def page_names(resolver: URLResolver, namespace: str = "") -> list[str]:
    """The names of all pages, as `fleet:device-list`; the API and the admin have no guides."""
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append(f"{namespace}{entry.name}")
        elif entry.namespace != "admin":
            found += page_names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
    return found


def test_each_hint_belongs_to_a_page_and_leads_to_a_guide() -> None:
    pages = page_names(get_resolver())
    assert set(GUIDES.values()) <= set(guides())
    assert [start for start in GUIDES if not any(page.startswith(start) for page in pages)] == []
    assert slug_for("fleet:conflict-list") == "explanation/identity"
    assert slug_for("admin:index") == ""
    general = {GUIDES["fleet:"], GUIDES["fleet:import"]}
    for page in ("reconciliation", "discrepancy-detail", "estate-support", "source-detail", "delivery-body"):
        assert slug_for(f"fleet:{page}") not in general, page
