"""What a person says once of a carrier's files: kept as data, and found again by the file's headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from django.db import transaction
from django.utils import timezone

from fleet.errors import Conflict, Invalid
from fleet.models import CarrierMapping, Import
from fleet.services import facts
from fleet.services.imports.deciding import step
from fleet.services.usage.heads import opened_head
from fleet.services.usage.layouts import KEPT, WORDS, Layout, refuse_columns, signature_of
from fleet.vocabulary import ImportStatus

MOST_WORDS = 30

# A word means one of each of these at most.
EITHER = (("data", "voice", "text"), ("in", "out"))


def layout_from(found: Import, said: Mapping[str, Any]) -> Layout:
    """What a person says of this file, by the names in KEPT. Raises Invalid where the file cannot be so."""
    return Layout(name=found.usage_batch.carrier, **_kept(said, opened_head(found).columns))


def _kept(said: Mapping[str, Any], headers: Iterable[str]) -> dict[str, Any]:
    """Values of KEPT for files with these headers (as folded). Raises Invalid."""
    columns = {name: said["columns"].get(name, "") for name in headers}
    refuse_columns(columns.values())
    if wrong := sorted(set(said["words"]) - set(WORDS)):
        raise Invalid(f"{wrong[0]} is not one of {', '.join(WORDS)}.", field="words")
    words = {key: _in_lower_case(given) for key, given in said["words"].items()}
    if any(len(given) > MOST_WORDS for given in words.values()):
        raise Invalid(f"Give at most {MOST_WORDS} words of a kind.", field="words")
    _refuse_twice(words)
    return {**{name: said[name] for name in KEPT}, "columns": columns, "words": words}


def _refuse_twice(words: Mapping[str, list[str]]) -> None:
    for kinds in EITHER:
        for one, other in combinations(kinds, 2):
            if both := set(words.get(one, ())) & set(words.get(other, ())):
                said = f"“{min(both)}” cannot mean both “{WORDS[one]}” and “{WORDS[other]}”."
                raise Invalid(f"{said} Leave it out of one.", field="words")


def _in_lower_case(words: Iterable[str]) -> list[str]:
    return [word.strip().lower() for word in words if word.strip()]


@transaction.atomic
def map_file(*, found: Import, said: Mapping[str, Any]) -> tuple[CarrierMapping, bool]:
    """Keep how this carrier's files with these headers are read, and have the file checked again.

    With whether nobody had said it before. Raises Invalid where a column is meant twice or none has the
    number, Conflict where it is no longer asked.
    """
    layout = layout_from(found, said)
    step(found, ImportStatus.NAMING, ImportStatus.CHECKED, ImportStatus.FAILED, to=ImportStatus.CHECKING)
    Import.objects.filter(pk=found.pk).update(unknown=[], confirmed_by=None, confirmed_at=None)
    kept = {name: getattr(layout, name) for name in KEPT}
    return CarrierMapping.objects.update_or_create(
        organisation=found.organisation,
        carrier=found.usage_batch.carrier,
        signature=signature_of(layout.columns),
        defaults={**kept, "retired_at": None},
    )


def change_mapping(*, mapping: CarrierMapping, carrier: str, said: Mapping[str, Any]) -> None:
    """Say anew how files with these headers are read, or whose they are; what is stored stays.

    Raises Invalid for columns that there are not, or that this carrier has a mapping for already.
    """
    if wrong := sorted(set(said["columns"]) - set(mapping.columns)):
        raise Invalid(f"{wrong[0]} is no column of these files.", field="columns")
    name = " ".join(carrier.split())
    others = CarrierMapping.objects.filter(organisation=mapping.organisation_id, carrier__iexact=name)
    if others.filter(signature=mapping.signature).exclude(pk=mapping.pk).exists():
        raise Invalid(f"For files of {name} with these columns there is another mapping.", field="carrier")
    for key, value in {**_kept(said, mapping.columns), "carrier": name}.items():
        setattr(mapping, key, value)
    facts.save(mapping)


def retire_mapping(*, mapping: CarrierMapping) -> None:
    """The next file with these headers asks again. Raises Conflict where it is retired."""
    _set_retired(mapping, was_in_use=True, refusal="It is retired already.")


def use_mapping_again(*, mapping: CarrierMapping) -> None:
    """Raises Conflict where it is in use."""
    _set_retired(mapping, was_in_use=False, refusal="It is in use already.")


def _set_retired(mapping: CarrierMapping, *, was_in_use: bool, refusal: str) -> None:
    rows = CarrierMapping.objects.filter(pk=mapping.pk, retired_at__isnull=was_in_use)
    if not rows.update(retired_at=timezone.now() if was_in_use else None):
        raise Conflict(refusal)
    mapping.refresh_from_db(fields=["retired_at"])
