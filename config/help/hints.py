"""Which guide goes with which page: where Help leads from there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

# Beginning of a page's name → guide; the longest that fits counts.
GUIDES = {
    "home:": "how-to/decide-on-a-tranche",
    "fleet:conflict": "explanation/identity",
    "fleet:delivery": "reference/mdm-native",
    "fleet:source": "reference/mdm-native",
    "fleet:classification": "how-to/switch-classification-scheme",
    "fleet:scheme": "how-to/switch-classification-scheme",
    "fleet:switch": "how-to/switch-classification-scheme",
    "rollouts:": "how-to/decide-on-a-tranche",
}


def slug_for(view_name: str) -> str:
    """The guide of a page, or empty where the index serves as well."""
    fitting = [start for start in GUIDES if view_name.startswith(start)]
    return GUIDES[max(fitting, key=len)] if fitting else ""


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame shows of help."""
    return {"help_url": SimpleLazyObject(lambda: _address(request))}


def _address(request: HttpRequest) -> str:
    slug = slug_for(request.resolver_match.view_name if request.resolver_match else "")
    return reverse("help:guide", args=slug.split("/")) if slug else reverse("help:index")
