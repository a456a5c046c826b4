"""Microsoft Intune: pages and devices of Graph, records of Event Hub, and the export as CSV.

Intune pushes no inventory by itself; a customer's job passes on what it pulled, unchanged.
Source: microsoftgraph/microsoft-graph-docs-contrib, intune-devices-manageddevice; MicrosoftDocs/memdocs,
reports-export-graph-available-reports; learn.microsoft.com, Azure Monitor table IntuneDevices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fleet.mdm.adapters import documents, values
from fleet.mdm.adapters.adapter import CSV_TYPES, JSON_TYPES, Adapter, Read, names
from fleet.mdm.adapters.intune import graph, report
from fleet.mdm.adapters.intune.states import settle
from fleet.mdm.adapters.mapping import Fields, an_object, record, rejection, value_of
from fleet.mdm.records import Rejected

# A page may stand in a list of pages, a batch in a line of NDJSON; nobody nests them deeper.
DEEPEST = 4


def read(body: bytes, content_type: str) -> Read:
    """One item a device; diagnostic records of other categories are counted."""
    found = Read()
    for one in _devices(documents.decode(body, content_type)):
        _take(one, found)
    found.dropped = {name for name in found.dropped if "@odata" not in name}
    return found


def _devices(document: Any, depth: int = 0) -> Iterator[Any]:
    """Each device of a page, a batch, a list of either, or the one that the document is."""
    inside = _inside(document) if depth < DEEPEST else None
    if inside is None:
        yield document
    else:
        for one in inside:
            yield from _devices(one, depth + 1)


def _inside(document: Any) -> list[Any] | None:
    """What a page, a batch or a list holds; None for what is none of them."""
    if isinstance(document, list):
        return document
    if isinstance(document, dict) and value_of(document, "id") is None:
        for name in ("value", "records"):
            held = value_of(document, name)
            if isinstance(held, list):
                return held
            if isinstance(held, dict):
                return [held]
    return None


def _take(given: Any, found: Read) -> None:
    fields: Fields = {}
    try:
        device = an_object(given, "a device")
        category = values.text(value_of(device, "category"))
        if category and documents.key(category) != "devices" and "properties" in device:
            found.ignored[category[:100]] += 1
            return
        fields = _read(device, found.dropped)
        settle(fields)
    except Rejected as error:
        found.items.append(rejection(error, fields))
        return
    found.items.append(record(fields))


def _read(device: dict[str, Any], dropped: set[str]) -> Fields:
    if "properties" in device:
        properties = an_object(device["properties"], "the properties", "properties")
        return report.read(properties, dropped, "properties.")
    if value_of(device, "id") is not None:
        return graph.read(device, dropped)
    return report.read(device, dropped)


_NAMING = frozenset({"source_id", "serial", "hw_id", "imei"})
_COLUMNS = {documents.key(name) for name, to in report.ROW.items() if to.field in _NAMING}
_COLUMNS |= {"properties"} | {documents.key(name) for name, to in graph.DEVICE.items() if to.field in _NAMING}


def admit(document: Any, _: Mapping[str, str]) -> Any:
    """The document. Raises Undecodable for a table of which no column names a device."""
    first: Any = next(_devices(document), None)
    is_table = isinstance(document, list) and isinstance(first, dict)
    if is_table and _COLUMNS.isdisjoint(map(documents.key, first)):
        named = ", ".join(name for name in list(first)[:8] if name)[:200]
        raise documents.Undecodable(
            f"No column names a device: Device ID, Serial number or IMEI is needed, and there is {named}."
        )
    return document


ADAPTER = Adapter(
    read=read,
    admit=admit,
    content_types=JSON_TYPES | CSV_TYPES | {"text/tab-separated-values": documents.CSV},
    count=lambda document: sum(1 for _ in _devices(document)),
    # The results of actions hold what was set or found: a passcode, a PIN, where the device was.
    secrets=names(
        "activationLockBypassCode",
        "passcode",
        "unlockPin",
        "deviceLocation",
        "remoteAssistanceSessionUrl",
    ),
    tables={
        "Graph (`managedDevice`)": graph.DEVICE,
        "Graph, beta (`hardwareInformation`)": graph.HARDWARE,
        "Export as CSV, and Event Hub (`properties`)": report.ROW,
    },
)
