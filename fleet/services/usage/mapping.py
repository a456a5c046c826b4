"""What a person says once of a carrier's files: kept as data, and found again by the file's headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from fleet.errors import Invalid
from fleet.models import CarrierMapping, Import
from fleet.services.imports.deciding import step
from fleet.services.imports.reading import File
from fleet.services.usage.layouts import FIELDS, KEPT, WORDS, Layout, signature_of
from fleet.services.usage.reading import opened
from fleet.services.usage.steps import content_of
from fleet.vocabulary import ImportStatus

MOST_WORDS = 30


def layout_from(found: Import, said: Mapping[str, Any]) -> Layout:
    """What a person says of this file, by the names in KEPT. Raises Invalid where the file cannot be so."""
    file = File(content_of(found))
    columns = {name: said["columns"].get(name, "") for name in file.columns}
    if wrong := sorted({meant for meant in columns.values() if meant and meant not in FIELDS}):
        raise Invalid(f"{wrong[0]} is not one of {', '.join(FIELDS)}.", field="columns")
    if wrong := sorted(set(said["words"]) - set(WORDS)):
        raise Invalid(f"{wrong[0]} is not one of {', '.join(WORDS)}.", field="words")
    words = {key: _in_lower_case(given) for key, given in said["words"].items()}
    if any(len(given) > MOST_WORDS for given in words.values()):
        raise Invalid(f"Give at most {MOST_WORDS} words of a kind.", field="words")
    kept = {name: said[name] for name in KEPT}
    layout = Layout(name=found.usage_batch.carrier, **{**kept, "columns": columns, "words": words})
    opened(content_of(found), layout)
    return layout


def _in_lower_case(words: Iterable[str]) -> list[str]:
    return [word.strip().lower() for word in words if word.strip()]


@transaction.atomic
def map_file(*, found: Import, said: Mapping[str, Any]) -> CarrierMapping:
    """Keep how this carrier's files with these headers are read, and have the file checked again.

    Raises Invalid where a column is meant twice or none has the number, Conflict where it is no longer asked.
    """
    layout = layout_from(found, said)
    step(found, ImportStatus.NAMING, ImportStatus.CHECKED, ImportStatus.FAILED, to=ImportStatus.CHECKING)
    Import.objects.filter(pk=found.pk).update(unknown=[], confirmed_by=None, confirmed_at=None)
    mapping, _ = CarrierMapping.objects.update_or_create(
        organisation=found.organisation,
        carrier=found.usage_batch.carrier,
        signature=signature_of(layout.columns),
        defaults={name: getattr(layout, name) for name in KEPT},
    )
    return mapping
