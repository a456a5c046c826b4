"""Help: the index of guides, a guide, and its pictures. Open to everybody: nothing in it is personal."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from config.help.library import IMAGES, SECTIONS, Guide, guides
from config.help.rendering import html_of


@require_safe
@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    """Every guide, by section."""
    return render(request, "help/index.html", {"sections": _sections()})


def _sections() -> list[dict[str, Any]]:
    found = guides().values()
    return [
        {"title": title, "guides": [guide for guide in found if guide.section == key]}
        for key, title in SECTIONS.items()
    ]


@require_safe
@login_not_required
def guide(request: HttpRequest, section: str, name: str) -> HttpResponse:
    """One guide."""
    chosen = _guide(f"{section}/{name}")
    return render(request, "help/guide.html", {"guide": chosen, "content": html_of(chosen)})


def _guide(slug: str) -> Guide:
    try:
        return guides()[slug]
    except KeyError as error:
        raise Http404 from error


@require_safe
@login_not_required
@cache_control(public=True, max_age=3600)
def image(_request: HttpRequest, name: str) -> FileResponse:
    """A picture of a guide, from the one folder that holds them."""
    file = IMAGES / f"{name}"
    if file.suffix != ".png" or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/png")


app_name = "help"
urlpatterns = [
    path("", index, name="index"),
    path("images/<str:name>", image, name="image"),
    path("<slug:section>/<slug:name>/", guide, name="guide"),
]
