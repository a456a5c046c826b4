"""What the row of an entry in the change log is called: by its own words, else by what it ties together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OWN = ("name", "asset_tag", "serial", "code", "email", "iccid", "msisdn", "carrier", "hint", "value")
# A role given is named by person and role, a training record by person and course, a gate by its tranche.
TIES = (
    "user", "staff_member", "person", "grant", "role", "tranche", "programme", "course", "contract",
    "approval", "site", "device_model", "becomes", "from_scheme", "to_scheme",
)  # fmt: skip
# What the words for such a row ask of other rows in turn.
JOINED = (*TIES, "classification", "organisation")


def ties_of(event: Any) -> list[Any]:
    """The foreign keys that name the row of an event, where it has no name of its own."""
    if _own_name(event):
        return []
    fields = {field.name: field for field in type(event)._meta.concrete_fields if field.is_relation}
    return [fields[name] for name in TIES if name in fields]


def with_what_names_it(model: Any) -> Any:
    """Rows of a model that can be put into words without a query for each."""
    joined = [field.name for field in model._meta.fields if field.is_relation and field.name in JOINED]
    return model._base_manager.select_related(*joined) if joined else model._base_manager


def subject_of(event: Any, names: Mapping[Any, Mapping[Any, Any]]) -> str:
    """`names`: per model that a tie leads to, its rows by id."""
    if own := _own_name(event):
        return own
    rows = [names.get(one.related_model, {}).get(getattr(event, one.attname)) for one in ties_of(event)]
    tied = ", ".join(str(row) for row in rows if row is not None)
    return tied or getattr(event, "reference", "") or f"Number {event.pgh_obj_id}"


def _own_name(event: Any) -> str:
    return next((str(value) for one in OWN if (value := getattr(event, one, ""))), "")
