"""One request id and one actor for everything that a request changes and logs."""

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fleet.history import acting

_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


def request_id_of(request: HttpRequest) -> str:
    """The caller's `X-Request-ID` where it is one, else a new UUID."""
    given = request.headers.get("X-Request-ID", "")
    return given if _REQUEST_ID.match(given) else str(uuid.uuid4())


class RequestContextMiddleware:
    """Opens the change-log context; API authentication adds its actor to it later."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = request_id_of(request)
        request.request_id = request_id  # type: ignore[attr-defined]
        channel = "api" if request.path.startswith("/api/") else "page"
        actor_id = request.user.pk if request.user.is_authenticated else None
        with acting(channel=channel, actor_id=actor_id, request_id=request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response
