"""One shape for everything that goes wrong in the API: RFC 9457 problem details with field errors."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import InterfaceError, OperationalError
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from fleet.errors import Conflict, FleetError, Forbidden, Invalid
from fleet.mdm.bodies import Refused
from fleet.mdm.google import KeysAway

log = logging.getLogger(__name__)

NO_DATABASE = "The database does not answer now. Nothing was stored or changed; send this again."
CONTENT_TYPE = "application/problem+json"
_STATUS: dict[type[FleetError], int] = {Conflict: 409, Invalid: 400, Forbidden: 403, KeysAway: 503}


class FieldErrorSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="Where it is; empty for the request as a whole.")
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """What every error answers with, as `application/problem+json`."""

    type = serializers.CharField(help_text="`about:blank`, or the address of what explains the problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]


def problem_body(
    status: int, detail: str, errors: list[dict[str, str]] | None = None, *, title: str = ""
) -> dict[str, Any]:
    """The body of a problem; `title` is the HTTP status' own words unless given."""
    return {
        "type": "about:blank",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": errors or [],
    }


def problem_response(
    status: int, detail: str, errors: list[dict[str, str]] | None = None, **headers: str
) -> Response:
    return Response(
        problem_body(status, detail, errors), status=status, content_type=CONTENT_TYPE, headers=headers
    )


def problem(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. What is none of ours and none of DRF's stays a 500."""
    if isinstance(exc, FleetError):
        return _of_verb(exc)
    if isinstance(exc, Refused):
        error = {"field": "", "code": exc.code, "message": exc.message}
        return problem_response(exc.status, exc.message, [error])
    if isinstance(exc, OperationalError | InterfaceError):
        log.warning("A request was refused: the database does not answer.", exc_info=exc)
        return problem_response(503, NO_DATABASE, None, **{"Retry-After": "5"})
    if isinstance(exc, DjangoValidationError):
        exc = exceptions.ValidationError(serializers.as_serializer_error(exc))
    response = exception_handler(exc, context)
    if response is None:
        return None
    errors = list(_flat(exc.get_full_details())) if isinstance(exc, exceptions.ValidationError) else []
    detail = errors[0]["message"] if errors else str(response.data.get("detail", ""))
    response.data = problem_body(response.status_code, detail, errors)
    response.content_type = CONTENT_TYPE
    return response


@extend_schema(exclude=True)
class NoSuchAddress(APIView):
    """Answers below /api/ where nothing else does, in the same shape."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise exceptions.NotFound(
            f"There is nothing at {request.path}. The addresses are listed at /api/v1/docs/."
        )


def _of_verb(error: FleetError) -> Response:
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
    field = getattr(error, "field", "")
    code = type(error).__name__.lower()
    return problem_response(status, str(error), [{"field": field, "code": code, "message": str(error)}])


def _flat(details: Any, path: str = "") -> Iterator[dict[str, str]]:
    """The leaves of a serializer's nested errors, with dotted paths."""
    if isinstance(details, list):
        for index, item in enumerate(details):
            is_leaf = isinstance(item, dict) and set(item) == {"message", "code"}
            yield from _flat(item, path if is_leaf else f"{path}.{index}".lstrip("."))
    elif set(details) == {"message", "code"}:
        yield {"field": path, "code": str(details["code"]), "message": str(details["message"])}
    else:
        for name, item in details.items():
            inner = path if name == "non_field_errors" else f"{path}.{name}".lstrip(".")
            yield from _flat(item, inner)
