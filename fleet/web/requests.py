"""Who asks."""

from django.http import HttpRequest

from fleet.models import User


def signed_in(request: HttpRequest) -> User:
    """The person of a request that the middleware let through, which an open page's request may not be."""
    assert isinstance(request.user, User)
    return request.user
