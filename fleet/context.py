"""What every page's frame shows: whose service it is and where one may go. Read only when a template asks."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from fleet.models import Organisation
from fleet.web.navigation import Navigation


def _organisation(request: HttpRequest) -> Organisation | None:
    """The one whose name and colour the header wears; none for those who span several."""
    if not request.user.is_authenticated:
        return None
    organisations = list(Organisation.objects.visible_to(request.user)[:2])
    return organisations[0] if len(organisations) == 1 else None


def _navigation(request: HttpRequest) -> Navigation | None:
    return Navigation(request.user, request.path) if request.user.is_authenticated else None


def page(request: HttpRequest) -> dict[str, Any]:
    if not hasattr(request, "user"):
        return {}
    return {
        "organisation": SimpleLazyObject(lambda: _organisation(request)),
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
    }
