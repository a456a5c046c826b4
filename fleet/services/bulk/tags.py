"""New asset tags from a file: which device each line means, and whether it can have its tag."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, When

from fleet import rules
from fleet.errors import Invalid
from fleet.mdm.writing import begin, execute
from fleet.models import BulkChange, Device, Organisation, User
from fleet.services import facts
from fleet.services.bulk.checking import CHANGE, SAME, Check, Entry
from fleet.services.bulk.verbs import Given, Verb, judged, register
from fleet.services.imports.cells import refuse_failed
from fleet.services.imports.reading import File, Misshapen, Row
from fleet.sql import among
from fleet.vocabulary import BulkSubject
from fleet.web import text

NEW = "new_asset_tag"
NAMING = ("asset_tag", *rules.IDENTIFIERS)
LONGEST = 100
Line = tuple[int, list[str], str]

_TAKE_OFF = "UPDATE fleet_device SET asset_tag = '' WHERE id = ANY (%(ids)s) AND asset_tag = ANY (%(tags)s)"
_RENAME = """
    UPDATE fleet_device d SET asset_tag = given.tag
    FROM unnest(%(ids)s::bigint[], %(tags)s::text[]) AS given (id, tag) WHERE d.id = given.id
"""


def read_lines(content: bytes) -> list[Line]:
    """(row number, what names the device, its new tag) of each line. Raises Invalid for a file as a whole."""
    file = File(content)
    columns = set(file.columns)
    if NEW not in columns or not columns & set(NAMING):
        raise Invalid(
            f"The file needs the column {NEW} and one of {', '.join(NAMING)} to say which device is meant.",
            field="file",
        )
    if unknown := columns - {NEW, *NAMING, ""}:
        raise Invalid(f"Not known as columns: {', '.join(sorted(unknown))}. Take them out.", field="file")
    return [_line(row) for row in file]


def lines_of(devices: Any) -> list[Line]:
    """The same from mappings: [{"serial": …, "new_asset_tag": …}, …]. Raises Invalid."""
    if not isinstance(devices, list) or not all(isinstance(one, dict) for one in devices):
        raise Invalid("Give a list of objects, each with an identifier and its new_asset_tag.")
    return [
        (number, [str(one.get(name) or "") for name in NAMING], str(one.get(NEW) or ""))
        for number, one in enumerate(devices, start=1)
    ]


def _line(row: Row | Misshapen) -> Line:
    if isinstance(row, Misshapen):
        return row.number, [], row.reason
    try:
        refuse_failed(row.cells[NEW])
    except ValidationError as error:
        return row.number, [], error.messages[0]
    return row.number, [row.cells.get(name, "") for name in NAMING], row.cells[NEW]


class AssetTags(Verb):
    """Each line of a file gives one device its tag. A line may name a device by any of its identifiers."""

    key, title = "asset-tag", "Change their asset tags from a file"
    subject = BulkSubject.DEVICES
    model = Device
    permission = "devices.change"

    def words(self, given: Given) -> str:
        return f"Asset tags from a file of {text.counted(len(given['lines']), 'row')}"

    def check(
        self, rows: QuerySet[Any], given: Given, outcomes: list[When], organisation: Organisation
    ) -> Check:
        barred = dict(judged(rows, outcomes))
        judge = _Judge(given["lines"], organisation, barred)
        return Check(len(barred), list(judge.entries()))

    def apply(self, change: BulkChange, ids: Sequence[int], given: Given, by: User) -> None:
        """Tags that go from one device to another are taken off first: each is unique at every moment."""
        wanted = _wanted(given["lines"], change.organisation, set(ids))
        told = {"ids": list(wanted), "tags": list(wanted.values())}
        if Device.objects.filter(pk__in=among(wanted), asset_tag__in=set(wanted.values())).exists():
            execute(_TAKE_OFF, told)
            begin()  # the change log's trigger planned for the few rows of that statement
        execute(_RENAME, told)
        facts.announce_rows(Device, organisation_id=change.organisation_id, ids=ids)

    def now(self, row: Any) -> str:
        return text.shown(row.asset_tag)

    def after(self, row: Any, given: Given) -> str:
        if "by_id" not in given:
            given["by_id"] = _wanted(given["lines"], row.organisation, None)
        return str(given["by_id"].get(row.pk, ""))


class _Register:
    """The organisation's devices by what names them."""

    def __init__(self, organisation: Organisation) -> None:
        self.tags: dict[int, str] = {}
        self._named: list[dict[str, list[int]]] = [defaultdict(list) for _ in NAMING]
        found = Device.objects.filter(organisation=organisation).values_list("pk", *NAMING)
        for pk, *names in found:
            self.tags[pk] = names[0]
            for table, name in zip(self._named, names, strict=True):
                if name:
                    table[name].append(pk)

    def find(self, names: Sequence[str]) -> tuple[int | None, str]:
        """(the device, "") or (None, why not)."""
        found: set[int] = set()
        for column, table, name in zip(NAMING, self._named, names, strict=True):
            if not name:
                continue
            try:
                hits = table.get(rules.SPELLINGS.get(column, str)(name), [])
            except ValidationError as error:
                return None, str(error.messages[0])
            if len(hits) != 1:
                several = f"{len(hits)} devices have the {_said(column)} {name}. Name another identifier."
                return None, several if hits else f"No device has the {_said(column)} {name}."
            found |= set(hits)
        if len(found) == 1:
            return next(iter(found)), ""
        return (
            None,
            "Its cells name different devices." if found else "It does not say which device is meant.",
        )


