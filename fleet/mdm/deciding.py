"""Decides what a delivery changes, in turn with the other deliveries of its organisation."""

from __future__ import annotations

from django.db import transaction

from fleet.mdm import reading, writing
from fleet.mdm.facts import micros
from fleet.mdm.planning import Merger, catch_up
from fleet.mdm.plans import Items, Plan, source_id_of
from fleet.mdm.readings import Reader
from fleet.mdm.records import Record
from fleet.mdm.repeats import Quick, take_quick
from fleet.models import Delivery


def plan_of(delivery: Delivery, items: Items, *, is_replay: bool = False) -> Plan:
    """What the delivery changes.

    Where every record repeats what its source said before, identity stays as it is and merges may run side by
    side. Otherwise the records are read in full, which takes long, before the delivery waits for its turn.
    """
    organisation = delivery.source.organisation_id
    source_ids = list(map(source_id_of, items))
    savepoint = transaction.savepoint()
    writing.keep_identity(organisation)
    plan, slow, quick = _begun(delivery, items, source_ids, is_replay=is_replay)
    if not slow:
        return plan
    transaction.savepoint_rollback(savepoint)  # lets go of the lock
    reader = Reader(items, _received(delivery))
    for position in slow:
        reader.read(position)
    writing.decide_identity(organisation)
    plan, slow, quick = _begun(delivery, items, source_ids, is_replay=is_replay)
    readings = reader.readings(plan, slow, quick)
    known = reading.known_of(organisation, delivery.source_id, quick, readings)
    catch_up(plan, known)
    new_ids = reading.reserve_ids(sum(one.source_id not in quick for one in readings))
    Merger(plan, known, new_ids).take_all(readings)
    return plan


def _begun(
    delivery: Delivery, items: Items, source_ids: list[str], *, is_replay: bool
) -> tuple[Plan, list[int], dict[str, Quick]]:
    """A plan with the repeats taken, the positions of all other records, and what is known of their ids."""
    previous = [one for item in items if isinstance(item, Record) for one in item.previous]
    quick = reading.quick_of(delivery.source_id, [*source_ids, *previous])
    plan = Plan.of(delivery.source_id, _received(delivery), items, is_replay=is_replay)
    return plan, take_quick(plan, items, source_ids, quick), quick


def _received(delivery: Delivery) -> int:
    """In microseconds since 1970."""
    received = micros(delivery.received_at)
    assert received is not None
    return received
