"""Real processes are killed and servers stopped while deliveries come in: nothing is lost, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.utils import timezone

from fleet.mdm.simulator.inventing import invent
from fleet.mdm.simulator.parcels import Parcel, pack
from fleet.mdm.simulator.senders import Answer, Sender
from tests.mdm.own_stack import OwnStack
from tests.processes import until

# Seconds: several processes start, on a machine that has more to do.
PATIENCE = 180

# One process takes them all, and those of tests/fleet/test_import_workers.py, since they share a stack.
pytestmark = pytest.mark.xdist_group("nothing_lost")


@pytest.fixture
def sender(stack: OwnStack) -> Iterator[Sender]:
    with closing(Sender(stack.target)) as found:
        yield found


def parcel(first: int, count: int) -> Parcel:
    """So many made-up devices, from this number on."""
    return pack([invent(number, seen=timezone.now()) for number in range(first, first + count)])


@contextmanager
def merge_stopped_in_the_middle(stack: OwnStack) -> Iterator[None]:
    """Inside, a worker has written devices, has not committed them, and can go no further."""
    with closing(stack.connect()) as connection, connection.cursor() as cursor:
        cursor.execute("LOCK TABLE fleet_heartbeat IN EXCLUSIVE MODE")
        yield


def is_stopped(stack: OwnStack) -> bool:
    question = (
        "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'fleet_heartbeat'::regclass"
    )
    return bool(stack.ask(question))


def assert_once(stack: OwnStack, first: int, count: int) -> None:
    """Each of these devices is there once, with one line in the change log."""
    serials = [f"SIM{number:08}" for number in range(first, first + count)]
    for table in ("fleet_device", "fleet_devicechange"):
        found = f"SELECT array[count(*), count(DISTINCT serial)] FROM {table} WHERE serial = ANY(%s)"
        assert stack.ask(found, serials) == [count, count], table
    records = "SELECT count(*) FROM fleet_sourcerecord WHERE source_id = ANY(%s)"
    assert stack.ask(records, [f"sim-{number}" for number in range(first, first + count)]) == count


def taken(answer: Answer) -> str:
    """The id of the delivery that was accepted and waits."""
    assert answer.status == 202, answer
    return str(answer.document["id"])


def test_a_worker_killed_in_the_middle_of_5000_records(stack: OwnStack, sender: Sender) -> None:
    with stack.worker() as worker:
        with merge_stopped_in_the_middle(stack):
            delivery = taken(sender.push(parcel(1, 5_000)))
            until(lambda: is_stopped(stack), seconds=PATIENCE, what="a merge in progress")
            worker.kill()
        assert stack.ask("SELECT status FROM fleet_delivery WHERE id = %s", delivery) == "processing"
        assert stack.ask("SELECT count(*) FROM fleet_device") == 0
    with stack.worker(), stack.beat():
        until(lambda: delivery in stack.applied(), seconds=PATIENCE, what="the killed worker's delivery")
    assert_once(stack, 1, 5_000)
    assert stack.ask("SELECT attempts FROM fleet_delivery WHERE id = %s", delivery) == 2
    assert stack.ask("SELECT outcomes FROM fleet_delivery WHERE id = %s", delivery) == "c" * 5_000


def test_valkey_stopped_while_deliveries_come_in(stack: OwnStack, sender: Sender) -> None:
    with stack.worker(), stack.beat():
        before = taken(sender.push(parcel(10_000, 10)))
        until(lambda: before in stack.applied(), seconds=PATIENCE, what="a delivery with the broker")
        stack.stop("valkey")
        accepted = {taken(sender.push(parcel(10_010 + 10 * number, 10))) for number in range(3)}
        assert stack.servers.revive() == ["valkey"]
        accepted |= {taken(sender.push(parcel(10_040, 10)))}
        until(lambda: accepted <= stack.applied(), seconds=PATIENCE, what="all that was accepted")
    assert_once(stack, 10_000, 50)


def test_postgres_restarted_in_the_middle(stack: OwnStack, sender: Sender) -> None:
    with stack.worker(), stack.beat():
        with merge_stopped_in_the_middle(stack):
            accepted = {taken(sender.push(parcel(20_000, 500)))}
            until(lambda: is_stopped(stack), seconds=PATIENCE, what="a merge in progress")
            accepted |= {taken(sender.push(parcel(20_500, 10)))}
            stack.stop("postgres")
            refused = sender.push(parcel(20_510, 10))
        assert refused.status == 503
        assert refused.document["detail"] == (
            "The database does not answer now. Nothing was stored or changed; send this again."
        )
        assert stack.servers.revive() == ["postgres"]
        accepted |= {taken(sender.push_until_taken(parcel(20_510, 10)))}
        until(lambda: accepted <= stack.applied(), seconds=PATIENCE, what="all that was accepted")
    assert_once(stack, 20_000, 520)
