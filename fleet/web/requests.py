"""Who asks, and from where."""

from typing import Any

from django.http import HttpRequest

from fleet.models import User


def signed_in(request: HttpRequest) -> User:
    """The person of a request that the middleware let through, which an open page's request may not be."""
    assert isinstance(request.user, User)
    return request.user


def asked_in(request: Any) -> dict[str, str]:
    """What the change log says of a request, for work that a worker finishes: `channel` and `request_id`."""
    return {name: getattr(request, name, "") for name in ("channel", "request_id")}
