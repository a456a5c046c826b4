"""From a sender's fields to the common record, by a table that the reference also prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import msgspec

from fleet.mdm import wording
from fleet.mdm.adapters import values
from fleet.mdm.adapters.documents import CUT, key
from fleet.mdm.records import Facts, Pulse, Record, Rejected, Rejection, digest_of

Fields = dict[str, Any]
_Value = TypeVar("_Value")


class To(NamedTuple):
    """Where a sender's field goes: a field of the common record, and what reads its value.

    `part` is what it tells of the one SIM of a device, where `field` is `sims`.
    """

    field: str
    read: Callable[[Any], Any]
    part: str = ""


# The sender's name of a field, as it writes it → where that goes. Of several that go to one field the first
# that tells something counts, in the order of the table.
Table = Mapping[str, To]


class Mapper:
    """Reads objects of one shape.

    Names compare without letter case, spaces, `_` and `-`.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self._order = [(key(name), to) for name, to in table.items()]
        self._known = frozenset(bare for bare, _ in self._order)
        self._shapes: dict[tuple[str, ...], tuple[list[tuple[str, To]], frozenset[str]]] = {}

    def read(self, given: Mapping[str, Any], dropped: set[str], path: str = "") -> Fields:
        """The common fields that the object tells; what the table does not name goes to `dropped`.

        Raises Rejected with the sender's name of the field. A mistyped IMEI is left out and noted: the sender
        may never come again, and the device has other names.
        """
        fields: Fields = {}
        known, unknown = self._shape(given)
        for sent, to in known:
            value = given[sent]
            if value is None or value in ("", CUT) or (to.field in fields and not to.part):
                continue
            try:
                found = to.read(value)
            except Rejected as error:
                if error.code != values.CHECK_DIGIT:
                    raise _at(f"{path}{sent}", error, fields) from error
                dropped.add(f"{path}{sent} that is no IMEI")
                continue
            if found is None:
                continue
            if to.part:
                fields.setdefault(to.field, [{}])[0].setdefault(to.part, found)
            else:
                fields[to.field] = found
        if unknown:
            dropped.update(f"{path}{name}" for name in unknown) if path else dropped.update(unknown)
        return fields

    def _shape(self, given: Mapping[str, Any]) -> tuple[list[tuple[str, To]], frozenset[str]]:
        """Objects of a page mostly have the same keys in the same order, so that is worked out once."""
        sent = tuple(given)
        found = self._shapes.get(sent)
        if found is None:
            by_key = {key(name): name for name in reversed(sent)}
            known = [(by_key[bare], to) for bare, to in self._order if bare in by_key]
            unknown = frozenset(name for name in sent if key(name) not in self._known)
            found = known, unknown
            if len(self._shapes) < 256:
                self._shapes[sent] = found
        return found


def _at(path: str, error: Rejected, fields: Fields) -> Rejected:
    found = Rejected(path, error.code, error.message)
    found.source_id = fields.get("source_id", "")
    return found


def record(
    fields: Fields, *, is_event: bool = False, creates: bool = True, previous: tuple[str, ...] = ()
) -> Record | Rejection:
    """The common record of these fields, or why it cannot be one."""
    told = {name: value for name, value in fields.items() if value is not None}
    if "sims" in told:
        told["sims"] = [sim for sim in told["sims"] if sim.get("iccid")]
        # A number without its SIM names none: it must not take out the one that is known.
        if not told["sims"]:
            del told["sims"]
    try:
        facts, pulse = msgspec.convert(told, Facts), msgspec.convert(told, Pulse)
    except msgspec.ValidationError as error:
        field, reason = wording.field_and_reason(error)
        return rejection(Rejected(field, "invalid", f"{reason}."), told)
    return Record(facts, pulse, digest_of(facts), is_event=is_event, creates=creates, previous=previous)


def after_last_seen(fields: Fields, step: int) -> None:
    """Say that it was observed so many microseconds after the device was last seen.

    Of what a server decides between two syncs its records tell no time. Between equal times the content would
    decide; so the words that can follow each other there have rising steps, 0 for those of a sync itself.
    """
    if step and (seen := fields.get("last_seen")):
        fields["observed_at"] = seen + dt.timedelta(microseconds=step)


def rejection(error: Rejected, fields: Fields | None = None) -> Rejection:
    source_id = (fields or {}).get("source_id")
    return error.as_rejection(source_id if isinstance(source_id, str) else None)


def an_object(value: Any, what: str, path: str = "") -> dict[str, Any]:
    """The value, which must be an object; raises Rejected otherwise."""
    if not isinstance(value, dict):
        raise Rejected(path, "invalid", f"Expected {what} as an object.")
    return value


def value_of(given: Mapping[str, Any], name: str) -> Any:
    """The value under a key, however it is spelt; None where there is none."""
    if name in given:
        return given[name]
    bare = key(name)
    return next((value for sent, value in given.items() if key(sent) == bare), None)


def read_at(path: str, read: Callable[[Any], _Value], given: Any) -> _Value:
    """What the reader makes of a value that no table names; raises Rejected with the path."""
    try:
        return read(given)
    except Rejected as error:
        raise Rejected(path, error.code, error.message) from error
