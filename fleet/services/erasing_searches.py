"""Where somebody typed what names a person: views of lists, changes of many rows, names of files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from fleet.models import BulkChange, Import, SavedView
from fleet.services.erasing import NOTHING, append_only_of, erase_events, events_of
from fleet.services.erasing_words import names_one_of
from fleet.services.erasure import Eraser, Subject


def _named(rows: Any, columns: Iterable[str], subject: Subject) -> list[Any]:
    """The keys of rows in which one of the columns names the person."""
    found = rows.values_list("pk", *columns).iterator(chunk_size=500)
    return [pk for pk, *said in found if any(names_one_of(str(one), subject.needles) for one in said)]


def _views(subject: Subject) -> int:
    """A view that looks for the person goes; one without what it looked for would show something else."""
    about, columns = Q(organisation=subject.person.organisation_id), ("name", "query")
    views = SavedView.objects.filter(pk__in=_named(SavedView.objects.filter(about), columns, subject))
    count: int = views.delete()[0]
    events = _named(events_of(SavedView).objects.filter(about), columns, subject)
    return count + erase_events(SavedView, Q(pk__in=events), name=NOTHING, query="")


def _bulk_changes(subject: Subject) -> int:
    """What was looked for and given, where it names the person. One that waits is forgotten."""
    rows = BulkChange.objects.filter(organisation=subject.person.organisation_id)
    columns = ("value", "value_words", "filters", "filter_words", "address", "left")
    named = rows.filter(pk__in=_named(rows, columns, subject))
    forgotten: int = named.waiting().delete()[0]
    changes = list(named)
    for change in changes:
        change.value, change.filters, change.address = {}, "", ""
        change.value_words = change.filter_words = NOTHING
        change.left = [
            [NOTHING if names_one_of(str(row), subject.needles) else row, why] for row, why in change.left
        ]
    return forgotten + BulkChange.objects.bulk_update(changes, columns)


def _file_names(subject: Subject) -> int:
    files = Import.objects.filter(organisation=subject.person.organisation_id)
    return files.filter(pk__in=_named(files, ("file_name",), subject)).update(file_name=NOTHING)


ERASERS = (
    Eraser("views of lists", _views, append_only_of(SavedView)),
    Eraser("changes of many rows", _bulk_changes),
    Eraser("names of files", _file_names),
)
