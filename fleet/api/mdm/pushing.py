"""What every push has in common: a bounded body, a delivery, and the answer that its sender gets."""

from __future__ import annotations

import re
import time

from django.db import transaction
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fleet.api.errors import problem_response
from fleet.api.mdm.deliveries import result_of, url_of
from fleet.mdm.bodies import Refused
from fleet.mdm.receiving import KeyReused, Overloaded, Received
from fleet.models import Delivery, MdmSource, SourceToken
from fleet.tasks import wake_worker
from fleet.vocabulary import DeliveryStatus

_WAIT = re.compile(r"(?:^|[,;\s])wait=(\d{1,6})(?:$|[,;\s])")
LONGEST_WAIT_SECONDS = 30
_POLL_SECONDS = 0.05


class PushView(APIView):
    """Takes a body, wakes a worker and answers. `take` stores the body; what it raises becomes a problem."""

    # The status for a body that was stored and is not applied yet.
    taken: int = status.HTTP_202_ACCEPTED

    def take(self, request: Request, source: MdmSource) -> Received:
        raise NotImplementedError

    def push(self, request: Request) -> Response:
        try:
            received = self.take(request, source_of(request))
        except KeyReused as error:
            return _problem(422, "key_reused", str(error), field="Idempotency-Key")
        except Overloaded as error:
            return _problem(429, "backlog", str(error), **{"Retry-After": str(error.seconds)})
        return self._answer(request, received)

    def _answer(self, request: Request, received: Received) -> Response:
        delivery = received.delivery
        is_waiting = delivery.status != DeliveryStatus.QUARANTINED
        if received.is_new and is_waiting:
            transaction.on_commit(lambda: wake_worker(delivery.pk))
        is_done = is_waiting and _wait_for(delivery, _seconds_to_wait(request))
        return _answer(request, delivery, is_ok=is_done or not received.is_new, taken=self.taken)


def source_of(request: Request) -> MdmSource:
    """Who pushes: the source itself, or the one whose token it is."""
    who = request.auth
    assert isinstance(who, MdmSource | SourceToken)
    return who if isinstance(who, MdmSource) else who.source


def _answer(request: Request, delivery: Delivery, *, is_ok: bool, taken: int) -> Response:
    headers = {"Location": url_of(request, delivery)}
    if is_ok:
        return Response(
            result_of(request, Delivery.objects.defer("body").get(pk=delivery.pk)), headers=headers
        )
    stored = {
        "id": str(delivery.pk),
        "status": delivery.status,
        "url": headers["Location"],
        "received_at": delivery.received_at,
    }
    return Response(stored, status=taken, headers=headers)


def _problem(code: int, reason: str, message: str, *, field: str = "", **headers: str) -> Response:
    return problem_response(code, message, [{"field": field, "code": reason, "message": message}], **headers)


def key_of(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > 200:
        raise Refused(400, "too_long", "An Idempotency-Key may have 200 characters.")
    return key


def _seconds_to_wait(request: Request) -> int:
    wanted = _WAIT.search(request.headers.get("Prefer", ""))
    return min(int(wanted[1]), LONGEST_WAIT_SECONDS) if wanted else 0


def _wait_for(delivery: Delivery, seconds: int) -> bool:
    """Whether the delivery is finished, now or within so many seconds."""
    end = time.monotonic() + seconds
    while Delivery.objects.waiting().filter(pk=delivery.pk).exists():
        if time.monotonic() >= end:
            return False
        time.sleep(_POLL_SECONDS)
    return True
