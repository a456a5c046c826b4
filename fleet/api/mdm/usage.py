"""`POST /mdm/usage`: usage by line and period; the answer says what became of each record."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

import msgspec
from django.conf import settings
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fleet.api.authentication import ApiTokenAuthentication
from fleet.api.errors import FieldErrorSerializer, ProblemSerializer
from fleet.api.mdm.pushing import source_of
from fleet.api.mdm.sent import sent_body
from fleet.api.source_authentication import IsSource, SourceTokenAuthentication
from fleet.history import acting
from fleet.mdm import wording
from fleet.mdm.adapters.documents import JSON
from fleet.mdm.bodies import Refused, content_type_of, unpack
from fleet.services.usage.pushed import OUTCOMES, opened, take_usage

_RECORD: dict[str, Any] = {
    "type": "object",
    "required": ["period_start"],
    "properties": {
        "msisdn": {"type": "string", "maxLength": 40, "nullable": True, "description": "The line's number."},
        "iccid": {"type": "string", "maxLength": 40, "nullable": True, "description": "Or its SIM's."},
        "period_start": {"type": "string", "format": "date"},
        "period_end": {"type": "string", "format": "date", "nullable": True},
        "as_of": {"type": "string", "format": "date", "nullable": True, "description": "Figures up to then."},
        "origin": {"type": "string", "enum": ["carrier", "device"], "default": "carrier"},
        "carrier": {"type": "string", "maxLength": 100, "nullable": True},
        "data_bytes": {"type": "integer", "minimum": 0, "nullable": True},
        "voice_seconds": {"type": "integer", "minimum": 0, "nullable": True},
        "calls_made": {"type": "integer", "minimum": 0, "nullable": True},
        "calls_received": {"type": "integer", "minimum": 0, "nullable": True},
        "texts": {"type": "integer", "minimum": 0, "nullable": True},
        "charge_pence": {"type": "integer", "nullable": True},
        "currency": {"type": "string", "enum": ["GBP"], "default": "GBP"},
        "vat_included": {"type": "boolean", "nullable": True},
        "in_bundle": {"type": "boolean", "nullable": True},
    },
}
_BODY: dict[str, Any] = {
    "type": "object",
    "required": ["usage"],
    "properties": {"usage": {"type": "array", "maxItems": 5000, "items": _RECORD}},
}


class UsageCountsSerializer(serializers.Serializer[Any]):
    created = serializers.IntegerField()
    updated = serializers.IntegerField(help_text="It took the place of older figures.")
    unchanged = serializers.IntegerField()
    stale = serializers.IntegerField(help_text="Newer figures are known.")
    rejected = serializers.IntegerField(help_text="`errors` says why.")


class UsageLineSerializer(serializers.Serializer[Any]):
    position = serializers.IntegerField(help_text="Counted from 0 in the order sent.")
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    line = serializers.IntegerField(allow_null=True)
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]


class UsageResultSerializer(serializers.Serializer[Any]):
    counts = UsageCountsSerializer()
    records = UsageLineSerializer(many=True)


class UsageView(APIView):
    """What an MDM source, or a system beside it, knows of the use of lines."""

    authentication_classes = (SourceTokenAuthentication, ApiTokenAuthentication)
    permission_classes = (IsSource,)

    @extend_schema(
        operation_id="mdm_usage_push",
        summary="Push usage of lines",
        description="Up to 5,000 records, plain or gzip. The answer comes when they are stored; push again "
        "after any failure: a repeat changes nothing.",
        request={"application/json": _BODY},
        responses={
            200: UsageResultSerializer,
            400: OpenApiResponse(ProblemSerializer, "The body is broken; `detail` says where."),
            413: OpenApiResponse(ProblemSerializer, "Too large, or more than 5,000 records."),
            415: OpenApiResponse(ProblemSerializer, "Not JSON in UTF-8, plain or gzip."),
        },
    )
    def post(self, request: Request) -> Response:
        source = source_of(request)
        body = _body_of(request)
        with acting(channel="token", source=source.slug):
            outcomes = take_usage(source=source, body=body)
        counts = Counter(one.outcome for one in outcomes)
        return Response(
            {
                "counts": {name: counts[name] for name in OUTCOMES},
                "records": [asdict(one) for one in outcomes],
            }
        )


def _body_of(request: Request) -> bytes:
    """Raises Refused."""
    if content_type_of(request.headers.get("Content-Type", "")) != JSON:
        raise Refused(415, "content_type", "Send application/json in UTF-8.")
    body = unpack(sent_body(request), request.headers.get("Content-Encoding", ""))
    if b"\0" in body or b"\\u0000" in body:
        raise Refused(400, "nul", "The body contains a NUL character. Take it out.")
    try:
        records = opened(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        name, reason = wording.field_and_reason(error)
        raise Refused(400, "json", f"{f'{name}: ' if name else ''}{reason}.") from error
    if len(records) > settings.MDM_MAX_RECORDS:
        raise Refused(413, "too_many", f"Send at most {settings.MDM_MAX_RECORDS:,} records in one body.")
    return body
