"""Which problems each address of the API may answer with, for its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

METHODS = frozenset({"get", "post", "put", "patch", "delete"})
WRITING = METHODS - {"get"}
PROBLEMS = {
    "400": ("Invalid", "Something is wrong with what was sent; `errors` names the fields."),
    "401": ("Unauthenticated", "No token, or one that is not known, was revoked or has expired."),
    "403": ("Forbidden", "The role of whoever asks does not permit it."),
    "404": ("NotFound", "There is no such row, or none that this person may see."),
    "409": ("Conflict", "The row is no longer in a state in which this can be done."),
    "415": ("UnsupportedMediaType", "Send the body as the operation describes it."),
    "503": ("Unavailable", "The database does not answer now; nothing was stored. Send it again."),
}


def with_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Adds to each operation the problems that it may answer with; what a view says itself stays."""
    responses = result["components"].setdefault("responses", {})
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for name, description in PROBLEMS.values():
        responses[name] = {"description": description, "content": content}
    for path, operations in result["paths"].items():
        for method in METHODS & operations.keys():
            known = operations[method]["responses"]
            for code in _codes(path, method, operations[method]):
                known.setdefault(code, {"$ref": f"#/components/responses/{PROBLEMS[code][0]}"})
            operations[method]["responses"] = dict(sorted(known.items()))
    return result


def _codes(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    yield from ("401", "403", "503")
    if any(one["in"] == "query" for one in operation.get("parameters", ())) or method in WRITING:
        yield "400"
    if "{" in path:
        yield "404"
    if method in WRITING:
        yield "409"
        yield "415"
