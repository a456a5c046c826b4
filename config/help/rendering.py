"""Markdown to HTML in the GOV.UK dress, with links that lead to the service's own pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from config.help.library import Guide, guides

CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "table_open": "govuk-table app-table",
    "thead_open": "govuk-table__head",
    "tbody_open": "govuk-table__body",
    "tr_open": "govuk-table__row",
    "th_open": "govuk-table__header",
    "td_open": "govuk-table__cell",
    "link_open": "govuk-link",
    "code_inline": "app-code",
    "image": "app-picture",
}
HEADINGS = {"h1": "govuk-heading-l", "h2": "govuk-heading-m", "h3": "govuk-heading-s"}
# What may be wider than a telephone scrolls in a region of its own, named after the heading above it.
REGION = '<div class="{css}" role="region" aria-label="{label}" tabindex="0">'


@lru_cache(maxsize=128)
def html_of(guide: Guide) -> SafeString:
    """The guide as HTML. HTML in the file itself is shown as text, so what comes out is safe."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    for kind, rule in RULES.items():
        markdown.add_render_rule(kind, rule)
    tokens = markdown.parse(guide.file.read_text(encoding="utf-8"))
    _dress(tokens, guide)
    return SafeString(markdown.renderer.render(tokens, markdown.options, {}))


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def _dress(tokens: list[Token], guide: Guide) -> None:
    heading = guide.title
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following:
            heading = _words(following)
            token.attrSet("class", HEADINGS.get(token.tag, "govuk-heading-s"))
            token.attrSet("id", slugify(heading))
        token.meta["heading"] = heading
    for token in _all(tokens):
        if css := CLASSES.get(token.type):
            token.attrSet("class", css)
        token.attrs.pop("style", None)
        for name in {"href", "src"} & token.attrs.keys():
            token.attrSet(name, address(str(token.attrs[name]), guide))
        if token.type == "image":
            token.attrs.pop("title", None)  # says to the script where the picture is taken


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [])


def address(target: str, guide: Guide) -> str:
    """Where a link of a guide leads: another guide, a picture, or what it names itself."""
    parts = urlsplit(target)
    if parts.scheme or not parts.path:
        return target
    path = posixpath.normpath(posixpath.join(guide.section, parts.path))
    slug = path.removesuffix(".md")
    if slug in guides():
        return parts._replace(path=reverse("help:guide", args=slug.split("/"))).geturl()
    if path.startswith("images/"):
        return reverse("help:image", args=[path.removeprefix("images/")])
    if path == "reference/openapi.yaml":
        return reverse("api-docs")
    return target


def _open_table(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, _env: Any) -> str:
    label = escape(tokens[at].meta["heading"])
    return REGION.format(css="app-scroll", label=label) + renderer.renderToken(tokens, at, options, {})


def _close_table(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, _env: Any) -> str:
    return renderer.renderToken(tokens, at, options, {}) + "</div>"


def _code(_renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    label, code = escape(tokens[at].meta["heading"]), escape(tokens[at].content)
    region = REGION.format(css="app-copyable__text", label=label)
    return f'{region}<pre class="app-code"><code>{code}</code></pre></div>'


RULES = {"table_open": _open_table, "table_close": _close_table, "code_block": _code, "fence": _code}
