"""The components of a page, as template tags; docs/explanation/web-kit.md shows each in use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString

from fleet.web import kit, status, text
from fleet.web.charts import Figure
from fleet.web.pages import Pages
from fleet.web.parts import Event, Stat, SummaryRow, Task
from fleet.web.tables import Table

register = template.Library()
register.filter("day", text.day)
register.filter("moment", text.moment)
register.filter("number", text.number)
register.filter("pounds", text.pounds)
register.filter("size", text.size)
register.filter("shown", text.shown)
register.filter("inside", text.inside)
register.simple_tag(text.share, name="share")


@register.simple_tag
def kit_static(name: str) -> str:
    """The address of one of the front-end kit's files: `{% kit_static "govuk.css" %}`."""
    return static(kit.path(name))


@register.simple_tag
def tag(value: str, label: str = "") -> SafeString:
    """A status in its colour: `{% tag device.state device.get_state_display %}`."""
    return status.tag(value, label)


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*names_and_urls: str) -> dict[str, Any]:
    """The way back: `{% breadcrumbs "Devices" devices_url %}`, name and address in turn."""
    return {"links": list(zip(names_and_urls[::2], names_and_urls[1::2], strict=True))}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What went wrong, at the top, each line a link to the control that mends it."""
    fields = [(field, error) for field in form for error in field.errors]
    return {"fields": fields, "others": form.non_field_errors()}


@register.inclusion_tag("components/pagination.html")
def pagination(pages: Pages) -> dict[str, Any]:
    """Links to the neighbours of a list's page; nothing where there is one page only."""
    return {"pages": pages}


@register.inclusion_tag("components/table.html")
def table(table: Table) -> dict[str, Any]:
    return {"table": table}


@register.inclusion_tag("components/chart.html")
def chart(figure: Figure) -> dict[str, Any]:
    return {"figure": figure}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[SummaryRow]) -> dict[str, Any]:
    return {"rows": list(rows)}


@register.inclusion_tag("components/stats.html")
def stats(cards: Iterable[Stat]) -> dict[str, Any]:
    """Numbers that link to the lists behind them."""
    return {"cards": list(cards)}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Iterable[Task], id: str = "task") -> dict[str, Any]:
    """`id` keeps two lists on one page apart."""
    return {"tasks": list(tasks), "id": id}


@register.inclusion_tag("components/timeline.html")
def timeline(events: Iterable[Event], level: int = 3) -> dict[str, Any]:
    """What happened, newest first; `level` is that of the entries' headings."""
    return {"events": list(events), "level": level}


@register.inclusion_tag("components/sub_navigation.html")
def sub_navigation(links: Iterable[Any], label: str) -> dict[str, Any]:
    """Sections of one object: links with title, url and current (see `fleet.web.navigation.Link`)."""
    return {"links": list(links), "label": label}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, label: str) -> dict[str, Any]:
    """How far a long piece of work has come; put `{% refresh %}` into the head block beside it."""
    return {"done": done, "total": total, "label": label}


@register.inclusion_tag("components/refresh.html")
def refresh(seconds: float = 5) -> dict[str, Any]:
    """In the head block: the page renews its `data-live` parts, or without script reloads."""
    return {"seconds": seconds}


@register.inclusion_tag("components/as_of.html")
def as_of(at: Any, stale: bool = False) -> dict[str, Any]:
    """When the figures were computed; `stale` says that a newer computation is on its way."""
    return {"at": at, "stale": stale}


@register.inclusion_tag("components/copyable.html")
def copyable(value: str, label: str) -> dict[str, Any]:
    """A token or command to copy; `label` says what it is."""
    return {"value": value, "label": label}


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """`{% inset %}…{% endinset %}`: something to keep in mind."""
    return _component("inset", content=content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """`{% warning %}…{% endwarning %}`: a consequence that one should know before going on."""
    return _component("warning", content=content)


@register.simple_block_tag
def empty_state(content: str, heading: str) -> SafeString:
    """`{% empty_state "No devices yet" %}what to do first{% endempty_state %}`"""
    return _component("empty_state", content=content, heading=heading)


def _component(name: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", context)
