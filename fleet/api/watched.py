"""Answers of the API that tell the access log what they show of people."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fleet.services.access_log import note


class Watched(APIView):
    """`seen` is what the answers show of people, a key of `fleet.services.access_log.KINDS`."""

    seen: str = ""
    shown: Any = None

    def get_object(self) -> Any:
        self.shown = super().get_object()  # type: ignore[misc]
        return self.shown

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        if self.seen and response.status_code < 300:
            note(request, self.seen, self.shown, rows=_rows_in(response.data))
        return super().finalize_response(request, response, *args, **kwargs)


def _rows_in(data: Any) -> int:
    if isinstance(data, dict):
        return len(data["results"]) if "results" in data else 1
    return len(data or [])
