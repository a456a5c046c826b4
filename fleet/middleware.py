"""What every request passes: who changes something, when they were last here, and the second factor."""

import re
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from fleet.history import acting
from fleet.services import access_log
from fleet.web import door

# Where the secret of a hook's address stands in a request, once it is taken out of the address.
HOOK_SECRET = "tranche.hook_secret"  # noqa: S105 - the name of a key
_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


def request_id_of(request: HttpRequest) -> str:
    """The caller's `X-Request-ID` where it is one, else a new UUID."""
    given = request.headers.get("X-Request-ID", "")
    return given if _REQUEST_ID.match(given) else str(uuid.uuid4())


class SecretMiddleware:
    """Takes a secret out of an address before anything sees it: addresses end up in logs.

    `address` matches such a one, with the groups `path` and `secret`; `key` is where the secret stands then.
    """

    address: re.Pattern[str]
    key: str

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if found := self.address.fullmatch(request.path_info):
            request.META[self.key] = found["secret"]
            request.path = request.path_info = found["path"]
            for name in ("PATH_INFO", "RAW_URI", "REQUEST_URI"):
                if name in request.META:
                    request.META[name] = found["path"]
        return self.get_response(request)


class HookSecretMiddleware(SecretMiddleware):
    key = HOOK_SECRET
    address = re.compile(r"(?P<path>/api/v1/mdm/hooks/[^/]+)/(?P<secret>.+?)/?")


class RequestContextMiddleware:
    """One request id and one actor for everything that a request changes and logs.

    Opens the change-log context, to which API authentication adds its actor later; keeps the access log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = request_id_of(request)
        request.request_id = request_id  # type: ignore[attr-defined]
        channel = "api" if request.path.startswith("/api/") else "page"
        request.channel = channel  # type: ignore[attr-defined]
        actor_id = request.user.pk if request.user.is_authenticated else None
        with acting(channel=channel, actor_id=actor_id, request_id=request_id):
            response = self.get_response(request)
            access_log.record(request, response.status_code)
        response["X-Request-ID"] = request_id
        return response


class SessionUseMiddleware:
    """Notes when a session was last used, to a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        request.session.note_use()  # type: ignore[attr-defined]
        return response


class SecondFactorMiddleware:
    """Whoever must use a second factor and has not in this session gets no further than to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        is_open = not getattr(view, "login_required", True) or door.is_before_second_factor(view)
        if is_open or not door.lacks_second_factor(request):
            return None
        return door.to_second_factor(request)