def _said(column: str) -> str:
    field: Any = Device._meta.get_field(column)
    return str(field.verbose_name)


class _Judge:
    def __init__(self, lines: Sequence[Line], organisation: Organisation, barred: dict[int, str]) -> None:
        self.barred = barred
        self.register = _Register(organisation)
        self.found = [(number, *_found(self.register, names, tag), tag) for number, names, tag in lines]
        self.devices = Counter(pk for _, pk, _, _ in self.found if pk)
        self.wanted = Counter(tag for _, _, _, tag in self.found)
        self.leaving = {pk for _, pk, _, _ in self.found if pk and barred.get(pk) == CHANGE}
        self._settle()

    def _settle(self) -> None:
        """A device that does not get a new tag keeps its own, which nobody else can have then."""
        while True:
            kept = self.register.tags.items()
            self.held = {tag for pk, tag in kept if tag and pk not in self.leaving}
            staying = {
                pk for _, pk, _, tag in self.found if pk in self.leaving and self._outcome(pk, tag) != CHANGE
            }
            if not staying:
                return
            self.leaving -= staying

    def entries(self) -> Iterator[Entry]:
        for number, pk, why, tag in self.found:
            outcome = why or self._outcome(pk or 0, tag)
            yield Entry(pk, outcome, f"Row {number}")

    def _outcome(self, pk: int, tag: str) -> str:
        if why := next(self._against(pk, tag), ""):
            return why
        return SAME if self.register.tags[pk] == tag else CHANGE

    def _against(self, pk: int, tag: str) -> Iterator[str]:
        if pk not in self.barred:
            yield "It is not among the devices chosen."
        elif why := self.barred[pk]:
            yield why
        if not tag:
            yield "Its new tag is empty."
        if len(tag) > LONGEST:
            yield f"Its new tag is longer than {LONGEST} characters."
        if self.devices[pk] > 1:
            yield "More than one row is about it."
        if self.wanted[tag] > 1:
            yield f"More than one row wants the tag {tag}."
        if tag in self.held and self.register.tags[pk] != tag:
            yield f"Another device has the tag {tag}."


def _found(register: _Register, names: list[str], tag: str) -> tuple[int | None, str]:
    """A line whose cells cannot be told apart says why in the place of its tag."""
    return register.find(names) if names else (None, tag)


def _wanted(lines: Sequence[Line], organisation: Organisation, only: set[int] | None) -> dict[int, str]:
    """Device → its new tag."""
    register = _Register(organisation)
    found = ((_found(register, names, tag)[0], tag) for _, names, tag in lines)
    return {pk: tag for pk, tag in found if pk and (only is None or pk in only)}


register(AssetTags())
