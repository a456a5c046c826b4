"""A gate's evidence to take away and check."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from fleet.web.exports import csv_response
from fleet.web.requests import signed_in
from rollouts.services.evidence import canonical
from rollouts.views.evidence import BLOCKED_COLUMNS, CHECKS_COLUMNS
from rollouts.views.gates import visible_gate


@require_safe
def evidence_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The sealed document, byte for byte what the seal is the SHA-256 of."""
    gate = visible_gate(signed_in(request), pk)
    response = HttpResponse(canonical(gate.evidence), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="gate-{gate.pk}-evidence.json"'
    return response


@require_safe
def evidence_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The sealed counts, a line a check."""
    gate = visible_gate(signed_in(request), pk)
    return csv_response(CHECKS_COLUMNS, gate.evidence["checks"], f"gate-{gate.pk}-checks")


@require_safe
def blocked_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everybody who was blocked when it was sealed."""
    gate = visible_gate(signed_in(request), pk)
    return csv_response(BLOCKED_COLUMNS, gate.evidence["blocked"], f"gate-{gate.pk}-blocked-people")
