"""What the columns of a kind of file are: for its page, its template and its documentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from fleet.services.imports.cells import when_empty
from fleet.services.imports.kind import Kind


@dataclass(frozen=True, slots=True)
class About:
    """One column: whether it says which row is meant, whether a new row needs it, and what it holds."""

    name: str
    is_key: bool
    is_needed: bool
    meaning: str
    example: str
    synonyms: tuple[str, ...]


def columns_of(kind: Kind) -> list[About]:
    """All columns, those that find a row first."""
    keys = {name for group in kind.identifiers for name in group}
    found = [
        About(
            name=name,
            is_key=name in keys,
            is_needed=_is_needed(kind, name),
            meaning=meaning_of(kind, name),
            example=kind.example.get(name, ""),
            synonyms=tuple(other for other, meant in kind.synonyms.items() if meant == name),
        )
        for name in kind.columns
    ]
    return sorted(found, key=lambda about: not about.is_key)


def template_of(kind: Kind) -> tuple[list[str], dict[str, str]]:
    """The columns in order, and a row for example."""
    names = [about.name for about in columns_of(kind)]
    return names, {name: kind.example.get(name, "") for name in names}


def meaning_of(kind: Kind, name: str) -> str:
    return kind.meanings.get(name) or _words(kind, name)


def _words(kind: Kind, name: str) -> str:
    """What the model's own field says of itself."""
    if name not in kind.fields:
        return ""
    field: Any = kind.field(name)
    if isinstance(field, ArrayField):
        return f"Several with ; between: {_choices(field.base_field)}"
    if field.flatchoices:
        return f"One of {_choices(field)}"
    if isinstance(field, models.BooleanField):
        return "yes, no, or empty for not known"
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _choices(field: Any) -> str:
    return ", ".join(str(value) for value, _ in field.flatchoices)


def _is_needed(kind: Kind, name: str) -> bool:
    if name in kind.references:
        return not kind.field(name).null
    if name not in kind.fields:
        return False
    try:
        when_empty(kind.field(name))
    except ValidationError:
        return True
    return False
