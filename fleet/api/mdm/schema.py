"""What OpenAPI says of intake beyond the code: the native schema, headers and examples."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from fleet.api.errors import ProblemSerializer
from fleet.api.mdm.serializers import DeliveryRowSerializer, ResultSerializer, TakenSerializer
from fleet.mdm.records import Facts, Pulse
from fleet.vocabulary import Compliance, Enrolment, Outcome, Ownership, Platform, Wipe

_HEADER: Literal["header"] = "header"

EXAMPLE = {
    "source_id": "5f1e9c70-9a52-4f0b-8a41-1d9a53f0e0aa",
    "serial": "DMPXK2VAQ1GC",
    "hw_id": "00008103-000A4D2E0C91001E",
    "imei": ["356938035643809"],
    "asset_tag": "TAB-00412",
    "model": "iPad Air",
    "model_id": "iPad13,16",
    "manufacturer": "Apple",
    "platform": "ipados",
    "os_version": "17.4.1",
    "enrolment": "enrolled",
    "compliance": "compliant",
    "supervised": True,
    "encrypted": True,
    "passcode": True,
    "last_seen": "2026-03-02T09:41:00Z",
    "battery_level": 82,
    "storage_total_bytes": 64000000000,
    "storage_free_bytes": 41200000000,
}
_WORDS = {
    "platform": Platform,
    "enrolment": Enrolment,
    "compliance": Compliance,
    "wipe": Wipe,
    "ownership": Ownership,
}


def record_schema() -> dict[str, Any]:
    """The native record as JSON Schema, from the types that read it."""
    (_, parts) = msgspec.json.schema_components([Facts, Pulse], ref_template="#/{name}")
    properties: dict[str, Any] = {}
    for part in ("Facts", "Pulse"):
        properties |= {name: _inlined(one, parts) for name, one in parts[part]["properties"].items()}
    for name, words in _WORDS.items():
        properties[name] |= {
            "description": f"One of {', '.join(words.values)}; another word reads as unknown."
        }
    return {
        "type": "object",
        "description": "At least one of source_id, serial, hw_id and imei is needed. Null, empty and absent "
        "say nothing and change nothing.",
        "properties": properties,
    }


def _inlined(schema: Any, parts: dict[str, Any]) -> Any:
    """The schema as OpenAPI 3.0 writes it: no references, defaults, empty lists or `null` beside a type."""
    if isinstance(schema, list):
        return [_inlined(one, parts) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _inlined(parts[schema["$ref"].removeprefix("#/")], parts)
    if "anyOf" in schema:
        told = [one for one in schema["anyOf"] if one != {"type": "null"}]
        return {**_inlined(told[0], parts), "nullable": True}
    dropped = {"default", "title"} | (set() if schema.get("required") else {"required"})
    return {name: _inlined(one, parts) for name, one in schema.items() if name not in dropped}


_SYNC = {
    "type": "object",
    "nullable": True,
    "description": "Which part of which complete sync this body is, instead of the parameters.",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "minLength": 1, "maxLength": 100},
        "part": {"type": "integer", "minimum": 1, "default": 1},
        "of": {"type": "integer", "minimum": 1, "default": 1},
    },
}
_BODY = {
    "type": "object",
    "required": ["devices"],
    "properties": {
        "devices": {"type": "array", "maxItems": 5000, "items": record_schema()},
        "sync": _SYNC,
    },
    "example": {"devices": [EXAMPLE]},
}
_PROBLEMS = {
    400: "The body is broken; `detail` says where, by byte, line and column.",
    401: "No token, or one that is not known or has expired.",
    403: "The token was revoked, its source is switched off, or it is not a source's.",
    413: "More than 16 MiB as sent, 128 MiB unpacked, or 5,000 records.",
    415: "Neither JSON nor NDJSON in UTF-8, or compressed with something other than gzip.",
    422: "The Idempotency-Key came before with another body.",
    429: "Too many deliveries of this source wait; come again after `Retry-After` seconds.",
}

INVENTORY: dict[str, Any] = {
    "operation_id": "mdm_inventory_push",
    "summary": "Push inventory",
    "description": "Takes JSON or NDJSON (one record a line), plain or gzip, stores it and answers; a worker "
    "applies it. Push again after any failure: a repeat changes nothing.",
    "request": {"application/json": _BODY, "application/x-ndjson": {"type": "string"}},
    "responses": {
        200: OpenApiResponse(
            ResultSerializer, "Finished within `Prefer: wait`, or a repeat of this delivery."
        ),
        202: OpenApiResponse(TakenSerializer, "Stored; `Location` is where its result will be."),
        **{code: OpenApiResponse(ProblemSerializer, text) for code, text in _PROBLEMS.items()},
    },
    "parameters": [
        OpenApiParameter("sync", str, description="Name of a complete sync that this body is part of."),
        OpenApiParameter("part", int, description="Which part, from 1 (default 1)."),
        OpenApiParameter("of", int, description="How many parts (default 1)."),
        OpenApiParameter("Idempotency-Key", str, _HEADER, description="Kept for 30 days."),
        OpenApiParameter("Prefer", str, _HEADER, description="`wait=10`: wait up to so many seconds (30)."),
        OpenApiParameter("Content-Encoding", str, _HEADER, enum=["gzip", "identity"]),
    ],
}

HOOK: dict[str, Any] = {
    "operation_id": "mdm_hook_push",
    "summary": "Push a sender's own body",
    "description": "Takes what the MDM system of the source sends, in its own form, "
    "cuts secrets out, stores it and answers as that sender wants it. The source proves who it is in the way "
    "that it was set up with; where that is a secret in the address, it follows the slug: "
    "`/mdm/hooks/<source>/<secret>`.",
    "request": {
        "application/json": {"description": "As the sender has it."},
        "application/x-ndjson": {"type": "string"},
        "text/csv": {"type": "string"},
    },
    "responses": {
        200: OpenApiResponse(
            ResultSerializer,
            "Finished within `Prefer: wait`, a repeat, or stored for a sender that wants 200.",
        ),
        202: OpenApiResponse(TakenSerializer, "Stored, or put into quarantine; `Location` says where."),
        **{code: OpenApiResponse(ProblemSerializer, text) for code, text in _PROBLEMS.items()},
        503: OpenApiResponse(ProblemSerializer, "The database, or Google's keys, cannot be reached."),
    },
    "parameters": [
        OpenApiParameter("slug", str, OpenApiParameter.PATH, description="The source's slug."),
        OpenApiParameter("Idempotency-Key", str, _HEADER, description="Kept for 30 days."),
        OpenApiParameter("Prefer", str, _HEADER, description="`wait=10`: wait up to so many seconds (30)."),
        OpenApiParameter("Content-Encoding", str, _HEADER, enum=["gzip", "identity"]),
    ],
}

DELIVERY: dict[str, Any] = {
    "operation_id": "mdm_deliveries_retrieve",
    "responses": ResultSerializer,
    "parameters": [
        OpenApiParameter("after", int, description="Records behind this position."),
        OpenApiParameter("before", int, description="Records before this position."),
        OpenApiParameter("page_size", int, description="Records a page; 1,000 at most."),
        OpenApiParameter("outcome", str, enum=[one.label for one in Outcome]),
        OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH),
    ],
    "examples": [
        OpenApiExample(
            "Applied",
            response_only=True,
            value={
                "id": "0b5c7c52-6d2f-4f6e-9f43-0c7b1c8b4f11",
                "status": "applied",
                "url": "https://tranche.example/api/v1/mdm/deliveries/0b5c7c52-6d2f-4f6e-9f43-0c7b1c8b4f11",
                "received_at": "2026-03-02T09:41:02Z",
                "applied_at": "2026-03-02T09:41:03Z",
                "error": "",
                "counts": {
                    "created": 1,
                    "updated": 0,
                    "unchanged": 0,
                    "stale": 0,
                    "conflict": 0,
                    "rejected": 1,
                },
                "notes": {},
                "records": {
                    "count": 2,
                    "next": None,
                    "previous": None,
                    "results": [
                        {"position": 0, "outcome": "created", "device": 412, "errors": []},
                        {
                            "position": 1,
                            "outcome": "rejected",
                            "device": None,
                            "errors": [
                                {
                                    "field": "battery_level",
                                    "code": "invalid",
                                    "message": "Expected a whole number of at most 100.",
                                }
                            ],
                        },
                    ],
                },
            },
        )
    ],
}

RETRY: dict[str, Any] = {"request": None, "responses": {202: DeliveryRowSerializer}}
