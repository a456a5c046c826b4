"""Large bulk changes: confirmed and taken back in the request, made by a worker in the person's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fleet.errors import Conflict
from fleet.models import BulkChange, Grant, Organisation, StaffMember, User
from fleet.services import bulk
from fleet.services.bulk import working
from tests.factories import StaffMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def large(settings: Any) -> None:
    """Two rows are many here."""
    settings.BULK_INLINE_ROWS = 1


@pytest.fixture
def people(department: Organisation) -> list[StaffMember]:
    return [StaffMemberFactory(organisation=department) for _ in range(2)]


def propose(by: User, organisation: Organisation) -> BulkChange:
    return bulk.propose(
        verb=bulk.verb_of("people", "group"),
        selection=bulk.Selection(bulk.SUBJECTS["people"]),
        given={"group": "Blue"},
        organisation=organisation,
        by=by,
    )


def confirmed(by: User, organisation: Organisation, *, rows: int = 2) -> BulkChange:
    change = propose(by, organisation)
    asked = {"channel": "page", "request_id": "asked-here"}
    return bulk.confirm(change=change, fingerprint=None, matched=rows, by=by, **asked)


def groups() -> list[str]:
    return sorted(StaffMember.objects.values_list("group", flat=True))


def contexts(person: StaffMember) -> list[dict[str, Any]]:
    events = person.changes.filter(pgh_label="update").order_by("pgh_id")  # type: ignore[attr-defined]
    return [event.pgh_context.metadata for event in events.select_related("pgh_context")]


def test_a_worker_makes_it_once_in_the_name_of_whoever_asked(
    people: list[StaffMember], it_manager: User, department: Organisation
) -> None:
    change = confirmed(it_manager, department)
    assert (change.status, groups()) == ("doing", ["", ""])
    with pytest.raises(Conflict):
        bulk.confirm(change=change, fingerprint=None, matched=2, by=it_manager)
    assert working.waiting() == [change.pk]
    assert working.work(change.pk)
    assert not working.work(change.pk)
    change.refresh_from_db()
    assert (change.status, change.changed, change.request_id) == ("done", 2, "asked-here")
    assert (change.claimed_by, working.waiting()) == (None, [])
    (told,) = contexts(people[0])
    assert (told["actor"], told["channel"], told["request_id"]) == (it_manager.pk, "page", "asked-here")


def test_a_worker_takes_it_back_once(
    people: list[StaffMember], it_manager: User, department: Organisation
) -> None:
    change = confirmed(it_manager, department)
    working.work(change.pk)
    change.refresh_from_db()
    asked: dict[str, Any] = {"channel": "api", "request_id": "undone-here"}
    assert bulk.undo_change(change=change, by=it_manager, **asked) is None
    with pytest.raises(Conflict):
        bulk.undo_change(change=change, by=it_manager, **asked)
    assert working.work(change.pk)
    assert not working.work(change.pk)
    change.refresh_from_db()
    assert (change.status, change.undone, change.undone_by, groups()) == ("undone", 2, it_manager, ["", ""])
    told = contexts(people[1])[-1]
    assert (told["actor"], told["channel"], told["request_id"]) == (it_manager.pk, "api", "undone-here")


def test_what_has_moved_by_the_time_of_the_worker_is_asked_again(
    people: list[StaffMember], it_manager: User, department: Organisation, client_of: Callable[[User], Client]
) -> None:
    change = confirmed(it_manager, department)
    StaffMember.objects.filter(pk=people[0].pk).update(group="Blue")
    working.work(change.pk)
    assert groups() == ["", "Blue"]
    page = client_of(it_manager).get(reverse("fleet:bulk-change-detail", args=[change.pk]))
    assert page.context["heading"] == "Change 1 person?"
    assert "have been changed since you looked" in page.content.decode()
    check = page.context["check"]
    told = {"matched": check.matched, "fingerprint": check.fingerprint}
    client_of(it_manager).post(reverse("fleet:bulk-change-confirm", args=[change.pk]), told)
    working.work(change.pk)
    assert groups() == ["Blue", "Blue"]


def test_a_role_that_ended_in_between_does_nothing(
    people: list[StaffMember], it_manager: User, department: Organisation
) -> None:
    change = confirmed(it_manager, department)
    held = list(Grant.objects.filter(user=it_manager))
    Grant.objects.filter(user=it_manager).delete()
    working.work(change.pk)
    change.refresh_from_db()
    assert (change.status, groups()) == ("failed", ["", ""])
    assert "no longer let you" in change.error
    Grant.objects.bulk_create(held)
    again = User.objects.get(pk=it_manager.pk)
    change = bulk.confirm(change=change, fingerprint=None, matched=2, by=again)
    working.work(change.pk)
    change.refresh_from_db()
    Grant.objects.filter(user=it_manager).delete()
    bulk.undo_change(change=change, by=again)
    working.work(change.pk)
    change.refresh_from_db()
    assert (change.status, groups()) == ("done", ["Blue", "Blue"])
    assert "nor take them back" in change.error


def test_nobody_acts_for_a_closed_account(
    people: list[StaffMember], it_manager: User, department: Organisation
) -> None:
    change = confirmed(it_manager, department)
    User.objects.filter(pk=it_manager.pk).update(is_active=False)
    working.work(change.pk)
    change.refresh_from_db()
    assert (change.status, groups()) == ("failed", ["", ""])


def test_after_three_workers_that_ended_it_waits_for_a_person(
    people: list[StaffMember], it_manager: User, department: Organisation
) -> None:
    change = confirmed(it_manager, department)
    BulkChange.objects.filter(pk=change.pk).update(attempts=3)
    assert not working.work(change.pk)
    change.refresh_from_db()
    assert (change.status, groups()) == ("failed", ["", ""])
    assert "each worker that took it ended" in change.error


def test_the_page_follows_a_worker(
    people: list[StaffMember], it_manager: User, department: Organisation, client_of: Callable[[User], Client]
) -> None:
    client = client_of(it_manager)
    change = propose(it_manager, department)
    told = {"matched": 2, "fingerprint": bulk.check_of(change, by=it_manager).fingerprint}
    url = reverse("fleet:bulk-change-detail", args=[change.pk])
    assert client.post(reverse("fleet:bulk-change-confirm", args=[change.pk]), told).url == url  # type: ignore[attr-defined]
    BulkChange.objects.filter(pk=change.pk).update(done=1, total=3)
    html = client.get(url).content.decode()
    assert "Being made, step by step: 1 of 3" in html
    assert 'http-equiv="refresh"' in html
    working.work(change.pk)
    assert "Being made" not in client.get(url).content.decode()
    assert client.post(reverse("fleet:bulk-change-undo", args=[change.pk])).url == url  # type: ignore[attr-defined]
    assert "Being taken back, step by step: starting" in client.get(url).content.decode()


def test_the_api_says_where_to_look(
    people: list[StaffMember], it_manager: User, department: Organisation, api_of: Callable[[User], Any]
) -> None:
    api = api_of(it_manager)
    asked = {"change": "group", "value": {"group": "Blue"}, "filters": {}, "expected_count": 3}
    refused = api.post("/api/v1/staff/bulk/", asked, format="json")
    assert (refused.status_code, refused.json()["count"]) == (409, 2)
    taken = api.post("/api/v1/staff/bulk/", asked | {"expected_count": 2}, format="json")
    assert (taken.status_code, taken.json()["status"]) == (202, "doing")
    working.work(taken.json()["id"])
    assert api.get(taken["Location"]).json()["status"] == "done"
    undo = api.post(f"{taken['Location']}undo/", {}, format="json")
    assert (undo.status_code, undo.json()["status"]) == (202, "undoing")
    working.work(taken.json()["id"])
    assert api.get(undo["Location"]).json()["undone"] == 2


def test_a_workers_queries_do_not_grow_with_the_rows(it_manager: User, department: Organisation) -> None:
    def queries(rows: int) -> int:
        StaffMember.objects.update(group="")
        for _ in range(rows):
            StaffMemberFactory(organisation=department)
        change = confirmed(it_manager, department, rows=StaffMember.objects.count())
        with CaptureQueriesContext(connection) as done:
            working.work(change.pk)
            change.refresh_from_db()
            bulk.undo_change(change=change, by=it_manager)
            working.work(change.pk)
        return len(done)

    assert queries(2) == queries(20)
