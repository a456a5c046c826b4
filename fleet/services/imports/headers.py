"""Which column of a file is which: by our own words, by what people call it, or as somebody said once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from fleet.errors import Invalid
from fleet.models import ImportHeader, Organisation
from fleet.services.imports.kind import Kind
from fleet.services.imports.reading import File, folded

LEFT_OUT = ""
# The column that we add to rejected rows, so that they can be mended and loaded as they are.
REASON = "reason"


@dataclass(slots=True)
class Reading:
    """`columns`: header as folded → column, empty where it is left out; `unknown`: headers as written."""

    columns: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def remembered(kind_key: str, organisation: Organisation) -> dict[str, str]:
    known = ImportHeader.objects.filter(organisation=organisation, kind=kind_key)
    return dict(known.values_list("header", "column"))


def read_header(kind: Kind, file: File, known: Mapping[str, str]) -> Reading:
    """What each header of the file means. Raises Invalid where two mean the same.

    What somebody said of a header goes before what people in general mean by it.
    """
    reading = Reading()
    for header, name in zip(file.headers, file.columns, strict=True):
        if name in known:
            reading.columns[name] = known[name]
        elif name in kind.columns:
            reading.columns[name] = name
        elif name in kind.ignored or name == REASON:
            reading.columns[name] = LEFT_OUT
        elif _may_mean(kind, name, reading, file.columns):
            reading.columns[name] = kind.synonyms[name]
        else:
            reading.unknown.append(header)
    _refuse_twice(reading.columns)
    return reading


def _may_mean(kind: Kind, name: str, reading: Reading, columns: list[str]) -> bool:
    """A synonym stands for its column where no other header of the file does."""
    meant = kind.synonyms.get(name)
    return meant is not None and meant not in columns and meant not in reading.columns.values()


def _refuse_twice(columns: Mapping[str, str]) -> None:
    by_column: dict[str, list[str]] = {}
    for name, column in columns.items():
        by_column.setdefault(column, []).append(name)
    for column, names in by_column.items():
        if column and len(names) > 1:
            raise Invalid(f"{' and '.join(names)} cannot both be {column}. Leave one of them out.")


def refuse_unknown(kind: Kind, reading: Reading) -> None:
    """For those who cannot be asked. Raises Invalid."""
    if reading.unknown:
        named = ", ".join(f"{name}{_guess(kind, name)}" for name in reading.unknown)
        raise Invalid(
            f"Not known as columns: {named}. Columns are {', '.join(kind.columns)}. Say what each means with "
            f'--column "{reading.unknown[0]}=COLUMN", with nothing after = to leave it out.'
        )


def _guess(kind: Kind, header: str) -> str:
    guess = suggestion(kind, header)
    return f" ({guess}?)" if guess else ""


def suggestion(kind: Kind, header: str) -> str:
    """The column that a header most likely means, or empty."""
    found = get_close_matches(folded(header), [*kind.columns, *kind.synonyms], n=1, cutoff=0.75)
    return kind.synonyms.get(found[0], found[0]) if found else ""


def likelier_kind(kinds: Mapping[str, Kind], own: str, unknown: Collection[str]) -> str:
    """The key of another kind of file that knows more than half of these headers, at least two, or empty."""
    names = {folded(header) for header in unknown}
    known = {key: len(names & {*kind.columns, *kind.synonyms}) for key, kind in kinds.items() if key != own}
    best = max(known, key=lambda key: known[key])
    return best if known[best] > max(1, len(names) / 2) else ""


def remember(*, kind_key: str, kind: Kind, organisation: Organisation, columns: Mapping[str, str]) -> None:
    """Keep what each header (as folded) means, for the next file. Raises Invalid for a wrong column."""
    if wrong := sorted(set(columns.values()) - {LEFT_OUT, *kind.columns}):
        raise Invalid(f"{wrong[0]} is not one of {', '.join(kind.columns)}.", field="columns")
    ImportHeader.objects.bulk_create(
        (
            ImportHeader(organisation=organisation, kind=kind_key, header=header[:200], column=column)
            for header, column in columns.items()
        ),
        update_conflicts=True,
        unique_fields=["organisation", "kind", "header"],
        update_fields=["column"],
    )


def samples(file: File, headers: Iterable[str], *, rows: int = 3) -> dict[str, list[str]]:
    """The first few cells under these headers, so that a person can tell what they are; reads the file."""
    wanted = {header: folded(header) for header in headers}
    found: dict[str, list[str]] = {header: [] for header in wanted}
    for row in file:
        for header, name in wanted.items():
            cell = getattr(row, "cells", {}).get(name, "")
            if cell and len(found[header]) < rows:
                found[header].append(cell[:60])
        if all(len(cells) >= rows for cells in found.values()):
            break
    return found
