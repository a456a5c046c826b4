"""Who asks, and from where."""

from typing import Any

from django.http import HttpRequest

from fleet.models import User

MOST_DIGITS = 19  # of a key


def signed_in(request: HttpRequest) -> User:
    """The person of a request that the middleware let through, which an open page's request may not be."""
    assert isinstance(request.user, User)
    return request.user


def asked_in(request: Any) -> dict[str, str]:
    """What the change log says of a request, for work that a worker finishes: `channel` and `request_id`."""
    return {name: getattr(request, name, "") for name in ("channel", "request_id")}


def asked_for(request: Any, name: str) -> str:
    """A parameter of the address, as text that the database can look for: it takes no NUL."""
    asked: str = request.GET.get(name, "")
    return asked.replace("\0", "\N{REPLACEMENT CHARACTER}")


def ticked(request: HttpRequest) -> tuple[int, ...]:
    """The keys of the rows ticked in a list, without what can be no key."""
    sent = request.POST.getlist("ticked")
    return tuple(int(one) for one in sent if one.isdecimal() and len(one) <= MOST_DIGITS)
