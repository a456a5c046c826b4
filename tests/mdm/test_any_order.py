"""Deliveries in any order, repeated and interleaved, give the same fleet and the same open conflicts."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fleet.mdm import applying, ranking
from fleet.mdm.ranking import set_ranks
from fleet.models import MdmSource, Organisation
from fleet.vocabulary import FactGroup
from tests.factories import MdmSourceFactory, OrganisationFactory
from tests.mdm.pushes import IMEIS, fleet_of, open_conflicts, push, store

START = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
thorough = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def maybe(name: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(st.just({}), st.builds(lambda value: {name: value}, values))


def merged(*parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda found: {k: v for part in found for k, v in part.items()}, st.tuples(*parts))


# Each device always names itself by the same keys.
stable_keys: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"source_id": "a", "serial": "SN-A", "hw_id": "hw-a"},
        {"source_id": "b", "serial": "SN-B", "imei": [IMEIS[0]]},
        {"serial": "SN-C"},
    ]
)
times = st.integers(0, 3).map(lambda hours: (START + dt.timedelta(hours=hours)).isoformat())
seen: st.SearchStrategy[dict[str, Any]] = times.map(lambda at: {"last_seen": at, "observed_at": at})
facts = merged(
    seen,
    maybe("os_version", st.sampled_from(["17.4", "17.5", "18"])),
    maybe("os_build", st.sampled_from(["21E", "22A"])),
    maybe("user_email", st.sampled_from(["ann@dept.example", "bob@dept.example"])),
    maybe("enrolment", st.sampled_from(["enrolled", "unenrolled", "strange"])),
    maybe("encrypted", st.booleans()),
    maybe("user_name", st.sampled_from(["", "Ann", "Bob"])),
    maybe("battery_level", st.sampled_from([None, 0, 80])),
    maybe("storage_free_bytes", st.sampled_from([0, 5])),
    maybe("software", st.sampled_from([[], [{"name": "Container", "version": "2"}]])),
    maybe("sims", st.sampled_from([[], ["1"], ["2"], ["1", "2"]])),
)


def with_own_sims(record: dict[str, Any]) -> dict[str, Any]:
    """A SIM belongs to one device here: a tray is numbered after its serial."""
    sims = [{"iccid": f"8944{ord(record['serial'][-1])}{tray}"} for tray in record.get("sims", ())]
    return record | ({"sims": sims} if "sims" in record else {})


records = merged(stable_keys, facts).map(with_own_sims)
deliveries = st.lists(st.lists(records, min_size=1, max_size=3), min_size=1, max_size=4)


def a_source() -> MdmSource:
    """In an organisation of its own, so that examples do not meet."""
    return MdmSourceFactory(organisation=OrganisationFactory(code=f"ORG-{next(_numbers)}"))


_numbers = iter(range(10**9))


def pushed(batches: Sequence[Sequence[dict[str, Any]]]) -> Organisation:
    source = a_source()
    for batch in batches:
        push(source, *batch)
    return source.organisation


@pytest.mark.django_db
@thorough
@given(batches=deliveries, data=st.data())
def test_order_and_repeats_do_not_matter(batches: list[list[dict[str, Any]]], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(batches), max_size=2))
    shuffled = data.draw(st.permutations([*batches, *again]))
    assert fleet_of(pushed(shuffled)) == fleet_of(pushed(batches))


told = st.lists(st.tuples(st.integers(0, 1), records), min_size=2, max_size=6)
Told = list[tuple[int, dict[str, Any]]]


def pushed_by_two(said: Told, ranked: Sequence[str]) -> Organisation:
    """Each record by one of two sources, of which the second wins in these groups and then the first."""
    first = a_source()
    sources = [first, MdmSourceFactory(organisation=first.organisation)]
    for group in ranked:
        set_ranks(organisation=first.organisation, group=group, sources=sources[::-1], by=None)
    for number, record in said:
        push(sources[number], record)
    return first.organisation


@pytest.mark.django_db
@settings(thorough, max_examples=20)
@given(said=told, ranked=st.sets(st.sampled_from(FactGroup.values)).map(sorted), data=st.data())
def test_order_does_not_matter_whoever_wins(said: Told, ranked: list[str], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(said))
    fleet = fleet_of(pushed_by_two(said, ranked))
    assert fleet_of(pushed_by_two(shuffled, ranked)) == fleet
    late = pushed_by_two(said, ())
    for group in ranked:
        sources = MdmSource.objects.filter(organisation=late).order_by("-pk")
        set_ranks(organisation=late, group=group, sources=list(sources), by=None)
    ranking.follow(late.pk)
    assert fleet_of(late) == fleet


# Serials with identifiers that may be anybody's.
linking = st.builds(
    lambda serial, hw_id, imei: {"serial": serial, **hw_id, **imei, "observed_at": START.isoformat()},
    st.sampled_from(["SN-1", "SN-2", "SN-3"]),
    maybe("hw_id", st.sampled_from(["hw-1", "hw-2"])),
    maybe("imei", st.sampled_from([[IMEIS[0]], [IMEIS[1]]])),
)


@pytest.mark.django_db
@thorough
@given(batch=st.lists(linking, min_size=2, max_size=5), data=st.data())
def test_the_same_conflicts_stay_open(batch: list[dict[str, Any]], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(batch))
    one_by_one = pushed([[record] for record in shuffled])
    assert open_conflicts(one_by_one) == open_conflicts(pushed([batch]))


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_hardware_id_of_two_serials_is_for_a_person(order: tuple[int, ...]) -> None:
    three = [
        {"serial": "SN-1", "hw_id": "hw-1"},
        {"serial": "SN-2", "hw_id": "hw-2"},
        {"serial": "SN-1", "hw_id": "hw-2"},
    ]
    assert open_conflicts(pushed([[three[index]] for index in order])) == {("hw_id", "hw-2")}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_give_the_fleet_of_one() -> None:
    batches = [
        [
            {
                "source_id": f"id-{number}",
                "serial": f"SN-{number}",
                "os_version": f"17.{round_}",
                "last_seen": (START + dt.timedelta(hours=round_)).isoformat(),
            }
            for number in range(first, first + 40)
        ]
        for round_ in range(4)
        for first in (0, 20, 40)
    ]
    source = a_source()
    waiting = [store(source, *batch).pk for batch in batches]

    def work(mine: list[Any]) -> None:
        try:
            for pk in mine:
                applying.apply_delivery(pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(mine,)) for mine in (waiting, waiting[::-1])]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert set(source.deliveries.values_list("status", flat=True)) == {"applied"}
    assert fleet_of(source.organisation) == fleet_of(pushed(batches))
