"""What one request or job changed can be taken back, as far as nothing has built on it."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fleet.errors import Conflict
from fleet.history import acting
from fleet.models import CustodyEvent, Device, DeviceModel, Organisation, Site, StaffMember, User
from fleet.services.undo import Outcome, named, plan, undo
from fleet.services.undo.finding import events_of
from fleet.signals import facts_changed
from fleet.versions import version_key
from tests.factories import (
    DeviceFactory,
    HeartbeatFactory,
    OrganisationFactory,
    SiteFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.django_db
ALL = (Site, StaffMember, DeviceModel, Device)


def move(*people: StaffMember, to: Site, by: User | None = None) -> UUID:
    """A change of its own; the context that names it."""
    with acting(channel="page", actor_id=by.pk if by else None) as context:
        StaffMember.objects.filter(pk__in=[one.pk for one in people]).update(site=to)
    return UUID(str(context.id))


def apart() -> Any:
    """Changes of somebody else; within one transaction a context would else go on after its end."""
    return acting(channel="command")


def take_back(context_id: UUID, organisation: Organisation, **more: Any) -> Outcome:
    with acting(channel="page", **more.pop("acting", {})):
        return undo(context_id=context_id, models=ALL, organisation=organisation, **more)


def test_changed_rows_get_their_former_values_back(department: Organisation) -> None:
    people = [StaffMemberFactory(organisation=department) for _ in range(3)]
    homes = [person.site for person in people]
    change = move(*people, to=SiteFactory(organisation=department))
    take_back(change, department)
    assert [StaffMember.objects.get(pk=one.pk).site for one in people] == homes


def test_what_is_kept_out_of_the_log_stays_and_sort_keys_follow(department: Organisation) -> None:
    device = DeviceFactory(os_version="17.4", os_key=version_key("17.4"))
    with acting(channel="worker") as context:
        Device.objects.filter(pk=device.pk).update(
            os_version="9.3", os_key=version_key("9.3"), software=[{"name": "Browser"}]
        )
    take_back(context.id, department)
    device.refresh_from_db()
    assert (device.os_version, device.os_key) == ("17.4", version_key("17.4"))
    assert device.software == [{"name": "Browser"}]
    assert list(Device.objects.os_below("10")) == []


def test_what_somebody_changed_since_stays(department: Organisation, it_manager: User) -> None:
    mine, theirs = (StaffMemberFactory(organisation=department) for _ in range(2))
    there, elsewhere = (SiteFactory(organisation=department) for _ in range(2))
    change = move(mine, theirs, to=there)
    move(theirs, to=elsewhere, by=it_manager)
    made = take_back(change, department).plan
    assert made.going_back == 1
    (one,) = named(made.kept)
    assert (one.name, one.is_there) == (str(theirs), True)
    assert one.kept.why.startswith(f"Changed since by {it_manager} on ")
    assert StaffMember.objects.get(pk=theirs.pk).site == elsewhere
    assert StaffMember.objects.get(pk=mine.pk).site == mine.site


def test_what_an_mdm_reported_since_is_no_obstacle_and_stays(department: Organisation) -> None:
    device, there = DeviceFactory(organisation=department), SiteFactory(organisation=department)
    with acting(channel="page") as context:
        Device.objects.filter(pk=device.pk).update(site=there)
    with acting(channel="worker"):
        Device.objects.filter(pk=device.pk).update(os_version="18.1", os_key=version_key("18.1"))
    assert take_back(context.id, department, is_whole=True).plan.going_back == 1
    now = Device.objects.get(pk=device.pk)
    assert (now.site, now.os_version, now.os_key) == (device.site, "18.1", version_key("18.1"))


def test_all_or_nothing_refuses_when_something_has_built_on_it(department: Organisation) -> None:
    mine, theirs = (StaffMemberFactory(organisation=department) for _ in range(2))
    there = SiteFactory(organisation=department)
    elsewhere = SiteFactory(organisation=department)
    change = move(mine, theirs, to=there)
    move(theirs, to=elsewhere)
    with pytest.raises(Conflict, match=r"1 of 2 rows cannot go back.*Changed since"):
        take_back(change, department, is_whole=True)
    assert StaffMember.objects.get(pk=mine.pk).site == there


def test_created_rows_are_deleted_with_their_first_custody_event(department: Organisation) -> None:
    with acting(channel="import") as context:
        device = DeviceFactory(organisation=department)
        CustodyEvent.objects.create(device=device, kind="received", at=timezone.now(), site=device.site)
    made = take_back(context.id, department, is_whole=True).plan
    assert made.deleted == {Site: {device.site_id}, StaffMember: set(), DeviceModel: {device.model_id}} | {
        Device: {device.pk}
    }
    assert not Device.objects.exists()
    assert not CustodyEvent.objects.exists()


def test_a_created_row_that_another_refers_to_stays_and_what_it_refers_to(department: Organisation) -> None:
    with acting(channel="import") as context:
        device = DeviceFactory(organisation=department)
        alone = SiteFactory(organisation=department)
    with apart():
        HeartbeatFactory(device=device)
    made = take_back(context.id, department).plan
    assert made.deleted[Site] == {alone.pk}
    assert {(kept.model, kept.why) for kept in made.kept} == {
        (Device, "A heartbeat refers to it."),
        (Site, "A device refers to it."),
        (DeviceModel, "A device refers to it."),
    }
    assert Device.objects.filter(pk=device.pk).exists()


def test_a_created_device_that_moved_on_stays_with_its_events(department: Organisation) -> None:
    with acting(channel="import") as context:
        device = DeviceFactory(organisation=department)
    with acting(channel="page"):
        CustodyEvent.objects.create(device=device, kind="moved", at=timezone.now(), site=device.site)
    made = take_back(context.id, department).plan
    assert [kept.why for kept in made.kept if kept.model is Device] == ["A custody event refers to it."]
    assert device.custody_events.count() == 1


def test_a_row_changed_to_name_a_new_one_lets_it_go(department: Organisation) -> None:
    old = SiteFactory(organisation=department)
    with acting(channel="import") as context:
        new = SiteFactory(organisation=department)
        Site.objects.filter(pk=old.pk).update(replaced_by=new)
    take_back(context.id, department, is_whole=True)
    assert list(Site.objects.values_list("pk", "replaced_by")) == [(old.pk, None)]


def test_several_changes_of_one_row_go_back_to_before_the_first(department: Organisation) -> None:
    person = StaffMemberFactory(organisation=department, job_role="Clerk")
    with acting(channel="import") as context:
        for role in ("Inspector", "Auditor"):
            StaffMember.objects.filter(pk=person.pk).update(job_role=role)
    take_back(context.id, department)
    assert StaffMember.objects.get(pk=person.pk).job_role == "Clerk"


def test_undoing_twice_changes_nothing(department: Organisation) -> None:
    person = StaffMemberFactory(organisation=department)
    with acting(channel="import") as context:
        StaffMember.objects.filter(pk=person.pk).update(job_role="Auditor")
        SiteFactory(organisation=department)
    take_back(context.id, department)
    seen = events_of(StaffMember)._base_manager.count()
    made = take_back(context.id, department, is_whole=True).plan
    assert (made.going_back, made.done, made.kept) == (0, 2, [])
    assert events_of(StaffMember)._base_manager.count() == seen


def test_an_undo_is_in_the_log_and_can_itself_be_undone(department: Organisation, it_manager: User) -> None:
    person = StaffMemberFactory(organisation=department)
    there = SiteFactory(organisation=department)
    change = move(person, to=there)
    outcome = take_back(change, department, acting={"actor_id": it_manager.pk})
    latest = person.changes.order_by("-pgh_id")[0]  # type: ignore[attr-defined]
    assert latest.pgh_context_id == outcome.context_id
    assert latest.pgh_context.metadata == {
        "channel": "page",
        "actor": it_manager.pk,
        "undoes": str(change),
    }
    take_back(outcome.context_id, department)
    assert StaffMember.objects.get(pk=person.pk).site == there


def test_what_it_would_get_back_must_still_be_there_and_free(department: Organisation) -> None:
    gone = SiteFactory(organisation=department)
    person = StaffMemberFactory(organisation=department, site=gone)
    device = DeviceFactory(organisation=department, asset_tag="TAG-1")
    change = move(person, to=SiteFactory(organisation=department))
    with apart():
        gone.delete()
    with acting(channel="page") as context:
        Device.objects.filter(pk=device.pk).update(asset_tag="TAG-2")
    with apart():
        DeviceFactory(organisation=department, asset_tag="TAG-1")
    assert [kept.why for kept in take_back(change, department).plan.kept] == ["Its former site is gone."]
    kept = take_back(context.id, department).plan.kept
    assert [one.why for one in kept] == ["Another has its former asset tag now."]


def test_identifiers_that_two_devices_share_already_are_no_obstacle(department: Organisation) -> None:
    device, _ = (DeviceFactory(organisation=department, serial="SAME") for _ in range(2))
    with acting(channel="page") as context:
        Device.objects.filter(pk=device.pk).update(asset_tag="NEW")
    assert take_back(context.id, department).plan.is_whole


def test_rows_outside_the_scope_and_of_other_organisations_stay(
    department: Organisation, council: Organisation
) -> None:
    mine, other = StaffMemberFactory(organisation=department), StaffMemberFactory(organisation=department)
    theirs = StaffMemberFactory(organisation=council)
    with acting(channel="worker") as context:
        StaffMember.objects.update(group="Blue")
    made = take_back(context.id, department, scopes={StaffMember: Q(site=mine.site)}).plan
    assert [(kept.pk, kept.why) for kept in made.kept] == [(other.pk, "You may not change it.")]
    groups = dict(StaffMember.objects.values_list("pk", "group"))
    assert groups == {mine.pk: "", other.pk: "Blue", theirs.pk: "Blue"}


def test_facts_are_announced(department: Organisation, django_capture_on_commit_callbacks: Any) -> None:
    person = StaffMemberFactory(organisation=department)
    change = move(person, to=SiteFactory(organisation=department))
    heard: list[Any] = []
    facts_changed.connect(receiver := lambda **facts: heard.append(facts["staff_ids"]), weak=False)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            take_back(change, department)
    finally:
        facts_changed.disconnect(receiver)
    assert heard == [{person.pk}]


def test_queries_do_not_grow_with_the_rows(department: Organisation) -> None:
    def queries(rows: int) -> int:
        with acting(channel="import") as context:
            devices = [DeviceFactory(organisation=department) for _ in range(rows)]
            for device in devices:
                CustodyEvent.objects.create(device=device, kind="received", at=timezone.now())
            StaffMember.objects.update(group=f"Group {rows}")
        with CaptureQueriesContext(connection) as captured:
            take_back(context.id, department, is_whole=True)
        return len(captured)

    for _ in range(3):
        StaffMemberFactory(organisation=department)
    assert queries(1) == queries(20)


@pytest.mark.django_db(transaction=True)
def test_a_change_at_the_same_time_is_waited_for_and_kept() -> None:
    department = OrganisationFactory()
    person, there = StaffMemberFactory(organisation=department), SiteFactory(organisation=department)
    elsewhere = SiteFactory(organisation=department)
    change = move(person, to=there)
    outcomes: list[Outcome] = []

    def take_back_elsewhere() -> None:
        try:
            outcomes.append(take_back(change, department))
        finally:
            connection.close()

    thread = threading.Thread(target=take_back_elsewhere)
    with acting(channel="page"), transaction.atomic():
        StaffMember.objects.filter(pk=person.pk).update(site=elsewhere)
        thread.start()
        _wait_for_a_lock()
    thread.join(timeout=30)
    assert [outcome.plan.going_back for outcome in outcomes] == [0]
    person.refresh_from_db()
    assert person.site == elsewhere


def test_a_plan_writes_nothing(department: Organisation) -> None:
    person, there = StaffMemberFactory(organisation=department), SiteFactory(organisation=department)
    change = move(person, to=there)
    made = plan(context_id=change, models=ALL, organisation=department)
    assert (made.going_back, made.is_whole) == (1, True)
    assert StaffMember.objects.get(pk=person.pk).site == there


def _wait_for_a_lock() -> None:
    """Until another session waits for this one; fails after half a minute of asking."""
    sql = "SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
    deadline = timezone.now() + timedelta(seconds=30)
    with connection.cursor() as cursor:
        while timezone.now() < deadline:
            cursor.execute(sql)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waited for a lock.")
