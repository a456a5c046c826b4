"""What was done to many threads at once, and an import, are taken back as far as nobody built on them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.models import Post, QueueChange, Thread, Voice
from feedback.services.answering import acknowledge, assign, set_status
from feedback.services.importing import deciding, undoing
from feedback.services.merging import merge
from feedback.services.queue_changes import undo
from feedback.services.raising import join_thread, reply
from fleet.errors import Conflict, Forbidden
from fleet.models import Organisation, User
from fleet.services.erasure import erase_person
from tests.factories import StaffMemberFactory
from tests.feedback.comments import as_csv, comment, forty
from tests.feedback.conftest import Raised
from tests.feedback.factories import CommitmentFactory, ThreadFactory

pytestmark = pytest.mark.django_db


def ids(threads: list[Thread]) -> list[int]:
    return [thread.pk for thread in threads]


def test_an_acknowledgement_goes_back_where_nobody_has_gone_on(
    client: Client, department: Organisation, technology_lead: User, staff_user: User
) -> None:
    threads = ThreadFactory.create_batch(3, organisation=department)
    planned = ThreadFactory(organisation=department, status="planned")
    acknowledge(thread_ids=ids([*threads, planned]), by=technology_lead)
    change = QueueChange.objects.get()
    assert (change.threads, change.made_by) == (3, technology_lead)
    on = Thread.objects.get(pk=threads[0].pk)
    set_status(thread=on, by=technology_lead, status="in_progress", seen_status="acknowledged")
    # Somebody else's word on another fact is no obstacle.
    Thread.objects.filter(pk=threads[1].pk).update(owner=technology_lead)
    client.force_login(technology_lead)
    url = reverse("feedback:queue-change-undo", args=[change.pk])
    page = client.get(url).content.decode()
    assert "2 of 3 threads" in page
    assert threads[0].title in page
    assert "2 threads put back" in client.post(url, follow=True).content.decode()
    status = dict(Thread.objects.values_list("pk", "status"))
    assert [status[one.pk] for one in (*threads, planned)] == ["in_progress", "open", "open", "planned"]
    assert Thread.objects.get(pk=threads[1].pk).owner == technology_lead
    assert Thread.objects.get(pk=threads[1].pk).status_at == threads[1].status_at
    assert client.get(url).status_code == 404
    with pytest.raises(Conflict):
        undo(change=change, by=technology_lead)
    with pytest.raises(Forbidden):
        undo(change=change, by=staff_user)


def test_owners_go_back_and_all_in_a_few_queries(
    department: Organisation, technology_lead: User, it_manager: User
) -> None:
    threads = ThreadFactory.create_batch(40, organisation=department, owner=it_manager)
    with CaptureQueriesContext(connection) as captured:
        assign(thread_ids=ids(threads), owner=technology_lead, by=technology_lead)
        undo(change=QueueChange.objects.get(), by=technology_lead)
    assert len(captured) < 30
    assert Thread.objects.filter(owner=it_manager).count() == 40
    assign(thread_ids=ids(threads[:1]), owner=None, by=technology_lead)
    change = QueueChange.objects.get(undone_at=None)
    Thread.objects.filter(pk=threads[0].pk).update(owner=technology_lead)
    with pytest.raises(Conflict, match="since"):
        undo(change=change, by=technology_lead)


def test_a_merge_is_parted_with_what_had_been_merged_before_and_counts_anew(
    raised: Raised, technology_lead: User, engineer: User, coordinator: User
) -> None:
    first, second, third = raised(), raised(by=engineer), raised(by=coordinator)
    merge(thread_ids=[third.pk], into=second, by=technology_lead)
    merge(thread_ids=[second.pk], into=first, by=technology_lead)
    assert Thread.objects.get(pk=first.pk).people == 3
    undo(change=QueueChange.objects.order_by("pk")[1], by=technology_lead)
    found = {one.pk: (one.people, one.status, one.merged_into_id) for one in Thread.objects.all()}
    assert found[first.pk] == (1, "open", None)
    assert found[second.pk] == (2, "open", None)
    assert found[third.pk][1:] == ("duplicate", second.pk)


def imported(organisation: Organisation, rows: list[Any], by: User) -> Any:
    row = deciding.receive(
        organisation=organisation, source="A page", name="c.csv", content=as_csv(rows), by=by
    )
    deciding.confirm(imported=row)
    return row


def test_an_import_goes_back_whole_and_can_be_repeated(
    client: Client, department: Organisation, coordinator: User
) -> None:
    row = imported(department, forty(), coordinator)
    more = imported(department, [*forty(), comment("41", "Me too", reply_to="c1")], coordinator)
    with pytest.raises(Conflict, match="1 reply or response"):
        undoing.undo(imported=row, by=coordinator)
    assert undoing.undo(imported=more, by=coordinator) == 0
    assert Post.objects.count() == 40
    client.force_login(coordinator)
    url = reverse("feedback:import-undo", args=[row.pk])
    assert "12 threads of it taken back" in client.post(url, follow=True).content.decode()
    assert (Thread.objects.count(), Post.objects.count(), Voice.objects.count()) == (0, 0, 0)
    assert client.get(url).status_code == 302
    imported(department, forty(), coordinator)
    assert Thread.objects.count() == 12


def test_what_people_have_added_keeps_an_import(
    client: Client, department: Organisation, coordinator: User, engineer: User, technology_lead: User
) -> None:
    row = imported(department, [comment(str(n), "Slow.") for n in range(4)], coordinator)
    answered, joined, promised, owned = Thread.objects.order_by("pk")
    reply(thread=answered, by=engineer, body="Same here")
    join_thread(thread=joined, by=engineer)
    CommitmentFactory(thread=promised, organisation=department)
    assign(thread_ids=[owned.pk], owner=technology_lead, by=technology_lead)
    client.force_login(coordinator)
    url = reverse("feedback:import-undo", args=[row.pk])
    page = client.get(url).content.decode()
    for words in ("1 reply or response", "1 person affected", "1 commitment", "1 thread that was"):
        assert words in page
    client.post(url)
    assert Thread.objects.count() == 4


def test_the_change_log_of_what_was_taken_back_forgets_an_erased_person(
    department: Organisation, coordinator: User
) -> None:
    person = StaffMemberFactory(organisation=department, name="Ada Byron", leaves_on=date(2026, 1, 5))
    row = imported(department, [comment("1", "Ask Ada Byron.")], coordinator)
    undoing.undo(imported=row, by=coordinator)
    events: Any = Post._meta.get_field("changes").related_model
    assert "Ada Byron" in events.objects.get().body
    erase_person(person=person, asked_by="person", reason="She asked for it", by=None)
    assert "Ada Byron" not in events.objects.get().body
