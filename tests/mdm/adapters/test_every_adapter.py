"""What holds for each adapter alike: its reference, and that no body whatever breaks it."""

from __future__ import annotations

import importlib
import json
import re
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.paths import PROJECT
from fleet.mdm.adapters import ADAPTERS
from fleet.mdm.adapters.documents import JSON
from fleet.mdm.bodies import Refused
from fleet.mdm.facts import facts_of
from fleet.mdm.hooks import body_of
from fleet.mdm.records import Facts, Pulse, Record, Rejected
from fleet.vocabulary import SourceKind
from tests.mdm.adapters.corpus import spoilt

REFERENCE = (PROJECT / "docs/reference/mdm-adapters.md").read_text()
FOREIGN = sorted(kind for kind in ADAPTERS if kind != SourceKind.NATIVE)
COMMON = {field.name for shape in (Facts, Pulse) for field in msgspec.structs.fields(shape)}


def test_each_kind_has_an_adapter() -> None:
    assert set(ADAPTERS) <= set(SourceKind.values)


@pytest.mark.parametrize("kind", FOREIGN)
def test_the_reference_has_its_tables(kind: str) -> None:
    adapter = ADAPTERS[kind]
    section = re.split(r"^## ", REFERENCE, flags=re.MULTILINE)
    mine = next(one for one in section if f"(`{kind}`)" in one.partition("\n")[0])
    assert adapter.tables
    for shape, table in adapter.tables.items():
        lines = mine.partition(f"### {shape}\n")[2].partition("\n### ")[0].splitlines()
        written = [line.split("|")[1:3] for line in lines if line.startswith("| ")][1:]
        said = [(name.strip(), field.strip()) for name, field in written]
        assert said == [(name, to.field) for name, to in table.items()]
        assert {to.field for to in table.values()} <= COMMON | {"_"}


@pytest.mark.parametrize("kind", FOREIGN)
def test_the_reference_says_how_it_is_answered(kind: str) -> None:
    manners = ADAPTERS[kind].manners
    row = next(line for line in REFERENCE.splitlines() if line.startswith(f"| {kind} |"))
    _, _, again, put_off, broken, _ = (cell.strip() for cell in row.split("|"))
    assert (again == "no") is not manners.comes_again
    assert put_off == ("429" if manners.comes_again else "never")
    assert broken == ("400" if manners.is_read else f"quarantine, {manners.taken}")


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


def _names(kind: str) -> list[str]:
    return sorted({name for table in ADAPTERS[kind].tables.values() for name in table} | {"value", "event"})


@pytest.mark.parametrize("kind", FOREIGN)
@given(data=st.data())
def test_any_values_under_its_own_names_are_read_or_rejected(kind: str, data: st.DataObject) -> None:
    names = st.sampled_from(_names(kind))
    device = data.draw(st.dictionaries(names, _values, max_size=6))
    for body in (device, [device], {"event": device, "webhook": {"webhookEvent": "ComputerAdded"}}):
        _must_read(kind, json.dumps(body).encode())


# The module of tests that has a kind's sound bodies as EXAMPLES, where it is not that of the kind.
_EXAMPLES = {"micromdm": "nanomdm"}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_spoilt_body_is_read_or_rejected(kind: str) -> None:
    """Cut off, in another encoding, nested deeply, or with any of its values made strange."""
    module = importlib.import_module(f"tests.mdm.adapters.test_{_EXAMPLES.get(kind, kind)}")
    assert module.EXAMPLES
    for example, form in module.EXAMPLES:
        for content in spoilt(example):
            _must_read(kind, content, form)


def _must_read(kind: str, content: bytes, form: str = JSON) -> None:
    """As the request does and the worker after it: without secrets, then into records, then into facts."""
    try:
        body, message = body_of(kind, content, {"Content-Type": form})
    except Refused:
        return
    assert isinstance(message, str)
    if body.trouble:
        return
    read = ADAPTERS[kind].read(body.content, body.content_type)
    for item in read.items:
        assert isinstance(item, Record) or all(error["message"] for error in item.errors)
        if isinstance(item, Record):
            with suppress(Rejected):
                facts_of(item.facts)
    assert json.dumps(read.notes())
